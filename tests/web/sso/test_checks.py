"""What Django's checks say of the configuration, and that the redirect URI is where we come back to."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import run_checks

from signoff.accounts.providers import Provider
from signoff.web.sso.addresses import redirect_uri_of

OIDC = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret")


def ids() -> list[str]:
    return [str(one.id) for one in run_checks(tags=["sso"])]


def test_without_a_provider_nothing_is_asked(settings: Any) -> None:
    settings.PUBLIC_URL = "http://nowhere.example"
    assert ids() == []


@pytest.mark.parametrize(
    ("public", "provider", "found"),
    [
        ("https://tracker.example.com", OIDC, []),
        ("http://localhost:8000", OIDC, []),
        ("http://tracker.example.com", OIDC, ["signoff.sso.W001"]),
        ("https://tracker.example.com", replace(OIDC, client_id=""), ["signoff.sso.E001"]),
        (
            "https://tracker.example.com",
            replace(OIDC, redirect_uri="https://tracker.example.com/login"),
            ["signoff.sso.E004"],
        ),
        (
            "https://tracker.example.com",
            replace(OIDC, redirect_uri="https://tracker.example.com/sign-in/oidc/callback"),
            [],
        ),
    ],
)
def test_what_the_checks_find(settings: Any, public: str, provider: Provider, found: list[str]) -> None:
    settings.PUBLIC_URL, settings.SSO_PROVIDERS = public, (provider,)
    assert ids() == found
    assert all(one.hint for one in run_checks(tags=["sso"]))


def test_below_a_path_the_address_has_it_once(settings: Any) -> None:
    settings.BASE_PATH, settings.PUBLIC_URL = "/tracker", "https://example.com/tracker"
    settings.SSO_PROVIDERS = (OIDC,)
    assert (redirect_uri_of(OIDC), ids()) == ("https://example.com/tracker/sign-in/oidc/callback", [])
    settings.PUBLIC_URL = "https://example.com"
    assert ids() == ["signoff.sso.E005"]

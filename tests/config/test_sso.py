"""Providers of single sign-on, from the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.sso import providers_from_env
from signoff.accounts.providers import Provider

TENANT = "11111111-1111-4111-8111-111111111111"


def test_without_anything_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert providers_from_env() == ()
    monkeypatch.setenv("AZURE_CLIENT_ID", "id")
    assert providers_from_env() == ()


def test_microsoft_is_switched_on_with_the_issuer_of_its_tenant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    values = {"AUTH_ENTRA_ENABLED": "true", "AZURE_CLIENT_ID": " id ", "AZURE_TENANT_ID": TENANT.upper()}
    for name, value in {**values, "AZURE_CLIENT_SECRET_FILE": str(tmp_path / "secret")}.items():
        monkeypatch.setenv(name, value)
    issuer = f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert providers_from_env() == (Provider("entra", "Microsoft", issuer, "id", "s3cret", TENANT),)
    monkeypatch.setenv("AZURE_SERVER_URL", "https://login.example/x/")
    assert providers_from_env()[0].server_url == "https://login.example/x"


def test_another_provider_and_whose_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "OIDC_NAME": "Keyring",
        "OIDC_SERVER_URL": "https://keyring.example/realm/.well-known/openid-configuration",
        "OIDC_CLIENT_ID": "id",
        "OIDC_CLIENT_SECRET": "s3cret",
        "OIDC_GROUPS_CLAIM": "memberOf",
        "OIDC_ORGANIZATION": "fieldhouse",
    }.items():
        monkeypatch.setenv(name, value)
    (keyring,) = providers_from_env()
    assert keyring == Provider(
        "oidc", "Keyring", "https://keyring.example/realm", "id", "s3cret", "", "memberOf", "fieldhouse"
    )
    assert [keyring.serves(slug) for slug in ("fieldhouse", "elsewhere")] == [True, False]


def test_a_switch_that_is_neither_on_nor_off_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH_ENTRA_ENABLED", "maybe")
    with pytest.raises(ImproperlyConfigured):
        providers_from_env()

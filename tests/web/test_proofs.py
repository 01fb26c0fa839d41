from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from signoff.web.proofs import is_ours
from tests.cast import PASSWORD, Cast
from tests.factors import app_of
from tests.signed_in import prove


@pytest.mark.parametrize(
    ("origin", "is_right"),
    [
        ("https://tracker.example", True),
        ("http://tracker.example", False),
        ("https://evil.tracker.example", False),
        ("https://tracker.example:8443", False),
        ("https://trusted.example", True),
        ("", False),
    ],
)
def test_a_passkey_must_have_answered_on_a_page_of_ours(settings, origin: str, is_right: bool) -> None:  # type: ignore[no-untyped-def]
    settings.CSRF_TRUSTED_ORIGINS = ["https://trusted.example"]
    settings.ALLOWED_HOSTS = ["tracker.example"]
    request = RequestFactory().get("/", headers={"Host": "tracker.example", "X-Forwarded-Proto": "https"})
    assert is_ours(request, origin) is is_right


@pytest.mark.parametrize(
    "said", ["[" * 100_000, '{"response":' * 50_000, "1" * 5000, "null", "NaN", '{"id": "\\ud800"}']
)
def test_an_answer_that_no_browser_gives_is_wrong_at_every_form(
    client: Client, cast: Cast, browser_of: Callable[[str], Client], said: str
) -> None:
    cache.clear()
    assert client.post("/sign-in/passkey", {"credential": said})["Location"] == "/sign-in?passkey=unknown"
    app_of(cast.pat)
    client.post("/sign-in", {"login": cast.pat.email, "password": PASSWORD})
    assert client.post("/sign-in/second-factor", {"credential": said}).status_code == 422
    art = browser_of("art")
    prove(art, cast.art)
    for address in ("/account/confirmation", "/account/passkeys/new"):
        assert art.post(address, {"credential": said, "name": "Key"}).status_code == 422

import pytest
from django.test import RequestFactory

from signoff.web.proofs import is_ours


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

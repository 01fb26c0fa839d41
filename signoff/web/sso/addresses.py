"""Where providers send people back to: one address each, which they must know beforehand."""

from django.conf import settings
from django.urls import reverse

from signoff.accounts.providers import Provider


def redirect_uri_of(provider: Provider) -> str:
    """Made of SIGNOFF_PUBLIC_URL, never of what a request says its host is."""
    return f"{settings.PUBLIC_URL}{reverse('sso-callback', args=[provider.key]).removeprefix(settings.BASE_PATH)}"

"""Where providers send people back to: one address each, which they must know beforehand."""

from django.conf import settings
from django.urls import reverse
from django.urls.converters import StringConverter

from signoff.accounts.providers import ENTRA, OIDC, Provider


class ProviderKey(StringConverter):
    """The part of an address that names a provider; no other word there is one."""

    regex = f"{ENTRA}|{OIDC}"


def redirect_uri_of(provider: Provider) -> str:
    """Made of SIGNOFF_PUBLIC_URL, never of what a request says its host is."""
    return f"{settings.PUBLIC_URL}{reverse('sso-callback', args=[provider.key]).removeprefix(settings.BASE_PATH)}"

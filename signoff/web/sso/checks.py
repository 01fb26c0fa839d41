"""What is wrong with the configuration of single sign-on, as Django's checks say it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from signoff.accounts.providers import HERE, Provider, faults_of
from signoff.web.sso.addresses import redirect_uri_of


@register("sso")
def sso_is_configured(app_configs: Any, **more: Any) -> list[CheckMessage]:
    found = [message for provider in settings.SSO_PROVIDERS for message in _of(provider)]
    return found + list(_public_url()) if settings.SSO_PROVIDERS else []


def _of(provider: Provider) -> Iterator[CheckMessage]:
    for fault in faults_of(provider):
        yield Error(fault.message, hint=fault.hint, id=f"signoff.sso.{fault.number}")
    ours = redirect_uri_of(provider)
    if provider.redirect_uri and provider.redirect_uri != ours:
        name = "AZURE_REDIRECT_URI" if provider.is_entra else "OIDC_REDIRECT_URI"
        hint = f"Signoff comes back to {ours}, made of SIGNOFF_PUBLIC_URL. Register that, and leave {name} out."
        yield Error(f"{name} is not where Signoff comes back to.", hint=hint, id="signoff.sso.E004")


def _public_url() -> Iterator[CheckMessage]:
    """The redirect URI is made of it, so it must be the address that people use."""
    if not settings.PUBLIC_URL.endswith(settings.BASE_PATH):
        hint = f"It is what people type, with {settings.BASE_PATH} at its end."
        yield Error("SIGNOFF_PUBLIC_URL does not end with SIGNOFF_BASE_PATH.", hint=hint, id="signoff.sso.E005")
    parts = urlsplit(settings.PUBLIC_URL)
    if parts.scheme != "https" and parts.hostname not in HERE:
        hint = "Providers send people back to https addresses only, localhost excepted."
        yield Warning("SIGNOFF_PUBLIC_URL is not an https address.", hint=hint, id="signoff.sso.W001")

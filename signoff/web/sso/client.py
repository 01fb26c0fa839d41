"""Asking a provider who somebody is: allauth's OpenID Connect (state, PKCE, the code's exchange), with what it leaves
open: a nonce, the token's signature, the issuer of the discovery document, our own redirect URI.
"""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from requests import RequestException

from signoff.access.claims import Identity, identity_from
from signoff.accounts.providers import Provider
from signoff.core.errors import Unavailable
from signoff.integrations.openid import TokenRefused, claims_of
from signoff.web.sso.addresses import redirect_uri_of

# Nothing, an error, or JSON of a strange shape.
NOT_AN_ANSWER = (OAuth2Error, RequestException, KeyError, ValueError, TypeError, AttributeError)
SCOPES = ("openid", "profile", "email")


class ProviderSilent(Unavailable):
    code = "provider_silent"
    message = "The sign-in service does not answer as it should. Try again in a minute; if it stays, tell an admin."

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class LostOnTheWay(TokenRefused):
    code = "lost_on_the_way"
    message = "This sign-in was begun in another browser, or too long ago. Begin it anew."


class Conversation(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One sign-in at one provider."""

    def __init__(self, request: HttpRequest, provider: Provider) -> None:
        super().__init__(request, provider.key)
        self.configured = provider

    def get_provider(self) -> "_Provider":
        return _Provider(self.request, self.configured)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return redirect_uri_of(self.configured)

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """The discovery document; one that speaks for another issuer is not ours."""
        config: Mapping[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != self.configured.server_url:
            raise ProviderSilent(f"discovery names the issuer {config.get('issuer')!r}")
        return config

    def address(self, *, process: str, next_url: str) -> str:
        """Where to send the browser. What we must know when it comes back waits in the session."""
        nonce = token_urlsafe(24)
        asked = {"nonce": nonce}
        try:
            answer = self.get_provider().redirect(
                self.request, process, next_url or None, {"nonce": nonce}, auth_params=asked
            )
        except NOT_AN_ANSWER as error:
            raise ProviderSilent(str(error)) from error
        return str(answer["Location"])

    def state(self) -> dict[str, Any]:
        """What waited in the session for this answer: once, and for ten minutes. Raises LostOnTheWay."""
        try:
            state = self.get_provider().unstash_redirect_state(self.request, self.request.GET.get("state", ""))
        except PermissionDenied as error:
            raise LostOnTheWay(reason="no such state in this session") from error
        return dict(state)

    def identity(self, state: Mapping[str, Any]) -> Identity:
        """Who came back. Raises TokenRefused, ForeignTenant or ProviderSilent."""
        app = self.get_provider().app
        try:
            client = self.get_client(self.request, app)
            answer = self.get_access_token_data(self.request, app, client, state.get("pkce_code_verifier"))
            keys = self._fetched(self.openid_config["jwks_uri"])
        except NOT_AN_ANSWER as error:
            raise ProviderSilent(str(error)[:500]) from error
        claims = claims_of(
            answer.get("id_token"),
            keys,
            issuer=self.openid_config["issuer"],
            client_id=self.configured.client_id,
            nonce=state["data"]["nonce"],
        )
        return identity_from(self.configured, claims)

    def _fetched(self, address: str) -> Mapping[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(address)
            response.raise_for_status()
            found: Mapping[str, Any] = response.json()
        return found


class _Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """allauth's, of a configuration that is in no table of its own."""

    pkce_enabled_default = True
    oauth2_adapter_class = Conversation

    def __init__(self, request: HttpRequest, provider: Provider) -> None:
        self.configured = provider
        app = SocialApp(
            provider="openid_connect",
            provider_id=provider.key,
            name=provider.name,
            client_id=provider.client_id,
            secret=provider.secret,
            settings={"server_url": provider.server_url, "scope": list(SCOPES)},
        )
        super().__init__(request, app=app)

    def get_oauth2_adapter(self, request: HttpRequest) -> Conversation:
        return Conversation(request, self.configured)

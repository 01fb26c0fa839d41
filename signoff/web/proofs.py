"""How people prove who they are: forms for a password, a code, a passkey. Checked by allauth, within our limits."""

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_authentication_response, parse_registration_response
from django import forms
from django.conf import settings
from django.http import HttpRequest

from signoff.access.factors import Type, spend
from signoff.accounts.models import User
from signoff.web.entrance import check_code, check_own_password


class _Once:
    """A code of an app counts once, also when somebody read it over the shoulder."""

    def clean_code(self) -> str:
        return check_code(self.user, self._clean_once)  # type: ignore[attr-defined]

    def _clean_once(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        used: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if used.type == Type.TOTP and not spend(used, code):
            raise get_adapter().validation_error("incorrect_code")
        return code

    def accept(self) -> None:
        post_authentication(context.request, self.authenticator, reauthenticated=self.reauthenticated)  # type: ignore[attr-defined]


class CodeForm(_Once, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in: a code of the app, or a recovery code."""

    reauthenticated = False


class FreshCodeForm(_Once, ReauthenticateForm):  # type: ignore[misc]
    """The same for who is signed in, before something that matters."""

    reauthenticated = True


class FreshPasswordForm(forms.Form):
    """The password, before something that matters. allauth's form looks for rows of addresses that nobody has here."""

    password = forms.CharField(strip=False, max_length=1000)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        check_own_password(self.user, password)
        return password

    def accept(self) -> None:
        """Write into the session that the person has proved who they are, as the other forms do."""
        reauthenticate_by_password(context.request)


class CredentialField(forms.JSONField):
    """A passkey's answer; Python's reader gives up on what is nested too deep and on endless numbers."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class _Here(forms.Form):
    """A passkey's answer must have been made on a page of ours: allauth lets pages of subdomains pass."""

    credential = CredentialField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        """What allauth's forms take."""
        super().__init__(*args, **more)

    def clean_credential(self) -> Any:
        given = self.cleaned_data["credential"]
        if not is_ours(context.request, _origin_of(given)):
            raise get_adapter().validation_error("incorrect_code")
        above = getattr(super(), "clean_credential", None)
        return above() if above else given


class _Asked(_Here):
    def accept(self) -> None:
        passkey = self.cleaned_data["credential"]
        post_authentication(context.request, passkey, reauthenticated=self.reauthenticated)  # type: ignore[attr-defined]


class PasskeyForm(_Asked, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step of signing in."""


class FreshPasskeyForm(_Asked, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something that matters."""


class PasskeySignInForm(_Here, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey in the place of address and password."""


class NewPasskeyForm(_Here, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. What it was asked for says that it must know its person, by a finger, a face or a PIN."""


def words_of(form: forms.Form) -> str:
    """What is wrong, in one sentence: these forms have one field, and a passkey's is hidden."""
    return " ".join(str(word) for errors in form.errors.values() for word in errors)


def is_ours(request: HttpRequest, origin: str) -> bool:
    """Is this the origin of our pages, as Django sees it, or one that the operator trusts?"""
    return origin in (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS)


def _origin_of(credential: Any) -> str:
    """What the browser wrote into the answer that the passkey signed; a refusal of the form when it is none."""
    if not isinstance(credential, dict):
        raise get_adapter().validation_error("incorrect_code")
    try:
        is_new = "attestationObject" in credential["response"]
        parsed = (parse_registration_response if is_new else parse_authentication_response)(credential)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise get_adapter().validation_error("incorrect_code") from error
    return str(parsed.response.client_data.origin)

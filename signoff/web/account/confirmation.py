"""Proving who one is once more, before something that matters: what was proved in the last five minutes counts."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from signoff.access.factors import factors_of
from signoff.web.actor import person_of, signed_in
from signoff.web.answers import back
from signoff.web.proofs import FreshCodeForm, FreshPasskeyForm, FreshPasswordForm, words_of
from signoff.web.render import render

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
PROOFS: dict[str, Any] = {"password": FreshPasswordForm, "code": FreshCodeForm, "credential": FreshPasskeyForm}


def proved(view: View[P]) -> View[P]:
    """Signed in, and sure of it: else the person proves it first and comes back to this page, which is asked anew."""

    @wraps(view)
    def only_proved(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_fresh(request) else to_proof(request)

    return never_cache(signed_in(only_proved))


def to_proof(request: HttpRequest, back_to: str = "") -> HttpResponseBase:
    """To the page that asks, and from there to `back_to`, or to this page."""
    return HttpResponseRedirect(f"{reverse('account-confirmation')}?{urlencode({'next': back_to or request.path})}")


def is_fresh(request: HttpRequest, seconds: int = app_settings.REAUTHENTICATION_TIMEOUT) -> bool:
    """Signing in counts as well, so that who is led here from the door is not asked twice."""
    records = get_authentication_records(request, person_of(request))
    return bool(records) and time.time() - float(records[-1]["at"]) < seconds


@never_cache
@signed_in
@sensitive_post_parameters()
def confirmation(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _page(request, request.GET.get("next", ""))
    kind = next((name for name in PROOFS if name in request.POST), "password")
    form = PROOFS[kind](user=person_of(request), data=request.POST)
    if not form.is_valid():
        return _page(request, request.POST.get("next", ""), form, kind)
    form.accept()
    return back(request, reverse("account"))


def _page(request: HttpRequest, next_page: str, form: forms.Form | None = None, kind: str = "") -> HttpResponseBase:
    """Asks for what the person has; who has nothing, because single sign-on is all they use, signs in again."""
    person = person_of(request)
    has = factors_of(person.pk)
    context = {
        "next": next_page,
        "has": has,
        "has_password": person.has_usable_password(),
        "passkey": {"kind": "get", "options": auth.begin_authentication(person)} if has.passkeys else None,
        "wrong": dict.fromkeys(PROOFS, "") | ({kind: words_of(form)} if form else {}),
    }
    return render(request, "account/confirmation.html", context, status=422 if form else 200)

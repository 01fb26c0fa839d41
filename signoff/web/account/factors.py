"""One's authenticator app and recovery codes: setting up, making anew, removing."""

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from signoff.access import actions
from signoff.access.factors import factors_of, is_missing, own_factor
from signoff.web.account.confirmation import is_fresh, proved, to_proof
from signoff.web.actor import actor_of, member_of, person_of, signed_in
from signoff.web.render import render
from signoff.web.settings.page import done, refusals_in

READS_AND_POSTS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@signed_in
def setup(request: HttpRequest) -> HttpResponseBase:
    """Where who must have a second factor is led to, and chooses which."""
    if not is_missing(member_of(request), ()):
        return redirect("account")
    return render(request, "account/setup.html", {"member": member_of(request)})


@require_http_methods(READS_AND_POSTS)
@proved
@sensitive_post_parameters()
@sensitive_variables("codes")
def app(request: HttpRequest) -> HttpResponseBase:
    """The QR code and the key of a new app; its first code takes it up, and the answer shows the recovery codes."""
    if factors_of(person_of(request).pk).app:
        return redirect("account")
    form = ActivateTOTPForm(user=person_of(request), data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            codes = actions.add_app(
                actor=actor_of(request), user=person_of(request), secret=form.secret, code=form.cleaned_data["code"]
            )
            clear_totp_secret(request)
            return taken_up(request, codes, _("The authenticator app is set up."))
    return render(request, "account/app.html", _app_context(request, form), status=422 if form.errors else 200)


@require_http_methods(READS_AND_POSTS)
@proved
@sensitive_variables("codes")
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Makes new recovery codes, when asked to; the answer shows them, once."""
    has = factors_of(person_of(request).pk)
    if not has.is_any:
        return redirect("account")
    if request.method != "POST":
        return render(request, "account/recovery_codes.html", {"has": has})
    codes = actions.renew_recovery_codes(actor=actor_of(request), user=person_of(request))
    return codes_page(request, codes, _("New recovery codes"))


@require_http_methods(READS_AND_POSTS)
@never_cache
@signed_in
def removal(request: HttpRequest, factor_id: int) -> HttpResponseBase:
    """Asks once more, then removes one's app or passkey."""
    factor = own_factor(person_of(request).pk, factor_id)
    if not is_fresh(request):
        return to_proof(request)
    if request.method == "POST":
        actions.remove_factor(actor=actor_of(request), user=person_of(request), factor=factor)
        return done(request, _("%(name)s is removed.") % {"name": name_of(factor)}, "account")
    member, has = member_of(request), factors_of(person_of(request).pk)
    context = {
        "factor": factor,
        "name": name_of(factor),
        "is_last": len(has.passkeys) + bool(has.app) == 1,
        "is_required": member.role in member.organization.second_factor_roles,
    }
    return render(request, "account/removal.html", context)


def taken_up(request: HttpRequest, codes: list[str], title: str) -> HttpResponseBase:
    """After a factor was added: the recovery codes if they are new, else the account."""
    return codes_page(request, codes, title) if codes else done(request, title, "account")


def codes_page(request: HttpRequest, codes: list[str], title: str) -> HttpResponseBase:
    """Shown in the answer, and never again."""
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    text = "\n".join([f"{person_of(request).email}, {request.get_host()}", "", *shown, ""])
    file = f"data:text/plain;charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"
    return render(request, "account/codes.html", {"codes": shown, "file": file, "said_title": title})


def name_of(factor: Authenticator) -> str:
    return _("The authenticator app") if factor.type == Authenticator.Type.TOTP else str(factor.wrap().name)


def _app_context(request: HttpRequest, form: Any) -> dict[str, Any]:
    """The picture is made here and put into the page, so that no other site hears of the key."""
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(person_of(request), form.secret))
    secret = form.secret.rstrip("=")
    return {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}",
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "is_first": is_missing(member_of(request), ()),
        "leave": reverse("second-factor-setup" if is_missing(member_of(request), ()) else "account"),
    }

"""Signing in, beyond the password: the second step after it, and a passkey in its place."""

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.mixins import RedirectAuthenticatedUserMixin
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth, flows
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from signoff.access.factors import factors_of
from signoff.accounts.actors import memberships_of
from signoff.accounts.entrance import is_vouched_for
from signoff.web.last_seen import note
from signoff.web.proofs import CodeForm, PasskeyForm, PasskeySignInForm, words_of
from signoff.web.render import render


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """allauth's step between password and session, on our page.

    A passkey in the place of the password was both factors already; single sign-on has asked for what the
    provider asks for. Who belongs to a house that the provider does not speak for is asked for their own.
    """

    urlname = "second-factor"

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        if self._is_by_provider() or not self._should_handle(self.request):
            return None, True
        self.state["authentication_required"] = True
        self.state["password"] = self.login.user.get_session_auth_hash()
        self.request.session.cycle_key()  # nobody else knows it, and there is one to be found by
        note(self.request, self.login.user)  # and so it ends where all sessions of this person do
        return redirect(self.urlname), True

    @property
    def stands(self) -> bool:
        """Is the password that opened this step still the person's?"""
        present: str = self.login.user.get_session_auth_hash()
        return constant_time_compare(self.state.get("password", ""), present)

    def abort(self) -> HttpResponseBase:
        clear_login(self.request)
        return redirect("sign-in")

    def _is_by_provider(self) -> bool:
        last = flows.get_authentication_records(self.request, self.login.user)[-1:]
        houses = [one.organization for one in memberships_of(self.login.user)]
        return bool(houses) and all(is_vouched_for(last, house) for house in houses)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(login_stage_required(stage=SecondFactorStage.key, redirect_urlname="sign-in"), name="dispatch")
class SecondFactor(View):
    """Opens only to who has just given the right password. A code, a recovery code or a passkey goes on."""

    def dispatch(self, request: HttpRequest, *args: object, **more: object) -> HttpResponseBase:
        if not _stage(request).stands:
            return _stage(request).abort()
        return super().dispatch(request, *args, **more)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return _second_factor_page(request)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        stage = _stage(request)
        if "leave" in request.POST:
            return stage.abort()
        form = (PasskeyForm if "credential" in request.POST else CodeForm)(user=stage.login.user, data=request.POST)
        if not form.is_valid():
            return _second_factor_page(request, wrong=words_of(form), status=422)
        form.accept()
        answer: HttpResponseBase = stage.exit()
        return answer


def _second_factor_page(request: HttpRequest, wrong: str = "", status: int = 200) -> HttpResponseBase:
    user = _stage(request).login.user
    has = factors_of(user.pk)
    if not has.is_any:  # taken away in the meantime: the password is asked for again, and is enough then
        return _stage(request).abort()
    passkey = {"kind": "get", "options": auth.begin_authentication(user)} if has.passkeys else None
    context = {"has": has, "passkey": passkey, "wrong": wrong}
    return render(request, "account/second_factor.html", context, status=status)


def _stage(request: HttpRequest) -> SecondFactorStage:
    stage: SecondFactorStage = request._login_stage  # type: ignore[attr-defined]
    return stage


@method_decorator(ratelimit.decorator(app="allauth.mfa", action="webauthn_login"), name="dispatch")
@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PasskeySignIn(RedirectAuthenticatedUserMixin, View):  # type: ignore[misc]
    """GET is what a browser asks its passkeys with, POST their answer. Who it is, the passkey says."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return JsonResponse(auth.begin_authentication(user=None))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = PasskeySignInForm(data=request.POST)
        if not form.is_valid():
            return redirect(f"{reverse('sign-in')}?passkey=unknown")
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(request))
        answer: HttpResponse = flows.perform_passwordless_login(request, passkey, login)
        return answer

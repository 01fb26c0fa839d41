"""Signing in and out with a password, and changing it: at the first sign-in, or when a person wants to."""

from typing import Any

from allauth.account.views import LoginView
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import View

from signoff.accounts import actions
from signoff.accounts.models import User
from signoff.web.actor import actor_of, person_of, signed_in
from signoff.web.entrance import TOO_MANY, Entrance, check_own_password, leave
from signoff.web.last_seen import same_session
from signoff.web.render import render
from signoff.web.settings.page import done
from signoff.web.sso.offers import sign_in_offer


class AccountAdapter(Entrance):
    """How allauth behaves here: nobody signs up, and a refusal says what to do."""

    error_messages = Entrance.error_messages | {
        "email_password_mismatch": _("E-mail and password do not match."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "successfully signed in": being there says it."""

    def get_login_stages(self) -> list[str]:
        """allauth's, with our second factor in the place of its own."""
        own = "signoff.web.second_factor.SecondFactorStage"
        return [own if path == "allauth.mfa.stages.AuthenticateStage" else path for path in super().get_login_stages()]

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponseBase:
        return HttpResponseRedirect(f"{reverse('sign-in')}?closed=1")


class SignIn(LoginView):  # type: ignore[misc]
    """allauth's, for its limits on failed tries and what comes later (second factor), with our page."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {"form": self.get_form(), **context}

    def render_to_response(self, context: dict[str, Any], **unused: Any) -> HttpResponse:
        form = context["form"]
        shown: dict[str, Any] = {
            "form": form,
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            "is_closed": "closed" in self.request.GET,
            "sso": sign_in_offer(),
        }
        shown["wait"] = wait = wait_of(form)
        status = 429 if wait else 422 if form.errors else 200
        response = render(self.request, "account/login.html", shown, status=status)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response


def wait_of(form: forms.Form) -> int:
    """In how many seconds the form may be sent again, when it was sent too often."""
    errors = form.errors.as_data().get(NON_FIELD_ERRORS, [])
    return next((int((error.params or {})["wait"]) for error in errors if error.code == TOO_MANY), 0)


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    leave(request)
    return redirect("sign-in")


class PasswordForm(forms.Form):
    """The present password and a new one that Django's validators let pass."""

    present = forms.CharField(strip=False, max_length=1000)
    new = forms.CharField(strip=False, max_length=1000)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        check_own_password(self.user, present)
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise forms.ValidationError(_("Choose another one than the present password."))
        return new


@method_decorator([signed_in, never_cache, sensitive_post_parameters()], name="dispatch")
class ChangePassword(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, PasswordForm(person_of(request)))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        user = person_of(request)
        form = PasswordForm(user, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        is_first = user.must_change_password
        actions.change_password(actor=actor_of(request), user=user, password=form.cleaned_data["new"])
        with same_session(request):
            update_session_auth_hash(request, user)
        return redirect("dashboard") if is_first else done(request, gettext("Your new password holds."), "account")

    def _page(self, request: HttpRequest, form: PasswordForm, status: int = 200) -> HttpResponse:
        is_first = person_of(request).must_change_password
        return render(request, "account/change_password.html", {"form": form, "is_first": is_first}, status=status)

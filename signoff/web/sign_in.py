"""Signing in and out with a password, and changing it: at the first sign-in, or when a person wants to."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.internal.flows.logout import logout
from allauth.account.views import LoginView, PasswordChangeView
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from signoff.web.actor import person_of, signed_in
from signoff.web.render import render


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """How allauth behaves here: nobody signs up, and a refusal says what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "email_password_mismatch": _("E-mail and password do not match."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "successfully signed in": being there says it."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponseBase:
        return HttpResponseRedirect(f"{reverse('sign-in')}?closed=1")

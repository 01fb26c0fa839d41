"""A forgotten password: saying so, and choosing a new one by the link in the letter."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic import View

from signoff import mails
from signoff.access import actions, sign_ins
from signoff.access.errors import DeadPasswordLink
from signoff.access.limits import TooManyTries
from signoff.access.links import user_of
from signoff.accounts.models import User
from signoff.web.entrance import came_from, device_in
from signoff.web.errors import trouble
from signoff.web.render import render

LINK = "password_link"  # the session's key for the link that somebody came by


class ForgottenForm(forms.Form):
    email = forms.EmailField(max_length=254)


@method_decorator(never_cache, name="dispatch")
class Forgotten(View):
    """The same answer, after the same work, for an address that somebody has and for one that nobody has."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not mails.is_configured():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, ForgottenForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ForgottenForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        email = form.cleaned_data["email"]
        try:
            sign_ins.count_forgotten(email, came_from(request), device_in(request))
        except TooManyTries as refusal:
            form.add_error("email", refusal.message)
            return self._page(request, form, status=429)
        actions.forget_password(email=email)
        return self._page(request, form, asked=email)

    def _page(self, request: HttpRequest, form: ForgottenForm, asked: str = "", status: int = 200) -> HttpResponse:
        return render(request, "account/forgotten.html", {"form": form, "asked": asked}, status=status)


@require_safe
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Takes the link into the session, so that the page with the form has an address that gives nothing away."""
    request.session[LINK] = token
    response = redirect("password-new")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


class NewPasswordForm(forms.Form):
    new = forms.CharField(strip=False, max_length=1000)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class NewPassword(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except DeadPasswordLink as dead:
            if request.session.pop(LINK, None):
                sign_ins.count_dead_link(came_from(request))
            way = (reverse("password-forgotten"), _("Ask for a new link")) if mails.is_configured() else None
            return trouble(request, 404, _("This link has ended"), dead.message, way=way)

    def get(self, request: HttpRequest) -> HttpResponse:
        user = user_of(_kept(request))
        return _form_page(request, NewPasswordForm(user))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Signs nobody in: the sign-in page comes next, and asks for a second factor where one is needed."""
        form = NewPasswordForm(user_of(_kept(request)), request.POST)
        if not form.is_valid():
            return _form_page(request, form, status=422)
        actions.set_forgotten_password(link=_kept(request), password=form.cleaned_data["new"])
        request.session.flush()
        return HttpResponseRedirect(f"{reverse('sign-in')}?renewed=1")


def _kept(request: HttpRequest) -> str:
    return str(request.session.get(LINK, ""))


def _form_page(request: HttpRequest, form: NewPasswordForm, status: int = 200) -> HttpResponse:
    response = render(request, "account/new_password.html", {"form": form}, status=status)
    # Not no-referrer: browsers would send the form with `Origin: null`, which the check for forgeries refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    return response

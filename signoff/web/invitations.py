"""The page behind an invitation's link: who invites to what, and accepting it."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from signoff.access import actions, sign_ins
from signoff.access.errors import DeadLink
from signoff.access.welcome import Standing, Welcome, welcome_of
from signoff.accounts.models import User
from signoff.accounts.sessions import ORGANIZATION
from signoff.web.actor import person_of
from signoff.web.entrance import came_from
from signoff.web.errors import trouble
from signoff.web.render import render
from signoff.web.settings.page import refusals_in
from signoff.web.settings.people import ROLES


class NewAccountForm(forms.Form):
    """What a new person chooses: how they are called, and a password that Django's validators let pass."""

    name = forms.CharField(max_length=200)
    password = forms.CharField(strip=False, max_length=1000)

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class Invitation(View):
    """GET changes nothing, because programs that look for danger in mails open every link."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except DeadLink as dead:
            sign_ins.count_dead_link(came_from(request))
            return trouble(request, 404, _("This link has ended"), dead.message)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        welcome = _welcome(request, token)
        form = NewAccountForm(welcome.invitation.email, initial={"name": welcome.invitation.name})
        return _page(request, welcome, form)

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        welcome = _welcome(request, token)
        form = NewAccountForm(welcome.invitation.email, request.POST)
        if welcome.standing is Standing.MINE:
            membership = actions.accept_as(link=token, user=person_of(request))
            request.session[ORGANIZATION] = str(membership.organization_id)
            return redirect("dashboard")
        if welcome.standing is not Standing.NEW:
            return _page(request, welcome, form, status=409)
        if form.is_valid():
            with refusals_in(form):
                actions.accept_as_new(link=token, **form.cleaned_data)
                return HttpResponseRedirect(f"{reverse('sign-in')}?welcome=1")
        return _page(request, welcome, form, status=422)


def _welcome(request: HttpRequest, token: str) -> Welcome:
    return welcome_of(token, person_of(request) if request.user.is_authenticated else None)


def _page(request: HttpRequest, welcome: Welcome, form: NewAccountForm, status: int = 200) -> HttpResponse:
    row = welcome.invitation
    context = {
        "welcome": welcome,
        "row": row,
        "house": row.organization,
        "form": form,
        "role": row.get_role_display(),
        "role_in_words": {str(role): words for role, words in ROLES.items()}[row.role],
    }
    return render(request, "account/invitation.html", context, status=status)

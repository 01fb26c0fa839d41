"""Settings: how people get in. Second factors, single sign-on and its groups, passwords; names that clients read."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts import actions
from signoff.accounts.access_rules import JOIN_AS, PEOPLE
from signoff.accounts.entrance import came_by_sso
from signoff.accounts.models import ClientTeam, Organization, Role
from signoff.accounts.policy import Permission
from signoff.accounts.providers import Provider, faults_of
from signoff.core.actor import Actor
from signoff.core.errors import Conflict, Invalid
from signoff.web.actor import actor_of, member_of, person_of
from signoff.web.settings.page import done, open_to, page, refusals_in, refused
from signoff.web.sso.addresses import redirect_uri_of

HERE = "settings-access"


class AccessForm(forms.Form):
    second_factor_roles = forms.MultipleChoiceField(choices=[(one.value, one.label) for one in PEOPLE], required=False)
    only_sso = forms.BooleanField(required=False)
    joins_by_sso = forms.BooleanField(required=False)
    joins_as = forms.ChoiceField(choices=[(one.value, one.label) for one in JOIN_AS])
    hides_names = forms.BooleanField(required=False)


class RuleForm(forms.Form):
    """What a group is here; the teams are looked up through what the actor sees."""

    group = forms.CharField(max_length=200)
    role = forms.ChoiceField(choices=[(one.value, one.label) for one in PEOPLE], initial=Role.MAKER)
    teams = forms.ModelMultipleChoiceField(ClientTeam.objects.none(), required=False)
    is_meant = forms.BooleanField(required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = ClientTeam.objects.visible_to(actor).filter(archived_on__isnull=True)
        self.fields["teams"].queryset = teams  # type: ignore[attr-defined]


@open_to(Permission.MANAGE_ORGANIZATION)
def access(request: HttpRequest) -> HttpResponseBase:
    here = member_of(request).organization
    if request.method != "POST":
        return _page(request, here, AccessForm(initial={name: getattr(here, name) for name in AccessForm.base_fields}))
    form = AccessForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            _change(request, here, form.cleaned_data)
            return done(request, _("Who gets in, and how, is saved."), HERE)
    return _page(request, here, form)


@open_to(Permission.MANAGE_ORGANIZATION)
def rules(request: HttpRequest) -> HttpResponseBase:
    """Adds a rule at the end. A page of its own when something is wrong with it."""
    here = member_of(request).organization
    form = RuleForm(actor_of(request), request.POST or None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            new = {**form.cleaned_data, "teams": [str(team.pk) for team in form.cleaned_data["teams"]]}
            _change(request, here, {"sso_rules": [*here.sso_rules, new]})
            return done(request, _("The rule for %(group)s is added.") % {"group": new["group"]}, HERE)
    now = AccessForm(initial={name: getattr(here, name) for name in AccessForm.base_fields})
    return _page(request, here, now, form)


@require_POST
@open_to(Permission.MANAGE_ORGANIZATION)
def rule_place(request: HttpRequest) -> HttpResponseBase:
    """One place up or down: the first rule that fits counts."""
    order, at = _rules_and_place(request)
    to = at - 1 if request.POST.get("move") == "up" else at + 1
    if 0 <= at < len(order) and 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return _saved(request, order, _("The order is saved."))


@require_POST
@open_to(Permission.MANAGE_ORGANIZATION)
def rule_removal(request: HttpRequest) -> HttpResponseBase:
    order, at = _rules_and_place(request)
    left = [rule for place, rule in enumerate(order) if place != at]
    return _saved(request, left, _("The rule is removed. Who came by it stays until they sign in again."))


def _rules_and_place(request: HttpRequest) -> tuple[list[dict[str, Any]], int]:
    """The rules, and where the one of the named group stands: a place could have moved under somebody's click."""
    order = list(member_of(request).organization.sso_rules)
    group = request.POST.get("group", "")
    return order, next((place for place, rule in enumerate(order) if rule["group"] == group), -1)


def _saved(request: HttpRequest, order: list[dict[str, Any]], words: str) -> HttpResponseBase:
    try:
        _change(request, member_of(request).organization, {"sso_rules": order})
    except (Invalid, Conflict) as refusal:
        return refused(request, refusal, HERE)
    return done(request, words, HERE)


def _change(request: HttpRequest, here: Organization, changes: dict[str, object]) -> None:
    by_sso = came_by_sso(person_of(request), request.session, here)
    actions.change_access(actor=actor_of(request), organization=here, changes=changes, came_by_sso=by_sso)


def _page(
    request: HttpRequest, here: Organization, form: AccessForm, rule_form: RuleForm | None = None
) -> HttpResponseBase:
    teams = {str(team.pk): team for team in ClientTeam.objects.visible_to(actor_of(request))}
    rules = [{**rule, "of": [teams[one] for one in rule["teams"] if one in teams]} for rule in here.sso_rules]
    context = {
        "form": form,
        "rule_form": rule_form or RuleForm(actor_of(request)),
        "rules": rules,
        "here": here,
        "roles": [(role.value, role.label, "") for role in PEOPLE],
        "labels": dict(Role.choices),
        "providers": [_shown(provider) for provider in settings.SSO_PROVIDERS if provider.serves(here.slug)],
        "came_by_sso": came_by_sso(person_of(request), request.session, here),
    }
    wrong = form.errors or (rule_form is not None and rule_form.errors)
    return page(request, "access", HERE, context, status=422 if wrong else 200)


def _shown(provider: Provider) -> dict[str, Any]:
    """What an admin may know of a provider: everything but the secret."""
    return {"provider": provider, "redirect_uri": redirect_uri_of(provider), "faults": list(faults_of(provider))}

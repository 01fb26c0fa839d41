"""Settings: the people of the organisation, their roles, teams, access and one-time passwords."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from signoff import mails
from signoff.access.actions import may_copy
from signoff.access.factors import factors_of
from signoff.access.models import Invitation
from signoff.access.sessions import sessions_of
from signoff.accounts import actions
from signoff.accounts.actors import is_elsewhere
from signoff.accounts.looking import may_look_as
from signoff.accounts.models import ClientTeam, Membership, MembershipQuerySet, Role
from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.core.errors import Conflict
from signoff.deliverables.actions import undo_act
from signoff.deliverables.errors import NothingToUndo
from signoff.deliverables.holding import holdings
from signoff.web.actor import actor_of, member_of
from signoff.web.choices import id_named
from signoff.web.settings.handover import WORDS
from signoff.web.settings.page import done, open_to, page, refusals_in, refused

# What each role may, on one line; the law is accounts.policy.
ROLES = {
    Role.ADMIN: gettext_lazy("Everything, these settings included"),
    Role.PRODUCER: gettext_lazy("Opens projects, plans, assigns, approves, imports and exports, edits pipelines"),
    Role.MAKER: gettext_lazy("Works on stages and hands them in"),
    Role.REVIEWER: gettext_lazy("Looks at everything, approves and requests changes"),
    Role.CLIENT_VIEWER: gettext_lazy("Sees the projects of their client teams, approves where named"),
}


class PersonForm(forms.Form):
    """Role and client teams; the teams are looked up through what the actor sees."""

    role = forms.ChoiceField(choices=[(role.value, role.label) for role in ROLES])
    teams = forms.ModelMultipleChoiceField(ClientTeam.objects.none(), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = ClientTeam.objects.visible_to(actor)  # type: ignore[attr-defined]


class NewPersonForm(PersonForm):
    email = forms.CharField()
    name = forms.CharField()
    role = forms.ChoiceField(choices=[(role.value, role.label) for role in ROLES], initial=Role.MAKER)


class InviteForm(NewPersonForm):
    """The same; how they are called, who is invited may say themselves."""

    prefix = "invite"
    name = forms.CharField(required=False)


@open_to(Permission.MANAGE_PEOPLE)
@sensitive_variables("added")
def people(request: HttpRequest) -> HttpResponseBase:
    """The list, and letting somebody in: the answer to that shows the one-time password, once."""
    form = NewPersonForm(actor_of(request), request.POST or None)
    added = None
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            added = actions.add_member(
                actor=actor_of(request), organization=member_of(request).organization, **form.cleaned_data
            )
            if added.password is None:
                return done(
                    request,
                    _("%(name)s can sign in here now.") % {"name": added.membership.user.name},
                    "settings-people",
                )
            form = NewPersonForm(actor_of(request))
    return people_page(request, form=form, added=added, status=422 if form.errors else 200)


def people_page(
    request: HttpRequest,
    *,
    form: NewPersonForm | None = None,
    invite_form: InviteForm | None = None,
    added: actions.Added | None = None,
    link: tuple[Invitation, str] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """The people, those who are invited, and the two ways to let somebody in. `link` is shown once."""
    context = {
        "form": form or NewPersonForm(actor_of(request)),
        "invite_form": invite_form or InviteForm(actor_of(request)),
        "added": added,
        "link": link,
        "rows": list(_listed(request)),
        "teams": list(ClientTeam.objects.visible_to(actor_of(request)).filter(archived_on__isnull=True)),
        "roles": ROLES,
        "asked": {name: request.GET.get(name, "") for name in ("q", "role", "team", "closed")},
    }
    return page(request, "people", "settings-people", context | invitations_of(request), status=status)


def invitations_of(request: HttpRequest) -> dict[str, Any]:
    """Who was invited and has not answered, and what may be done about it; the piece fetches itself anew while letters
    are on their way."""
    actor, has_mail = actor_of(request), mails.is_configured()
    teams = Prefetch("client_teams", ClientTeam.objects.visible_to(actor).order_by("name"))
    rows = list(Invitation.objects.visible_to(actor).unanswered().prefetch_related(teams))
    on_their_way = [row for row in rows if has_mail and row.is_open and not (row.sent_at or row.failure)]
    copied = {row.pk for row in rows if row.is_open and may_copy(actor, row)}
    return {"invitations": rows, "on_their_way": on_their_way, "copied": copied, "has_mail": has_mail}


@open_to(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    row = _find(request, membership_id)
    actor = actor_of(request)
    now = {"role": row.role, "teams": [team.pk for team in row.client_teams.all()]}
    form = PersonForm(actor, request.POST) if request.method == "POST" else PersonForm(actor, initial=now)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            actions.change_member(actor=actor, membership=row, changes=form.cleaned_data)
            return done(request, _("%(name)s is saved.") % {"name": row.user.name}, "settings-people")
    return _person_page(request, row, form, status=422 if form.errors else 200)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
@sensitive_variables("one_time")
def password(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    """A one-time password, shown in the answer and never again."""
    row = _find(request, membership_id)
    try:
        one_time = actions.reset_password(actor=actor_of(request), membership=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-person", row.pk)
    form = PersonForm(actor_of(request), initial={"role": row.role, "teams": [t.pk for t in row.client_teams.all()]})
    return _person_page(request, row, form, one_time=one_time)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def closing(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    row = _find(request, membership_id)
    try:
        actions.deactivate_member(actor=actor_of(request), membership=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-person", row.pk)
    undo = reverse("settings-person-opening", args=[row.pk])
    return done(request, _("%(name)s has no access any more.") % {"name": row.user.name}, "settings-people", undo=undo)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def opening(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    """Opens the access again; with `act`, what was handed over as it was closed goes back, too."""
    row = _find(request, membership_id)
    actions.reactivate_member(actor=actor_of(request), membership=row)
    if act := id_named(request.GET.get("act", "")):
        with suppress(NothingToUndo):
            undo_act(actor=actor_of(request), act=act)
    return done(request, _("%(name)s can sign in again.") % {"name": row.user.name}, "settings-people")


def _person_page(
    request: HttpRequest, row: Membership, form: PersonForm, one_time: str = "", status: int = 200
) -> HttpResponseBase:
    context = {
        "row": row,
        "form": form,
        "one_time": one_time,
        "teams": list(ClientTeam.objects.visible_to(actor_of(request))),
        "roles": ROLES,
        "is_self": row.user_id == actor_of(request).user_id,
        **_way_in(row),
        "holdings": holdings(row),
        "kinds": WORDS,
        "may_look": can(actor_of(request), Permission.VIEW_AS) and may_look_as(member_of(request), row),
    }
    return page(request, "person", "settings-people", context, status=status)


def _way_in(row: Membership) -> dict[str, object]:
    """Where they are signed in and with what; of who belongs elsewhere too, that is not this house's to read."""
    if is_elsewhere(row):
        return {"is_elsewhere": True}
    return {"is_elsewhere": False, "sessions": sessions_of(row.user, ""), "has": factors_of(row.user_id)}


def _members(request: HttpRequest) -> MembershipQuerySet:
    rows = Membership.objects.visible_to(actor_of(request)).filter(user__is_service=False)
    teams = Prefetch("client_teams", ClientTeam.objects.order_by("name"))
    return rows.select_related("user").prefetch_related(teams)


def _listed(request: HttpRequest) -> MembershipQuerySet:
    """Those whom the filters of the address leave; closed ones only when asked for."""
    asked = request.GET
    rows = _members(request).filter(is_active=asked.get("closed") != "1")
    if words := asked.get("q", "").replace("\x00", "").strip():
        rows = rows.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
    if asked.get("role") in Role.values:
        rows = rows.filter(role=asked["role"])
    if team := _uuid(asked.get("team", "")):
        rows = rows.filter(client_teams=team)
    return rows.order_by("user__name", "id")


def _find(request: HttpRequest, membership_id: UUID) -> Membership:
    return get_object_or_404(_members(request), pk=membership_id)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

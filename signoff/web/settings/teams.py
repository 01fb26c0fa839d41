"""Settings: client teams, their colours and their people."""

from uuid import UUID

from django import forms
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts import actions
from signoff.accounts.models import ClientTeam, Membership
from signoff.accounts.policy import Permission
from signoff.projects.models import Project
from signoff.web.actor import actor_of, member_of
from signoff.web.frame import OPEN_PROJECTS
from signoff.web.settings.page import done, open_to, page, refusals_in

PROJECTS_SHOWN = 12


class TeamForm(forms.Form):
    name = forms.CharField()
    colour = forms.CharField(required=False)


@open_to(Permission.MANAGE_PEOPLE)
def teams(request: HttpRequest) -> HttpResponseBase:
    form = TeamForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            made = actions.add_client_team(
                actor=actor_of(request), organization=member_of(request).organization, **form.cleaned_data
            )
            return done(request, _("%(name)s is added.") % {"name": made.name}, "settings-teams")
    is_open = Q(projects__archived_on__isnull=True, projects__status__in=OPEN_PROJECTS)
    active = Q(members__is_active=True, members__user__is_active=True)
    rows = (
        ClientTeam.objects.visible_to(actor_of(request))
        .annotate(
            open_projects=Count("projects", filter=is_open, distinct=True),
            people=Count("members", filter=active, distinct=True),
        )
        .order_by(F("archived_on").asc(nulls_first=True), "name")
    )
    context = {"form": form, "rows": list(rows)}
    return page(request, "teams", "settings-teams", context, status=422 if form.errors else 200)


@open_to(Permission.MANAGE_PEOPLE)
def team(request: HttpRequest, team_id: UUID) -> HttpResponseBase:
    row = _find(request, team_id)
    form = TeamForm(request.POST) if request.method == "POST" else TeamForm(initial=vars(row))
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            saved = actions.change_client_team(actor=actor_of(request), team=row, changes=form.cleaned_data)
            return done(request, _("%(name)s is saved.") % {"name": saved.name}, "settings-team", row.pk)
    members = Membership.objects.visible_to(actor_of(request)).people().filter(client_teams=row)
    open_ones = (
        Project.objects.visible_to(actor_of(request)).current().filter(client_team=row, status__in=OPEN_PROJECTS)
    )
    context = {
        "form": form,
        "row": row,
        "members": list(members.select_related("user").order_by("user__name")),
        "projects": list(open_ones.order_by("job_number")[:PROJECTS_SHOWN]),
        "projects_in_all": open_ones.count(),
    }
    return page(request, "team", "settings-teams", context, status=422 if form.errors else 200)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def archive(request: HttpRequest, team_id: UUID) -> HttpResponseBase:
    row = actions.archive_client_team(actor=actor_of(request), team=_find(request, team_id))
    undo = reverse("settings-team-restoration", args=[row.pk])
    return done(request, _("%(name)s is archived.") % {"name": row.name}, "settings-teams", undo=undo)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def restoration(request: HttpRequest, team_id: UUID) -> HttpResponseBase:
    row = actions.restore_client_team(actor=actor_of(request), team=_find(request, team_id))
    return done(request, _("%(name)s is back.") % {"name": row.name}, "settings-teams")


def _find(request: HttpRequest, team_id: UUID) -> ClientTeam:
    return get_object_or_404(ClientTeam.objects.visible_to(actor_of(request)), pk=team_id)

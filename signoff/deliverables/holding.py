"""What a person holds in an organisation, and who could take it over. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count

from signoff.accounts.models import Membership, Role
from signoff.accounts.policy import ALLOWED, Permission
from signoff.deliverables.models import Deliverable, DeliverableQuerySet, Stage, StageQuerySet, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import Project, ProjectQuerySet, ProjectStatus

DONE = (StageStatus.APPROVED, StageStatus.SKIPPED)
OVER = (ProjectStatus.COMPLETED, ProjectStatus.CANCELLED)
PLACES_SHOWN = 5


class Kind(StrEnum):
    """What is handed over, each to somebody whose role does it."""

    WORK = "work"  # open stages that nobody approves
    APPROVALS = "approvals"  # open stages that somebody does
    DELIVERABLES = "deliverables"
    PROJECTS = "projects"


NEEDS = {
    Kind.WORK: Permission.WORK_ON_STAGE,
    Kind.APPROVALS: Permission.APPROVE_STAGE,
    Kind.DELIVERABLES: Permission.WORK_ON_STAGE,
    Kind.PROJECTS: Permission.EDIT_PROJECT,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A project with how many of them are there."""

    project_id: UUID
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Holding:
    """Of one kind: how many in all, the projects with the most of them, and who could take them."""

    kind: Kind
    count: int
    places: Sequence[Place]
    takers: Sequence[Membership]
    more: int  # projects that are not named


def holdings(membership: Membership) -> list[Holding]:
    """What this person holds, kind by kind; none for kinds of which they hold nothing. Six queries at most."""
    places = {kind: _places(kind, membership) for kind in Kind}
    takers = takers_of(membership)
    return [
        Holding(
            kind, sum(one.count for one in found), found[:PLACES_SHOWN], takers[kind], max(len(found) - PLACES_SHOWN, 0)
        )
        for kind, found in places.items()
        if found
    ]


def takers_of(membership: Membership) -> Mapping[Kind, list[Membership]]:
    """For each kind who could take it: by role; and a client's approvals, people of all the teams they are for."""
    others = Membership.objects.people().filter(organization_id=membership.organization_id).exclude(pk=membership.pk)
    members = list(others.select_related("user").order_by("user__name", "pk"))
    takers = {kind: [one for one in members if NEEDS[kind] in ALLOWED[Role(one.role)]] for kind in Kind}
    takers[Kind.APPROVALS] += _of_the_same_teams(membership, members)
    return takers


def stages_held(kind: Kind, membership: Membership) -> StageQuerySet:
    """Open stages of this kind in projects that are not put away."""
    stages = Stage.objects.filter(
        assignee=membership.user_id,
        deliverable__project__organization=membership.organization_id,
        deliverable__project__archived_on__isnull=True,
    ).exclude(status__in=DONE)
    none = {"approval_type": ApprovalType.NONE}
    return stages.filter(**none) if kind is Kind.WORK else stages.exclude(**none)


def deliverables_held(membership: Membership) -> DeliverableQuerySet:
    rows = Deliverable.objects.open().filter(assignee=membership.user_id)
    return rows.filter(project__organization=membership.organization_id, project__archived_on__isnull=True)


def projects_held(membership: Membership) -> ProjectQuerySet:
    rows = Project.objects.filter(owner=membership.user_id, organization=membership.organization_id)
    return rows.filter(archived_on__isnull=True).exclude(status__in=OVER)


def _places(kind: Kind, membership: Membership) -> list[Place]:
    if kind is Kind.PROJECTS:
        rows = projects_held(membership).order_by("job_number").values_list("pk", "name")
        return [Place(project_id, name, 1) for project_id, name in rows]
    held = deliverables_held(membership) if kind is Kind.DELIVERABLES else stages_held(kind, membership)
    place = "project" if kind is Kind.DELIVERABLES else "deliverable__project"
    counted = held.order_by().values_list(place, f"{place}__name").annotate(n=Count("pk"))
    return [Place(*one) for one in counted.order_by("-n", f"{place}__name")]


def _of_the_same_teams(membership: Membership, members: Sequence[Membership]) -> list[Membership]:
    if membership.role != Role.CLIENT_VIEWER:
        return []
    stages = stages_held(Kind.APPROVALS, membership).order_by()
    needed = set(stages.values_list("deliverable__project__client_team", flat=True).distinct())
    through = Membership.client_teams.through.objects.filter(membership__in=members)
    teams: dict[UUID, set[UUID]] = {}
    for member, team in through.values_list("membership_id", "clientteam_id"):
        teams.setdefault(member, set()).add(team)
    return [one for one in members if one.role == Role.CLIENT_VIEWER and needed <= teams.get(one.pk, set())]

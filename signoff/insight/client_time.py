"""How long work waits for clients: from the history of the stages that are with them. Three queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from signoff.accounts.models import ClientTeam
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.deliverables.models import Stage, StageStatus
from signoff.insight.mine import open_stages
from signoff.projects.models import Project

WINDOW = timedelta(days=30)
LOOK_BACK = timedelta(days=120)  # a wait may have begun before the window that it ends in
WORTH_SAYING = 0.05  # days


@dataclass(frozen=True, slots=True)
class Wait:
    """One stretch with the client; `end` is None while it lasts."""

    project_id: UUID
    begin: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class TeamTime:
    team: ClientTeam
    days: float
    share: int  # per cent of the longest


@dataclass(frozen=True, slots=True)
class ClientTime:
    """Days that work waits on average; `change` against the 30 days before, None when there is no comparison."""

    days: float | None
    change: float | None
    teams: Sequence[TeamTime]
    longest: Stage | None
    longest_days: int


def client_time(actor: Actor, at: datetime) -> ClientTime:
    """The waits of all projects the actor sees that ended in the last 30 days or still last, by client team."""
    still = list(_with_client(actor))
    waits = [*_ended(actor, at), *(Wait(s.deliverable.project_id, s.status_since, None) for s in still)]
    recent = [wait for wait in waits if (wait.end or at) > at - WINDOW]
    before = [w for w in waits if w.begin <= at - WINDOW and at - 2 * WINDOW < (w.end or at) <= at - WINDOW]
    days, earlier = _mean(recent, at), _mean(before, at)
    change = days - earlier if days is not None and earlier is not None else None
    longest = still[0] if still else None
    return ClientTime(
        days=days,
        change=change if change is None or abs(change) >= WORTH_SAYING else 0.0,
        teams=_by_team(actor, recent, at),
        longest=longest,
        longest_days=(at - longest.status_since).days if longest else 0,
    )


def stretches(changes: Iterable[tuple[UUID, UUID | None, datetime, str, str]]) -> list[Wait]:
    """Waits that ended, from (stage, project, time, old status, new status) in the order of stage and time. Pure.

    A stretch whose end the history does not tell (it was undone) is left out.
    """
    found: list[Wait] = []
    begun: tuple[UUID, datetime] | None = None
    for stage, project, at, old, new in changes:
        if project and begun and begun[0] == stage and old == StageStatus.IN_REVIEW:
            found.append(Wait(project, begun[1], at))
        begun = (stage, at) if new == StageStatus.IN_REVIEW else None
    return found


def _ended(actor: Actor, at: datetime) -> list[Wait]:
    with_client = Stage.objects.filter(definition__is_with_client=True, definition__organization=actor.organization_id)
    events = Event.objects.filter(
        project_id__in=Project.objects.visible_to(actor).values("pk"),
        subject_id__in=with_client.values("pk"),
        changes__has_key="status",
        created_at__gte=at - LOOK_BACK,
    )
    told = events.annotate(old=F("changes__status__0"), new=F("changes__status__1")).order_by(
        "subject_id", "created_at", "id"
    )
    return stretches(told.values_list("subject_id", "project_id", "created_at", "old", "new"))


def _with_client(actor: Actor) -> Iterable[Stage]:
    """What waits for a client now, the longest first."""
    stages = open_stages(actor).filter(status=StageStatus.IN_REVIEW, definition__is_with_client=True)
    return stages.order_by("status_since")


def _by_team(actor: Actor, waits: Sequence[Wait], at: datetime) -> list[TeamTime]:
    ids = {wait.project_id for wait in waits}
    projects = Project.objects.visible_to(actor).filter(pk__in=ids, client_team__isnull=False)
    team_of = {project.pk: project.client_team for project in projects.select_related("client_team")}
    by_team: dict[ClientTeam, list[Wait]] = {}
    for wait in waits:
        team = team_of.get(wait.project_id)
        if team is not None:
            by_team.setdefault(team, []).append(wait)
    means = sorted(((_mean(of, at) or 0.0, team) for team, of in by_team.items()), key=lambda pair: -pair[0])
    most = means[0][0] if means and means[0][0] > 0 else 1.0
    return [TeamTime(team, days, round(100 * days / most)) for days, team in means]


def _mean(waits: Sequence[Wait], at: datetime) -> float | None:
    if not waits:
        return None
    lengths = [((wait.end or at) - wait.begin).total_seconds() / 86_400 for wait in waits]
    return sum(lengths) / len(lengths)

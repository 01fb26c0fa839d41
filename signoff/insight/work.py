"""My work: every open stage that is this person's, grouped by when it is due. One query for the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from signoff.core.actor import Actor
from signoff.deliverables.models import Stage, StageStatus
from signoff.insight.mine import in_turn, open_stages, to_do, to_review, with_turn
from signoff.reviews.offers import Offer, offer_of

MOST = 500
GROUPS = ("late", "today", "week", "later", "none")


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What the page's address asks for; empty means any."""

    text: str = ""
    status: str = ""
    project: UUID | None = None
    team: UUID | None = None
    is_turn: bool = False


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One stage of the actor's. `waits_for` names the stage that must be done first, if any."""

    stage: Stage
    due_on: date | None
    group: str
    waits_for: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class Work:
    rows: Sequence[WorkRow]

    @property
    def groups(self) -> list[tuple[str, list[WorkRow]]]:
        """The groups that have rows, in the order of time."""
        found = [(group, [row for row in self.rows if row.group == group]) for group in GROUPS]
        return [(group, rows) for group, rows in found if rows]


def work_of(actor: Actor, wanted: WorkFilter, today: date, at: datetime) -> Work:
    """The open stages assigned to the actor or waiting for what the actor makes or decides."""
    mine = Q(assignee_id=actor.user_id) | to_do(actor) | (to_review(actor) & Q(assignee_id=actor.user_id))
    stages = with_turn(open_stages(actor).filter(mine)).order_by(F("due").asc(nulls_last=True), "pk")
    others_later = ~Q(assignee_id=actor.user_id) & Q(status=StageStatus.NOT_STARTED) & Q(waits_for__gt="")
    stages = stages.filter(_asked(wanted)).exclude(others_later)
    if wanted.is_turn:
        stages = in_turn(stages)
    return Work([_row(actor, stage, today, at) for stage in stages[:MOST]])


def _asked(wanted: WorkFilter) -> Q:
    asked = Q()
    if wanted.text:
        asked &= Q(deliverable__name__icontains=wanted.text) | Q(deliverable__project__name__icontains=wanted.text)
    if wanted.status:
        asked &= Q(status=wanted.status)
    if wanted.project:
        asked &= Q(deliverable__project_id=wanted.project)
    if wanted.team:
        asked &= Q(deliverable__project__client_team_id=wanted.team)
    return asked


def _row(actor: Actor, stage: Stage, today: date, at: datetime) -> WorkRow:
    due_on = stage.due_on or stage.deliverable.due_on
    waits_for = str(getattr(stage, "waits_for", "")) if stage.status == StageStatus.NOT_STARTED else ""
    return WorkRow(
        stage=stage,
        due_on=due_on,
        group=group_of(due_on, today),
        waits_for=waits_for,
        offer=Offer() if waits_for else offer_of(actor, stage, at, is_stopped=False),
    )


def group_of(due_on: date | None, today: date) -> str:
    """Late, today, week (until its Sunday), later, or none."""
    if due_on is None:
        return "none"
    if due_on <= today:
        return "late" if due_on < today else "today"
    sunday = today + timedelta(days=6 - today.weekday())
    return "week" if due_on <= sunday else "later"

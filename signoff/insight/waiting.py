"""What waits for one person: to decide, to review, to do, and what is overdue in their projects. Two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Case, F, IntegerField, Value, When

from signoff.accounts.models import User
from signoff.accounts.names import shown_person
from signoff.accounts.policy import Permission, holds
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.insight.mine import AT_WORK, in_turn, open_stages, to_do, to_review, with_turn
from signoff.pipelines.models import ApprovalType
from signoff.reviews.offers import Offer, offer_of

MOST = 100


class Kind(StrEnum):
    DECIDE = "decide"  # in review, and the actor is named
    REVIEW = "review"  # in review, and the actor's role may approve
    DO = "do"
    OVERDUE = "overdue"  # late in a project that the actor owns


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row. Without a stage it is a whole deliverable (an overdue one)."""

    kind: Kind
    deliverable: Deliverable
    stage: Stage | None
    status: str
    since: datetime | None
    due_on: date | None
    who: User | None
    offer: Offer
    is_late: bool


@dataclass(frozen=True, slots=True)
class WaitingList:
    """All that waits, in the order of its kinds, the most urgent first."""

    rows: Sequence[Waiting]

    def of(self, kind: str) -> list[Waiting]:
        """The rows of a kind; late rows of any kind for `overdue`, all for anything else."""
        if kind == Kind.OVERDUE:
            return [row for row in self.rows if row.is_late]
        return [row for row in self.rows if kind not in set(Kind) or row.kind == kind]

    def count(self, kind: str) -> int:
        return len(self.of(kind))


def waiting_for(actor: Actor, today: date, at: datetime) -> WaitingList:
    """Everything that waits for this actor, at most 100 rows of stages and as many of late deliverables."""
    stages = [_of_stage(actor, stage, today, at) for stage in _stages(actor)]
    known = {row.deliverable.pk for row in stages}
    late = [_of_late(row) for row in _late(actor, today) if row.pk not in known]
    order = list(Kind)
    return WaitingList(sorted([*stages, *late], key=lambda row: order.index(row.kind)))


def _stages(actor: Actor) -> Sequence[Stage]:
    """In review, or at work, or next to start; who is named comes first, then what is due first."""
    turn = with_turn(open_stages(actor).filter(to_review(actor) | to_do(actor)))
    named_first = Case(When(assignee_id=actor.user_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(in_turn(turn).order_by(named_first, F("due").asc(nulls_last=True), "pk")[:MOST])


def _of_stage(actor: Actor, stage: Stage, today: date, at: datetime) -> Waiting:
    due_on = stage.due_on or stage.deliverable.due_on
    return Waiting(
        kind=_kind(actor, stage),
        deliverable=stage.deliverable,
        stage=stage,
        status=stage.status,
        since=stage.status_since,
        due_on=due_on,
        who=shown_person(actor, stage.deliverable.assignee or stage.assignee),
        offer=offer_of(actor, stage, at, is_stopped=False),
        is_late=due_on is not None and due_on < today,
    )


def _kind(actor: Actor, stage: Stage) -> Kind:
    if stage.status != StageStatus.IN_REVIEW or stage.approval_type == "none":
        return Kind.DO
    is_named = stage.assignee_id == actor.user_id or stage.approval_type == ApprovalType.FORMAL
    return Kind.DECIDE if is_named else Kind.REVIEW


def _late(actor: Actor, today: date) -> Sequence[Deliverable]:
    if not holds(actor, Permission.EDIT_DELIVERABLE):
        return []
    owned = (
        Deliverable.objects.visible_to(actor)
        .late(today)
        .filter(project__owner_id=actor.user_id, project__archived_on__isnull=True, project__status__in=AT_WORK)
    )
    return list(owned.select_related("assignee", "project__client_team").order_by("due_on", "pk")[:MOST])


def _of_late(row: Deliverable) -> Waiting:
    return Waiting(
        kind=Kind.OVERDUE,
        deliverable=row,
        stage=None,
        status=row.status,
        since=None,
        due_on=row.due_on,
        who=row.assignee,
        offer=Offer(),
        is_late=True,
    )

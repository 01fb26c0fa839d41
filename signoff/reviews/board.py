"""The board: a project's deliverables as cards in columns of their status, and where each card may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window
from django.db.models.functions import RowNumber

from signoff.accounts.models import User
from signoff.accounts.names import shown_person
from signoff.accounts.policy import Permission, holds
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, DeliverableQuerySet, DeliverableStatus, Stage, StageStatus
from signoff.deliverables.progress import DONE, legal_moves, status_of
from signoff.pipelines.models import ApprovalType
from signoff.reviews.offers import may_approve

COLUMNS = [status for status in DeliverableStatus if status not in ("on_hold", "cancelled")]
STOPPED = (DeliverableStatus.ON_HOLD, DeliverableStatus.CANCELLED)
A_COLUMN = 50
WANTS = (StageStatus.CHANGES_REQUESTED, StageStatus.IN_REVIEW, StageStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Move:
    """How a card gets to a column: `status`, `approval`, `delivery`, `return`; or why it does not (`how` is empty)."""

    column: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """A deliverable, the stage it stands at (None when it has none left open), and its moves by column."""

    row: Deliverable
    stage: Stage | None
    person: User | None
    moves: list[Move]
    cover: UUID | None

    @property
    def is_with_client(self) -> bool:
        stage = self.stage
        return stage is not None and stage.definition.is_with_client and stage.status == StageStatus.IN_REVIEW

    @property
    def legal(self) -> dict[str, str]:
        return {move.column: move.how for move in self.moves if move.how}

    @property
    def refused(self) -> dict[str, str]:
        return {move.column: move.reason for move in self.moves if not move.how}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which deliverables are on the board."""

    find: str = ""
    late: bool = False
    over: bool = False
    waiting: bool = False


def deliverables_of(actor: Actor, project_id: UUID, said: Filter, today: date) -> DeliverableQuerySet:
    """The rows that the filter lets through."""
    rows = Deliverable.objects.visible_to(actor).filter(project_id=project_id)
    for word in said.find.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(kind__icontains=word) | Q(specification__icontains=word))
    if said.late:
        rows = rows.late(today)
    if said.over:
        rows = rows.filter(OVER)
    return rows.filter(WAITING) if said.waiting else rows


def count_views(actor: Actor, project_id: UUID, today: date) -> dict[str, int]:
    """How many rows each of the views has that are always there. One query."""
    rows = Deliverable.objects.visible_to(actor).filter(project_id=project_id)
    late = Q(due_on__lt=today) & ~Q(status__in=[D.APPROVED, D.DELIVERED, D.CANCELLED, D.ON_HOLD])
    found = rows.aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(WAITING)),
        late=Count("pk", filter=late),
        over=Count("pk", filter=OVER),
    )
    return {name: int(number) for name, number in found.items()}


def count_columns(rows: DeliverableQuerySet) -> dict[str, int]:
    return dict(rows.order_by().values_list("status").annotate(n=Count("pk")))


def cards_of(
    actor: Actor, rows: DeliverableQuerySet, *, column: str = "", after: int = 0, most: int = A_COLUMN
) -> list[Card]:
    """The first `most` cards of each column, or of one column those after the first `after`. Two queries."""
    in_order = Window(RowNumber(), partition_by="status", order_by=[F("due_on").asc(nulls_last=True), "position", "id"])
    stages = Stage.objects.visible_to(actor).select_related("definition", "assignee").order_by("position")
    placed = (
        (rows.filter(status=column) if column else rows)
        .annotate(place=in_order)
        .filter(place__gt=after, place__lte=after + most)
        .select_related("assignee")
        .prefetch_related(Prefetch("stages", queryset=stages, to_attr="in_order"))
        .order_by("place")
    )
    return [_card(actor, row, row.in_order) for row in placed]  # type: ignore[attr-defined]


def _card(actor: Actor, row: Deliverable, stages: Sequence[Stage]) -> Card:
    stage = stage_of(stages)
    moves, cover = moves_of(actor, row, stage, stages), row.cover_for(actor)
    person = shown_person(actor, (stage and stage.assignee) or row.assignee)
    return Card(row, stage, person, moves, cover)


def stage_of(stages: Sequence[Stage]) -> Stage | None:
    """Where the deliverable stands: the stage that somebody must act on, else the first that is open."""
    for wanted in WANTS:
        found = next((stage for stage in stages if stage.status == wanted), None)
        if found:
            return found
    return next((stage for stage in stages if stage.status not in DONE), None)


def moves_of(actor: Actor, row: Deliverable, stage: Stage | None, stages: Sequence[Stage]) -> list[Move]:
    """For every other column: how this card gets there by one move of its stage, or why it does not."""
    if actor.is_looking:
        return []
    return [_move(actor, row, stage, stages, column) for column in COLUMNS if column != row.status]


def _move(actor: Actor, row: Deliverable, stage: Stage | None, stages: Sequence[Stage], column: str) -> Move:
    if row.held:
        return Move(column, "", "take it up again first")
    if D.DELIVERED in (row.status, column):
        return _delivery(actor, row, column)
    if stage is None:
        return Move(column, "", "open a stage of it first")
    after = [column if one is stage else one.status for one in stages]
    if status_of(after) != column:
        return Move(column, "", "other stages are still open" if column == D.APPROVED else "other stages are further")
    return _stage_move(actor, stage, column)


def _delivery(actor: Actor, row: Deliverable, column: str) -> Move:
    if {row.status, column} != {D.APPROVED, D.DELIVERED}:
        return Move(column, "", "once it is approved")
    if not holds(actor, Permission.EDIT_DELIVERABLE):
        return Move(column, "", "by a producer")
    return Move(column, "delivery" if column == D.DELIVERED else "return", "")


def _stage_move(actor: Actor, stage: Stage, column: str) -> Move:
    if column == StageStatus.APPROVED and stage.approval_type != ApprovalType.NONE:
        return _approval(actor, stage)
    if column not in legal_moves(stage.status, stage.approval_type):
        return Move(column, "", "not from where it is")
    if column == StageStatus.CHANGES_REQUESTED:
        return Move(column, "status", "") if may_approve(actor, stage) else Move(column, "", "by who may approve")
    works = holds(actor, Permission.WORK_ON_STAGE)
    return Move(column, "status", "") if works else Move(column, "", "not yours to set")


def _approval(actor: Actor, stage: Stage) -> Move:
    if stage.status != StageStatus.IN_REVIEW:
        return Move(StageStatus.APPROVED, "", "after review")
    if stage.approval_type == ApprovalType.FORMAL:
        return Move(StageStatus.APPROVED, "", "by its approvers")
    if not may_approve(actor, stage):
        return Move(StageStatus.APPROVED, "", "by who may approve")
    return Move(StageStatus.APPROVED, "approval", "")


D = DeliverableStatus
OVER = Q(rounds_included__isnull=False, round__gt=F("rounds_included"))
WAITING = Exists(
    Stage.objects.filter(deliverable=OuterRef("pk"), definition__is_with_client=True, status=StageStatus.IN_REVIEW)
)

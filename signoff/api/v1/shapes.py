"""Deliverables and stages as callers read them; used by every module that answers with one.

Both are read as plain values, and a deliverable together with its stages in one query: these are
what integrations and pages ask for all day.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from signoff.accounts.models import Role
from signoff.accounts.names import shown_name
from signoff.api.v1.schemas import Answer, Custom
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable, DeliverableStatus, Priority, Stage, StageStatus
from signoff.deliverables.progress import legal_moves


class StageOut(Answer):
    """`legal` are the statuses that may follow by hand."""

    id: UUID
    definition: UUID
    name: str
    position: int
    approval_type: Literal["none", "simple", "formal"]
    is_with_client: bool
    status: StageStatus
    status_since: datetime
    legal: list[str]
    assignee: UUID | None
    assignee_name: str | None
    due_on: date | None
    approved_at: datetime | None
    approved_by: UUID | None
    version: int


class DeliverableOut(Answer):
    """Clients see what was ordered, not how it is planned: their `notes` and `custom` are empty.

    `round` is the number of the newest round; for clients, of the newest that they see.
    """

    id: UUID
    project: UUID
    pipeline: UUID | None
    name: str
    slug: str
    kind: str
    specification: str
    language: str
    market: str
    status: DeliverableStatus
    held: str
    priority: Priority
    due_on: date | None
    round: int
    rounds_included: int | None
    assignee: UUID | None
    assignee_name: str | None
    notes: str
    custom: Custom
    position: int
    delivered_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int
    stages: list[StageOut]


# As an answer names it: how the query names it.
STAGE = {
    "id": "id",
    "definition": "definition_id",
    "name": "definition__name",
    "position": "position",
    "approval_type": "approval_type",
    "is_with_client": "definition__is_with_client",
    "status": "status",
    "status_since": "status_since",
    "assignee": "assignee_id",
    "assignee_name": "assignee__name",
    "due_on": "due_on",
    "approved_at": "approved_at",
    "approved_by": "approved_by_id",
    "version": "version",
}
DELIVERABLE = {
    "id": "id",
    "project": "project_id",
    "pipeline": "pipeline_id",
    "name": "name",
    "slug": "slug",
    "kind": "kind",
    "specification": "specification",
    "language": "language",
    "market": "market",
    "status": "status",
    "held": "held",
    "priority": "priority",
    "due_on": "due_on",
    "round": "round",
    "rounds_included": "rounds_included",
    "assignee": "assignee_id",
    "assignee_name": "assignee__name",
    "notes": "notes",
    "custom": "custom",
    "position": "position",
    "delivered_at": "delivered_at",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "version": "version",
}
SHOWN = "released_rounds"
BOTH = [*DELIVERABLE.values(), *(f"stages__{name}" for name in STAGE.values()), SHOWN]


def deliverable_out(actor: Actor, deliverable_id: UUID) -> dict[str, object]:
    """A deliverable with its stages in order. One query. Raises NotFound for what the actor does not see."""
    rows = Deliverable.objects.visible_to(actor).filter(pk=deliverable_id).order_by("stages__position")
    found = list(rows.values_list(*BOTH))
    if not found:
        raise NotFound()
    own = _with_name(actor, dict(zip(DELIVERABLE, found[0], strict=False)))
    if actor.role == Role.CLIENT_VIEWER:
        own |= {"notes": "", "custom": {}, "round": max(found[0][-1], default=0)}
    return own | {"stages": [_stage(actor, row[len(DELIVERABLE) : -1]) for row in found if row[len(DELIVERABLE)]]}


def stage_out(actor: Actor, stage_id: UUID) -> dict[str, object]:
    """A stage. One query. Raises NotFound for what the actor does not see."""
    found = Stage.objects.visible_to(actor).filter(pk=stage_id).values_list(*STAGE.values()).first()
    if found is None:
        raise NotFound()
    return _stage(actor, found)


def _stage(actor: Actor, values: Sequence[object]) -> dict[str, object]:
    stage = _with_name(actor, dict(zip(STAGE, values, strict=True)))
    return stage | {"legal": _legal(stage)}


def _with_name(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    name = row["assignee_name"]
    return row | {"assignee_name": name and shown_name(actor, row["assignee"], name)}


def _legal(stage: Mapping[str, object]) -> list[str]:
    return legal_moves(str(stage["status"]), str(stage["approval_type"]))

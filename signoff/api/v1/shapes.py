"""Deliverables and stages as callers read them; used by every module that answers with one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from signoff.api.v1.schemas import Answer, Custom
from signoff.core.actor import Actor
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


def stage_out(stage: Stage) -> dict[str, object]:
    """Its definition and assignee are loaded."""
    return {
        "id": stage.pk,
        "definition": stage.definition_id,
        "name": stage.definition.name,
        "position": stage.position,
        "approval_type": stage.approval_type,
        "is_with_client": stage.definition.is_with_client,
        "status": stage.status,
        "status_since": stage.status_since,
        "legal": legal_moves(stage.status, stage.approval_type),
        "assignee": stage.assignee_id,
        "assignee_name": stage.assignee.name if stage.assignee else None,
        "due_on": stage.due_on,
        "approved_at": stage.approved_at,
        "approved_by": stage.approved_by_id,
        "version": stage.version,
    }


def deliverable_out(row: Deliverable, stages: Iterable[Stage]) -> dict[str, object]:
    """Its assignee is loaded."""
    return {
        "id": row.pk,
        "project": row.project_id,
        "pipeline": row.pipeline_id,
        "name": row.name,
        "slug": row.slug,
        "kind": row.kind,
        "specification": row.specification,
        "language": row.language,
        "market": row.market,
        "status": row.status,
        "held": row.held,
        "priority": row.priority,
        "due_on": row.due_on,
        "round": row.round,
        "rounds_included": row.rounds_included,
        "assignee": row.assignee_id,
        "assignee_name": row.assignee.name if row.assignee else None,
        "notes": row.notes,
        "custom": row.custom,
        "position": row.position,
        "delivered_at": row.delivered_at,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "version": row.version,
        "stages": [stage_out(stage) for stage in stages],
    }


def stages_of(actor: Actor, row: Deliverable) -> list[Stage]:
    """The deliverable's stages in order, ready for `stage_out`. One query."""
    stages = Stage.objects.visible_to(actor).filter(deliverable=row)
    return list(stages.select_related("definition", "assignee").order_by("position"))

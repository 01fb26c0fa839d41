"""Stages: read, move, assign, plan, approve, send back."""

from datetime import date, datetime
from uuid import UUID

from ninja import Router

from signoff.api.auth import Request
from signoff.api.v1.named import found, with_rows
from signoff.api.v1.schemas import Answer, Day, Given, Text, Version
from signoff.api.v1.shapes import StageOut, stage_out
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables.actions import change_stage as move_stage
from signoff.deliverables.models import DeliverableStatus, Stage, StageStatus
from signoff.reviews import actions

router = Router(tags=["stages"])


class StageChange(Given):
    """An absent field stays as it is; null clears. `version` is the one you saw: another is refused (409)."""

    status: StageStatus = StageStatus.NOT_STARTED
    assignee: UUID | None = None
    due_on: Day | None = None
    version: Version | None = None


class Seen(Given):
    version: Version | None = None


class ChangesRequest(Given):
    note: Text = ""
    version: Version | None = None


class DeliverableAfter(Answer):
    id: UUID
    status: DeliverableStatus
    version: int


class StageChanged(Answer):
    """`act` takes the change back (POST /undo); null when nothing changed or it has a way back of its own."""

    id: UUID
    status: StageStatus
    assignee: UUID | None
    due_on: date | None
    version: int
    approved_at: datetime | None
    approved_by: UUID | None
    deliverable: DeliverableAfter
    act: UUID | None


@router.get("/stages/{uuid:stage_id}", response=StageOut)
def stage(request: Request, stage_id: UUID) -> dict[str, object]:
    return stage_out(request.auth, stage_id)


@router.patch("/stages/{uuid:stage_id}", response=StageChanged)
def change_stage(request: Request, stage_id: UUID, payload: StageChange) -> dict[str, object]:
    """Move, assign or plan a stage. An illegal move is refused and the legal ones are named."""
    actor, act = request.auth, new_id()
    row = _stage(actor, stage_id)
    changes = with_rows(actor, payload.given())
    version = changes.pop("version", None)
    changed = move_stage(actor=actor, stage=row, changes=changes, version=version, act=act)
    return _changed(changed, act if changed.version != row.version else None)


@router.post("/stages/{uuid:stage_id}/approval", response=StageChanged)
def approve_stage(request: Request, stage_id: UUID, payload: Seen | None = None) -> dict[str, object]:
    """Approve a SIMPLE stage that is in review."""
    version = payload.version if payload else None
    row = _stage(request.auth, stage_id)
    return _changed(actions.approve_stage(actor=request.auth, stage=row, version=version), None)


@router.delete("/stages/{uuid:stage_id}/approval", response=StageChanged)
def withdraw_approval(request: Request, stage_id: UUID) -> dict[str, object]:
    """Take an approval back into review, within ten minutes."""
    row = _stage(request.auth, stage_id)
    return _changed(actions.withdraw_approval(actor=request.auth, stage=row), None)


@router.post("/stages/{uuid:stage_id}/changes-requested", response=StageChanged)
def request_changes(request: Request, stage_id: UUID, payload: ChangesRequest | None = None) -> dict[str, object]:
    """Send a stage in review back, saying what should change."""
    said = payload or ChangesRequest()
    row = _stage(request.auth, stage_id)
    changed = actions.request_changes(actor=request.auth, stage=row, note=said.note, version=said.version)
    return _changed(changed, None)


def _stage(actor: Actor, stage_id: UUID) -> Stage:
    row: Stage = found(Stage.objects.visible_to(actor).select_related("deliverable__project"), stage_id)
    return row


def _changed(stage: Stage, act: UUID | None) -> dict[str, object]:
    row = stage.deliverable
    return {
        "id": stage.pk,
        "status": stage.status,
        "assignee": stage.assignee_id,
        "due_on": stage.due_on,
        "version": stage.version,
        "approved_at": stage.approved_at,
        "approved_by": stage.approved_by_id,
        "deliverable": {"id": row.pk, "status": row.status, "version": row.version},
        "act": act,
    }

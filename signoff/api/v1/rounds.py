"""Rounds: make one of uploads, read them, replace the files, take the newest back, show one to the client."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import Prefetch
from ninja import Router, Status
from pydantic import Field

from signoff.accounts.models import Role
from signoff.accounts.names import shown_name
from signoff.api.auth import Request
from signoff.api.v1.files import FileOut, file_out, files_of
from signoff.api.v1.named import found
from signoff.api.v1.schemas import Answer, Given, Text
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.feedback import actions as feedback
from signoff.revisions import actions
from signoff.revisions.models import Revision, RevisionQuerySet, Source

router = Router(tags=["rounds"])
Ids = Annotated[list[UUID], Field(max_length=200)]


class RoundNew(Given):
    """`round` is the number you saw as the next one; another by now is refused (409).

    Beyond the allowance `reason` must be said. `is_handed_in` also sends the current stage to review.
    Files that are those of the last round, byte for byte, need `same_is_meant`.
    """

    uploads: Annotated[Ids, Field(min_length=1)]
    note: Text = ""
    round: Annotated[int, Field(ge=1, le=32_767)] | None = None
    reason: Text = ""
    is_chargeable: bool = True
    is_handed_in: bool = False
    same_is_meant: bool = False


class RoundChange(Given):
    note: Text


class FilesInstead(Given):
    """The round's own files that stay, then the uploads."""

    uploads: Ids = Field(default_factory=list)
    kept: Ids = Field(default_factory=list)


class RoundOut(Answer):
    """`may_change`: its files may still be replaced, since it is the newest and nobody has spoken about it.

    To clients the newest is the newest that they see; the allowance (`reason`, `is_chargeable`) is the house's own.
    """

    id: UUID
    deliverable: UUID
    round: int
    note: str
    source: Source
    added_by: UUID | None
    added_by_name: str
    added_at: datetime
    reason: str
    is_chargeable: bool
    is_latest: bool
    is_released: bool
    may_change: bool
    files: list[FileOut]


@router.post("/deliverables/{uuid:deliverable_id}/rounds", response={201: RoundOut})
def submit_round(request: Request, deliverable_id: UUID, payload: RoundNew) -> Status[dict[str, object]]:
    """Make finished uploads the next round. Its files are checked and rendered right after; look at their `state`."""
    actor = request.auth
    rows = Deliverable.objects.visible_to(actor).select_related("project")
    row: Deliverable = found(rows, deliverable_id)
    revision = feedback.submit_round(actor=actor, deliverable=row, **payload.given())
    return Status(201, _out(actor, revision.pk))


@router.get("/deliverables/{uuid:deliverable_id}/rounds", response=list[RoundOut])
def rounds(request: Request, deliverable_id: UUID) -> list[dict[str, object]]:
    """The rounds of a deliverable that you may see, newest first."""
    actor = request.auth
    row: Deliverable = found(Deliverable.objects.visible_to(actor), deliverable_id)
    return [_shape(actor, one) for one in _rounds(actor).filter(deliverable=row)]


@router.get("/rounds/{uuid:round_id}", response=RoundOut)
def read_round(request: Request, round_id: UUID) -> dict[str, object]:
    """A round with its files."""
    return _out(request.auth, round_id)


@router.patch("/rounds/{uuid:round_id}", response=RoundOut)
def change_round(request: Request, round_id: UUID, payload: RoundChange) -> dict[str, object]:
    """Say anew what changed: in the newest round, before anybody spoke about it."""
    actor = request.auth
    revision = actions.change_round(actor=actor, revision=_round(actor, round_id), note=payload.note)
    return _out(actor, revision.pk)


@router.delete("/rounds/{uuid:round_id}", response={204: None})
def withdraw_round(request: Request, round_id: UUID) -> Status[None]:
    """Take the newest round back with its files: before anybody spoke about it, and unless clients see it."""
    feedback.withdraw_round(actor=request.auth, revision=_round(request.auth, round_id))
    return Status(204, None)


@router.put("/rounds/{uuid:round_id}/files", response=RoundOut)
def replace_files(request: Request, round_id: UUID, payload: FilesInstead) -> dict[str, object]:
    """Other files for the same round, before anybody spoke about it; the activity keeps what was there."""
    actor = request.auth
    revision = _round(actor, round_id)
    feedback.replace_files(actor=actor, revision=revision, uploads=payload.uploads, kept=payload.kept)
    return _out(actor, revision.pk)


@router.post("/rounds/{uuid:round_id}/release", response=RoundOut)
def release_round(request: Request, round_id: UUID) -> dict[str, object]:
    """Let the client see this round. Handing in a stage that is with the client does so, too."""
    actions.release_round(actor=request.auth, revision=_round(request.auth, round_id))
    return _out(request.auth, round_id)


@router.delete("/rounds/{uuid:round_id}/release", response=RoundOut)
def withhold_round(request: Request, round_id: UUID) -> dict[str, object]:
    """Take the round out of the client's sight."""
    actions.withhold_round(actor=request.auth, revision=_round(request.auth, round_id))
    return _out(request.auth, round_id)


def _rounds(actor: Actor) -> RevisionQuerySet:
    rows = Revision.objects.visible_to(actor).select_related("deliverable__project", "added_by")
    return rows.prefetch_related(Prefetch("files", files_of(actor)))


def _round(actor: Actor, round_id: UUID) -> Revision:
    revision: Revision = found(_rounds(actor), round_id)
    return revision


def _out(actor: Actor, round_id: UUID) -> dict[str, object]:
    return _shape(actor, _round(actor, round_id))


def _shape(actor: Actor, revision: Revision) -> dict[str, object]:
    shape = _shape_of(actor, revision)
    if actor.role != Role.CLIENT_VIEWER:
        return shape
    is_latest = revision.round == revision.deliverable.client_round
    return shape | {"reason": "", "is_chargeable": False, "is_latest": is_latest, "may_change": False}


def _shape_of(actor: Actor, revision: Revision) -> dict[str, object]:
    return {
        "id": revision.pk,
        "deliverable": revision.deliverable_id,
        "round": revision.round,
        "note": revision.note,
        "source": revision.source,
        "added_by": revision.added_by_id,
        "added_by_name": shown_name(actor, revision.added_by_id, revision.added_by_label),
        "added_at": revision.added_at,
        "reason": revision.reason,
        "is_chargeable": revision.is_chargeable,
        "is_latest": revision.is_latest,
        "is_released": revision.is_released,
        "may_change": revision.may_change,
        "files": [file_out(actor, file) for file in revision.files.all()],
    }

"""Notes: what comments ask for, how far that is, and what becomes of it from round to round."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Router

from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.said import NoteOut, PersonOut, PlaceIn, PlaceOut
from signoff.api.v1.schemas import Answer, Given, Text, Version
from signoff.core.actor import Actor
from signoff.deliverables.models import Stage
from signoff.feedback import actions
from signoff.feedback.checklist import checklist_of, newest_checklist, note_as_seen
from signoff.feedback.models import Audience, FeedbackItem, Kind, State
from signoff.feedback.room import Shape
from signoff.revisions.models import Revision

router = Router(tags=["feedback"])


class NoteChange(Given):
    """An absent field stays as it is. `state` moves the note: `addressed` by who did it, `verified` and `reopened` by
    who raised it or a reviewer, `wont_fix` with a `reason`, `superseded` with the note that takes its place. A move
    that cannot be is refused (409) and the legal ones are named. `place` says where it is found in `round`, the newest.
    """

    version: Version | None = None
    state: State | None = None
    reason: Text = ""
    superseded_by: UUID | None = None
    kind: Kind | None = None
    is_must_fix: bool | None = None
    round: UUID | None = None
    place: PlaceIn | None = None


class SightingOut(Answer):
    """A note in a round: how it stood when the next one came."""

    id: UUID
    round: int
    state: State
    is_approximate: bool


class NoteListed(NoteOut):
    """A note with the comment that it began with. `place` is in the round that was asked for."""

    comment: UUID
    text: str
    author: PersonOut
    audience: Audience
    at: datetime
    place: PlaceOut
    superseded_by: UUID | None
    rounds: list[SightingOut]


class Progress(Answer):
    """Of actions and questions: how many are verified, of all but those that will not be done or were replaced."""

    verified: int
    of: Annotated[int, Field(ge=0)]


class Checklist(Answer):
    items: list[NoteListed]
    progress: Progress


@router.get("/rounds/{uuid:round_id}/feedback", response=Checklist)
def round_feedback(request: Request, round_id: UUID) -> Shape:
    """The notes that stand in a round: raised in it or carried into it, and how they stood there."""
    return checklist_of(request.auth, _round(request.auth, round_id))


@router.get("/stages/{uuid:stage_id}/feedback", response=Checklist)
def stage_feedback(request: Request, stage_id: UUID) -> Shape:
    """The notes of the newest round that you see of the stage's deliverable."""
    rows = Stage.objects.visible_to(request.auth).select_related("deliverable__project")
    stage: Stage = found(rows, stage_id)
    return newest_checklist(request.auth, stage.deliverable)


@router.get("/feedback/{uuid:item_id}", response=NoteListed)
def note(request: Request, item_id: UUID) -> Shape:
    """A note as it stands in the newest round that you see, and in those before."""
    return note_as_seen(request.auth, _item(request.auth, item_id))


@router.patch("/feedback/{uuid:item_id}", response=NoteListed)
def change_note(request: Request, item_id: UUID, payload: NoteChange) -> Shape:
    """Move a note, say anew what it asks for, or where it is found now."""
    actor, item = request.auth, _item(request.auth, item_id)
    change = actions.NoteChange(
        state=payload.state,
        reason=payload.reason,
        superseded_by=_item(actor, payload.superseded_by) if payload.superseded_by else None,
        kind=payload.kind,
        is_must_fix=payload.is_must_fix,
        revision=_round(actor, payload.round) if payload.round else None,
        place=payload.place.place() if payload.place else None,
    )
    return note_as_seen(actor, actions.change_note(actor=actor, item=item, change=change, version=payload.version))


def _round(actor: Actor, round_id: UUID) -> Revision:
    revision: Revision = found(Revision.objects.visible_to(actor).select_related("deliverable__project"), round_id)
    return revision


def _item(actor: Actor, item_id: UUID) -> FeedbackItem:
    rows = FeedbackItem.objects.visible_to(actor).select_related("deliverable__project")
    item: FeedbackItem = found(rows, item_id)
    return item

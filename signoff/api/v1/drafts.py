"""What one has written about a round and not sent yet; nobody else sees it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Status

from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.schemas import Answer, Given
from signoff.core.actor import Actor
from signoff.feedback import actions
from signoff.feedback.models import Draft
from signoff.revisions.models import Revision

router = Router(tags=["drafts"])


class DraftIn(Given):
    """At most 1 MB. What is in it is yours: it is not looked into."""

    content: dict[str, Any]


class DraftOut(Answer):
    """Null when there is none."""

    content: dict[str, Any] | None
    updated_at: datetime | None


@router.get("/rounds/{uuid:round_id}/draft", response=DraftOut)
def draft(request: Request, round_id: UUID) -> dict[str, object]:
    """Your draft about this round."""
    mine = Draft.objects.visible_to(request.auth).filter(revision=_round(request.auth, round_id)).first()
    return {"content": mine.content if mine else None, "updated_at": mine.updated_at if mine else None}


@router.put("/rounds/{uuid:round_id}/draft", response=DraftOut)
def keep_draft(request: Request, round_id: UUID, payload: DraftIn) -> dict[str, object]:
    """Keep it, in the place of what was kept before. A comment that is sent takes the draft with its `sent_as` away."""
    revision = _round(request.auth, round_id)
    kept = actions.keep_draft(actor=request.auth, revision=revision, content=payload.content)
    return {"content": kept.content, "updated_at": kept.updated_at}


@router.delete("/rounds/{uuid:round_id}/draft", response={204: None})
def drop_draft(request: Request, round_id: UUID) -> Status[None]:
    """Throw it away. Twice is once."""
    actions.drop_draft(actor=request.auth, revision=_round(request.auth, round_id))
    return Status(204, None)


def _round(actor: Actor, round_id: UUID) -> Revision:
    revision: Revision = found(Revision.objects.visible_to(actor).select_related("deliverable__project"), round_id)
    return revision

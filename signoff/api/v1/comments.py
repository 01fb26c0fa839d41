"""Comments: say something about a round, draw on it, answer, say it anew, take it back, show it to the client."""

from uuid import UUID

from ninja import Router, Status

from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.said import CommentNew, CommentOut, CommentsOut
from signoff.core.actor import Actor
from signoff.feedback import actions
from signoff.feedback.room import Shape, comment_in, comments_of
from signoff.revisions.models import Revision

router = Router(tags=["comments"])


@router.get("/rounds/{uuid:round_id}/comments", response=CommentsOut)
def comments(request: Request, round_id: UUID) -> dict[str, object]:
    """What was said about a round, in the order in which it was said, with the notes that were carried into it."""
    return {"comments": comments_of(request.auth, _round(request.auth, round_id))}


@router.post("/rounds/{uuid:round_id}/comments", response={200: CommentOut, 201: CommentOut})
def add_comment(request: Request, round_id: UUID, payload: CommentNew) -> Status[Shape]:
    """Say something about the newest round that you see. What begins a thread is a note, unless the round is decided.

    200 with the same comment when it was sent before under this `sent_as`.
    """
    actor, revision = request.auth, _round(request.auth, round_id)
    comment, is_new = actions.add_comment(actor=actor, revision=revision, said=payload.said())
    return Status(201 if is_new else 200, comment_in(actor, revision, comment.pk))


def _round(actor: Actor, round_id: UUID) -> Revision:
    revision: Revision = found(Revision.objects.visible_to(actor).select_related("deliverable__project"), round_id)
    return revision

"""Comments: say something about a round, draw on it, answer, say it anew, take it back, show it to the client."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpResponseRedirect
from ninja import File, Router, Status
from ninja.files import UploadedFile

from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.said import AttachmentOut, CommentChange, CommentNew, CommentOut, CommentsOut, Release
from signoff.core.actor import Actor
from signoff.core.errors import Invalid
from signoff.feedback import actions
from signoff.feedback.files import attachment_address
from signoff.feedback.models import Attachment, Comment
from signoff.feedback.room import Shape, attachment_of, comment_in, comments_of
from signoff.revisions.models import Revision
from signoff.revisions.scratch import scratch

router = Router(tags=["comments"])


class NoFile(Invalid):
    code = "no_file"
    message = "Send the file as a part of the form, called “file”."


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


@router.get("/comments/{uuid:comment_id}", response=CommentOut)
def comment(request: Request, comment_id: UUID) -> Shape:
    """A comment in the round it was said about."""
    return _out(request.auth, _comment(request.auth, comment_id))


@router.patch("/comments/{uuid:comment_id}", response=CommentOut)
def change_comment(request: Request, comment_id: UUID, payload: CommentChange) -> Shape:
    """Say your own comment anew, in the newest round and before that is decided."""
    actor = request.auth
    anew = actions.Anew(payload.text, payload.place.place() if payload.place else None, payload.marks, payload.mentions)
    row = _comment(actor, comment_id)
    return _out(actor, actions.change_comment(actor=actor, comment=row, anew=anew, version=payload.version))


@router.delete("/comments/{uuid:comment_id}", response={204: None})
def remove_comment(request: Request, comment_id: UUID) -> Status[None]:
    """Take your comment back. Its answers stay, and its note asks for nothing any more."""
    actions.remove_comment(actor=request.auth, comment=_comment(request.auth, comment_id))
    return Status(204, None)


@router.post("/comments/{uuid:comment_id}/release", response=CommentOut)
def release_comment(request: Request, comment_id: UUID, payload: Release | None = None) -> Shape:
    """Show an internal comment to the client, perhaps in other words. Its answers stay internal; it stays shown."""
    actor, said = request.auth, payload or Release()
    row = _comment(actor, comment_id)
    released = actions.release_comment(actor=actor, comment=row, client_text=said.client_text, version=said.version)
    return _out(actor, released)


@router.post("/comments/{uuid:comment_id}/attachments", response={201: AttachmentOut})
def attach_file(request: Request, comment_id: UUID, file: File[UploadedFile | None] = None) -> Status[Shape]:
    """A `file` with your own comment (multipart, at most 25 MiB), for all who see the comment."""
    row = _comment(request.auth, comment_id)
    if file is None:
        raise NoFile(field="file")
    with scratch() as desk:
        source = _written(file, desk / "attachment")
        made = actions.attach_file(actor=request.auth, comment=row, name=file.name or "", source=source)
    return Status(201, attachment_of(made))


@router.get("/attachments/{uuid:attachment_id}/content", response={302: None})
def attachment_content(request: Request, attachment_id: UUID) -> HttpResponseRedirect:
    """The file: a redirect to a signed address that ends within the hour."""
    attachment: Attachment = found(Attachment.objects.visible_to(request.auth), attachment_id)
    return HttpResponseRedirect(attachment_address(attachment))


def _written(file: Any, path: Path) -> Path:
    with path.open("wb") as opened:
        for piece in file.chunks():
            opened.write(piece)
    return path


def _round(actor: Actor, round_id: UUID) -> Revision:
    revision: Revision = found(Revision.objects.visible_to(actor).select_related("deliverable__project"), round_id)
    return revision


def _comment(actor: Actor, comment_id: UUID) -> Comment:
    rows = Comment.objects.visible_to(actor).select_related("revision__deliverable__project")
    comment: Comment = found(rows, comment_id)
    return comment


def _out(actor: Actor, comment: Comment) -> Shape:
    return comment_in(actor, comment.revision, comment.pk)

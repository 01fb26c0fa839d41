"""Files that come with a comment."""

from pathlib import Path

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.core.ids import new_id
from signoff.feedback.announce_comment import announce_comment
from signoff.feedback.errors import AttachmentTooLarge, TooManyAttachments
from signoff.feedback.files import key_of_attachment
from signoff.feedback.lock import locked_comment
from signoff.feedback.models import Attachment, Comment
from signoff.feedback.newest import check_newest
from signoff.feedback.states import is_same
from signoff.integrations.media.types import HEAD_BYTES, type_of
from signoff.integrations.storage.port import StorageFull
from signoff.revisions.check import sha256_of
from signoff.revisions.errors import EmptyFile
from signoff.revisions.names import clean_file_name
from signoff.revisions.storage import room_for, storage

MOST_BYTES = 25 * 1024**2
MOST_FILES = 20


def attach_file(*, actor: Actor, comment: Comment, name: str, source: Path) -> Attachment:
    """Keep a copy of `source` with the actor's own comment, in the newest round. Whoever sees the comment may fetch it.

    The file is stored before its row is written; what a crash leaves between the two is swept at night. Raises
    NotAllowed, OldRound, RoundLocked, AlreadyRemoved, EmptyFile, AttachmentTooLarge, TooManyAttachments, StorageFull,
    StorageUnavailable, DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.COMMENT, comment.revision.deliverable.project.organization_id)
    size = source.stat().st_size
    _check_size(size)
    with transaction.atomic():
        _check_own(actor, locked_comment(comment, to_change=True))
    attachment = _described(comment, clean_file_name(name), source, size)
    storage().put(attachment.key, source, attachment.media_type)
    return _kept(actor, comment, attachment)


@transaction.atomic
def _kept(actor: Actor, comment: Comment, attachment: Attachment) -> Attachment:
    """Much may have happened while it was stored, so that all is asked again."""
    comment = locked_comment(comment, to_change=True)
    _check_own(actor, comment)
    attachment.comment = comment
    attachment.save(force_insert=True)
    announce_comment(Verb.COMMENT_CHANGED, actor, comment, tell={}, data={"attached": attachment.name})
    return attachment


def _check_own(actor: Actor, comment: Comment) -> None:
    if not is_same(actor, comment.author_id):
        raise NotAllowed()
    check_newest(actor, comment.revision)
    if comment.attachments.count() >= MOST_FILES:
        raise TooManyAttachments(most=MOST_FILES)


def _check_size(size: int) -> None:
    if not size:
        raise EmptyFile("This file is empty (0 bytes).", field="file")
    if size > MOST_BYTES:
        raise AttachmentTooLarge(field="file", most=MOST_BYTES)
    if room_for(size) < size:
        raise StorageFull()


def _described(comment: Comment, name: str, source: Path, size: int) -> Attachment:
    with source.open("rb") as opened:
        found = type_of(opened.read(HEAD_BYTES), name)
    attachment_id = new_id()
    return Attachment(
        id=attachment_id,
        comment=comment,
        name=name,
        size=size,
        key=key_of_attachment(attachment_id),
        media_type=found.name[:100],
        sha256=sha256_of(source),
    )

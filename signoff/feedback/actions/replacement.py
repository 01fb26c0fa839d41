"""Other files for the same round, while nobody has spoken about it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.feedback.carry import hang_anew
from signoff.revisions.announce_round import announce_round, described
from signoff.revisions.covers import refresh_covers
from signoff.revisions.errors import FileGone, NoFiles
from signoff.revisions.locking import round_to_change
from signoff.revisions.models import MediaFile, Revision
from signoff.revisions.queue import remove_files_of
from signoff.revisions.receive import check_finished, locked_uploads, take_files


@transaction.atomic
def replace_files(*, actor: Actor, revision: Revision, uploads: Sequence[UUID], kept: Sequence[UUID] = ()) -> Revision:
    """The round has these files instead: those of its own that are `kept`, then the uploads. The log names both.

    Raises NotAllowed, OldRound, RoundSettled, NoFiles, FileGone, UploadGone, UploadNotFinished, DeliverableStopped,
    ProjectArchived.
    """
    revision = round_to_change(actor, revision)
    found = locked_uploads(actor, revision.deliverable, uploads) if uploads else []
    check_finished(found)
    going = revision.files.exclude(pk__in=kept)
    staying = _staying(revision, kept)
    if not found and not staying:
        raise NoFiles(field="uploads")
    gone = [described(file) for file in going]
    if not gone and not found:
        return revision
    remove_files_of(going)
    going.delete()
    come = take_files(revision, found, after=max((file.position for file in staying), default=0))
    hang_anew(revision)
    refresh_covers(revision.deliverable_id)
    data = {"gone": gone, "come": [described(file) for file in come]}
    announce_round(Verb.ROUND_REPLACED, actor, revision, data=data)
    return revision


def _staying(revision: Revision, kept: Sequence[UUID]) -> list[MediaFile]:
    """Raises FileGone: a slip in an id must not cost a file."""
    staying = list(revision.files.filter(pk__in=kept))
    missing = set(kept) - {file.pk for file in staying}
    if missing:
        raise FileGone(ids=sorted(map(str, missing)))
    return staying

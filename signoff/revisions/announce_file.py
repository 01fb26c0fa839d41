"""Telling of a file's way: pages hear of it at once; who sent it is told when it failed."""

from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.live.publish import murmur
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.revisions.models import MediaFile

PROGRESS = "file.progress"


def announce_file(verb: Verb, actor: Actor, file: MediaFile) -> None:
    """Announce what happened to a file; its `revision` is known."""
    revision, row = file.revision, file.revision.deliverable
    is_failed = verb == Verb.FILE_FAILED
    tell: Telling = {revision.added_by_id: Notification.Reason.FAILED} if is_failed and revision.added_by_id else {}
    data = {"round": revision.round} | ({"failure": file.failure, "step": file.step} if is_failed else {})
    announce(
        verb,
        actor=actor,
        subject=file,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        data=data,
        tell=tell,
    )


def murmur_progress(file: MediaFile, *, beats: bool = False) -> None:
    """Pages that look at it ask for it anew; nothing is written down.

    `beats`: its deliverable's cover may be another one now, which lists show.
    """
    row = file.revision.deliverable
    murmur(
        PROGRESS,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        subject_id=file.pk,
        beats=beats,
    )

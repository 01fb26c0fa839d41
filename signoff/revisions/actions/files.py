from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.revisions.announce_file import announce_file
from signoff.revisions.errors import NothingToRetry
from signoff.revisions.models import MediaFile
from signoff.revisions.queue import process_later


@transaction.atomic
def retry_file(*, actor: Actor, file: MediaFile) -> MediaFile:
    """Do the step that failed once more, and those after it. Raises NotAllowed, NothingToRetry."""
    require(actor, Permission.UPLOAD_ROUND, file.revision.deliverable.project.organization_id)
    locked = MediaFile.objects.select_for_update(of=("self",)).filter(pk=file.pk).exclude(failure="").first()
    if locked is None:
        raise NothingToRetry()
    if not locked.may_retry:
        raise NothingToRetry("This file would fail the same way again. Send another one in its place.")
    locked.failure, locked.failure_tail, locked.percent = "", "", 0
    locked.save(update_fields=["failure", "failure_tail", "percent", "updated_at"])
    locked.revision = file.revision
    process_later([locked])
    announce_file(Verb.FILE_RETRIED, actor, locked)
    return locked

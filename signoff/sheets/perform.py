"""The worker's side of an import: as the person who asked for it, with progress, safe to run twice."""

from uuid import UUID

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import Membership
from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError
from signoff.sheets.models import ImportBatch
from signoff.sheets.progress import progress_of
from signoff.sheets.work import apply_batch, read_batch

State = ImportBatch.State
LEFT = "Whoever asked for this import may not import any more."
STOPPED = "Applying stopped for a reason that is not known. Nothing was written; you can try it again."
BROKEN = "Reading this file failed for a reason that is not known. It is kept as it was; try it again as CSV."


def read_import(batch_id: UUID) -> None:
    """Still to be read? Read it."""
    batch = _batch(batch_id, State.READING)
    if batch is None:
        return
    actor = _actor(batch)
    if actor is None:
        _fail(batch, LEFT)
        return
    try:
        with progress_of(batch) as progress:
            read_batch(actor, batch, progress)
    except Exception:
        _fail(batch, BROKEN)
        raise


def apply_import(batch_id: UUID) -> None:
    """Still to be applied? Apply it; a refusal goes onto the batch, which then waits for a decision again."""
    batch = _batch(batch_id, State.APPLYING)
    if batch is None:
        return
    actor = _actor(batch)
    if actor is None:
        _fail(batch, LEFT)
        return
    try:
        with progress_of(batch) as progress:
            apply_batch(actor, batch, skip_errors=True, progress=progress)
    except SignoffError as refusal:
        _wait_again(batch, refusal.message)
    except Exception:
        _wait_again(batch, STOPPED)
        raise


def _wait_again(batch: ImportBatch, why: str) -> None:
    again = ImportBatch.objects.filter(pk=batch.pk, state__in=[State.APPLYING, State.PREVIEW])
    again.update(state=State.PREVIEW, problem=why, progress=0)


def _batch(batch_id: UUID, state: str) -> ImportBatch | None:
    batches = ImportBatch.objects.select_related("organization", "made_by")
    return batches.filter(pk=batch_id, state=state).first()


def _actor(batch: ImportBatch) -> Actor | None:
    member = Membership.objects.select_related("user").filter(
        user=batch.made_by, organization=batch.organization, is_active=True
    )
    found = member.first()
    actor = actor_of_member(found) if found else None
    return actor if actor and can(actor, Permission.IMPORT_SHEET) else None


def _fail(batch: ImportBatch, why: str) -> None:
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.FAILED, problem=why, content=None)

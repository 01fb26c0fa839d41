"""What people do with spreadsheets: bring one, say what it means, apply it, take it back; take one out."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.text import CONTROL
from signoff.sheets.answers import Answers
from signoff.sheets.errors import ImportIsNotApplied, ImportIsNotReady, ImportNeedsAnswers, ImportWasTouched
from signoff.sheets.models import ImportBatch, SheetMapping
from signoff.sheets.packing import unpack
from signoff.sheets.queue import queue_applying, queue_reading
from signoff.sheets.undo import MOST_NAMED, Undoing
from signoff.sheets.work import SHOWN, apply_at_once, apply_batch, lock_imports, plan_of, show
from signoff.sheets.write import write_tracker

State = ImportBatch.State
OPEN = (State.MAPPING, State.PREVIEW)
KEPT_FOR = timedelta(days=7)


@transaction.atomic
def upload_sheet(*, actor: Actor, organization: Organization, file_name: str, content: bytes) -> ImportBatch:
    """Keep a file and let the worker read it; the batch tells how far it is, and what is wrong with it."""
    require(actor, Permission.IMPORT_SHEET, organization.pk)
    _forget_old_files(organization)
    batch = _batch(actor, organization, file_name, content, Answers())
    batch.save(force_insert=True)
    queue_reading(batch)
    return batch


@transaction.atomic
def preview_import(
    *, actor: Actor, organization: Organization, file_name: str, content: bytes, mapping: dict[str, Any] | None = None
) -> ImportBatch:
    """Read a file now and keep what it would do. Raises UnreadableSheet (and keeps nothing) or BadMapping."""
    require(actor, Permission.IMPORT_SHEET, organization.pk)
    _forget_old_files(organization)
    batch = _batch(actor, organization, file_name, content, Answers.of(mapping or {}))
    show(batch, plan_of(actor, batch))
    batch.save(force_insert=True)
    return batch


def import_sheet(
    *, actor: Actor, organization: Organization, file_name: str, content: bytes, mapping: dict[str, Any] | None = None
) -> ImportBatch:
    """Read a file and apply it at once, if it has neither questions nor errors; else the batch is its preview."""
    require(actor, Permission.IMPORT_SHEET, organization.pk)
    batch = _batch(actor, organization, file_name, content, Answers.of(mapping or {}))
    return apply_at_once(actor, batch, skip_errors=False)


def import_good_rows(
    *, actor: Actor, organization: Organization, file_name: str, content: bytes, mapping: dict[str, Any] | None = None
) -> ImportBatch:
    """The same, leaving out the rows that have errors."""
    require(actor, Permission.IMPORT_SHEET, organization.pk)
    batch = _batch(actor, organization, file_name, content, Answers.of(mapping or {}))
    return apply_at_once(actor, batch, skip_errors=True)


@transaction.atomic
def map_import(*, actor: Actor, batch: ImportBatch, mapping: dict[str, Any]) -> ImportBatch:
    """Say what columns, words and dates of the file mean, or mend rows; the preview is made anew.

    Headers, words and the order of dates are remembered for the organisation's next files.
    Raises BadMapping, ImportIsNotReady.
    """
    require(actor, Permission.IMPORT_SHEET, batch.organization_id)
    batch = _lock(batch)
    if batch.state not in OPEN or batch.content is None:
        raise ImportIsNotReady(state=batch.state)
    given = Answers.of(mapping)
    batch.mapping = Answers.of(batch.mapping).and_also(given).json()
    show(batch, plan_of(actor, batch))
    batch.save(update_fields=[*SHOWN, "mapping"])
    _remember(batch.organization, given)
    return batch


@transaction.atomic
def commit_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Let the worker apply the batch's good rows; rows with errors are left out. Twice is once."""
    require(actor, Permission.IMPORT_SHEET, batch.organization_id)
    batch = _lock(batch)
    if batch.state in (State.APPLYING, State.APPLIED):
        return batch
    if batch.state == State.MAPPING:
        raise ImportNeedsAnswers()
    if batch.state != State.PREVIEW:
        raise ImportIsNotReady(state=batch.state)
    batch.state, batch.progress, batch.problem, batch.made_by_id = State.APPLYING, 0, "", actor.user_id
    batch.save(update_fields=["state", "progress", "problem", "made_by", "updated_at"])
    queue_applying(batch)
    return batch


def apply_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Apply the batch now, in one transaction, if no row of it has an error. Twice is once.

    Raises ImportHasErrors, ImportNeedsAnswers, ImportIsNotReady, or ImportHasChanged when rows were
    changed by somebody since the preview (which is then made anew; nothing is written).
    """
    require(actor, Permission.IMPORT_SHEET, batch.organization_id)
    return apply_batch(actor, batch, skip_errors=False)


def apply_good_rows(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """The same, leaving out the rows that have errors."""
    require(actor, Permission.IMPORT_SHEET, batch.organization_id)
    return apply_batch(actor, batch, skip_errors=True)


@transaction.atomic
def undo_import(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Take an applied import back, whole. Twice is once.

    Raises ImportIsNotApplied, and ImportWasTouched with the names of the `rows` that somebody has
    worked on since.
    """
    require(actor, Permission.IMPORT_SHEET, batch.organization_id)
    lock_imports(batch.organization_id)
    batch = _lock(batch)
    if batch.state == State.UNDONE:
        return batch
    if batch.state != State.APPLIED or batch.trace is None:
        raise ImportIsNotApplied()
    undoing = Undoing(batch, unpack(batch.trace))
    undoing.lock()
    if touched := undoing.touched():
        raise ImportWasTouched(_sentence(touched), rows=touched[:MOST_NAMED], count=len(touched))
    undoing.write(actor)
    return batch


@transaction.atomic
def remove_import(*, actor: Actor, batch: ImportBatch) -> None:
    """Throw away an import that was not applied."""
    require(actor, Permission.IMPORT_SHEET, batch.organization_id)
    batch = _lock(batch)
    if batch.state in (State.APPLIED, State.APPLYING, State.UNDONE):
        raise ImportIsNotReady("An applied import is kept; undo it instead.", state=batch.state)
    batch.delete()


@transaction.atomic
def forget_words(*, actor: Actor, organization: Organization, kind: str, words: list[str]) -> SheetMapping:
    """Forget headers, statuses, people or client teams (`kind`) that imports have remembered."""
    require(actor, Permission.IMPORT_SHEET, organization.pk)
    mapping = _mapping(organization)
    if kind == "day_first":
        mapping.day_first = None
    elif kind in ("headers", "statuses", "people", "client_teams"):
        setattr(mapping, kind, {k: v for k, v in getattr(mapping, kind).items() if k not in words})
    mapping.save()
    return mapping


@transaction.atomic
def export_tracker(*, actor: Actor, organization: Organization) -> bytes:
    """Everything the actor sees, as one workbook in the shape that imports take."""
    require(actor, Permission.EXPORT_SHEET, organization.pk)
    content = write_tracker(actor, organization)
    announce(
        Verb.EXPORT_MADE,
        actor=actor,
        subject=organization,
        organization_id=organization.pk,
        data={"bytes": len(content)},
    )
    return content


def _batch(actor: Actor, organization: Organization, name: str, content: bytes, answers: Answers) -> ImportBatch:
    return ImportBatch(
        organization=organization,
        made_by_id=actor.user_id,
        file_name=(CONTROL.sub("", name).strip() or "sheet")[-255:],
        content=content,
        mapping=answers.json(),
    )


def _lock(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("organization").get(pk=batch.pk)


def _mapping(organization: Organization) -> SheetMapping:
    SheetMapping.objects.get_or_create(organization=organization)
    return SheetMapping.objects.select_for_update(of=("self",)).get(organization=organization)


def _remember(organization: Organization, given: Answers) -> None:
    if not (given.headers or given.statuses or given.people or given.client_teams or given.day_first is not None):
        return
    mapping = _mapping(organization)
    mapping.headers |= given.headers
    mapping.statuses |= given.statuses
    mapping.people |= given.people
    mapping.client_teams |= {word: team for word, team in given.client_teams.items() if team != "create"}
    mapping.day_first = mapping.day_first if given.day_first is None else given.day_first
    mapping.save()


def _forget_old_files(organization: Organization) -> None:
    """Files of imports that nobody decided on are kept for a week."""
    old = ImportBatch.objects.filter(organization=organization, created_at__lt=now() - KEPT_FOR)
    old.exclude(content=None).update(content=None)


def _sentence(touched: list[str]) -> str:
    names = ", ".join(f"“{name}”" for name in touched[:3])
    more = f" and {len(touched) - 3} more" if len(touched) > 3 else ""
    return f"{ImportWasTouched.message} Worked on since: {names}{more}."

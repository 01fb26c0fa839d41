"""Reading and applying a batch: the work itself, called by actions at once and by the worker later. Steps."""

import hashlib
from uuid import UUID

import msgspec
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.sheets.answers import Answers
from signoff.sheets.apply import Writing
from signoff.sheets.diff import Progress, make_plan
from signoff.sheets.errors import (
    ImportHasChanged,
    ImportHasErrors,
    ImportIsNotReady,
    ImportNeedsAnswers,
    UnreadableSheet,
)
from signoff.sheets.models import ImportBatch
from signoff.sheets.packing import pack, unpack
from signoff.sheets.plan import Plan, rows_json
from signoff.sheets.workbook import read_workbook

State = ImportBatch.State
SHOWN = ["state", "preview", "fingerprint", "counts", "problem", "progress", "updated_at"]


def quiet(_: int) -> None:
    """For callers who wait for the answer anyway."""


def plan_of(actor: Actor, batch: ImportBatch, progress: Progress = quiet) -> Plan:
    """Read the batch's file and compare it. Raises UnreadableSheet."""
    progress(2)
    workbook = read_workbook(bytes(batch.content or b""), batch.file_name)
    progress(15)
    return make_plan(actor, batch.organization, workbook, Answers.of(batch.mapping), progress=progress)


def show(batch: ImportBatch, plan: Plan) -> ImportBatch:
    """Keep the plan as the batch's preview."""
    rows = rows_json(plan.rows)
    batch.preview = pack(
        {
            "rows": rows,
            "questions": plan.questions,
            "notes": plan.notes,
            "tables": [
                {
                    "sheet": table.sheet,
                    "header_row": table.header_row,
                    "rows": len(table.rows),
                    "is_own": table.is_own,
                    "headings": [
                        {"text": h.text, "key": h.key, "samples": h.samples, "is_second": h.is_second}
                        for h in table.headings
                    ],
                }
                for table in plan.tables
            ],
        }
    )
    batch.fingerprint = hashlib.sha256(msgspec.json.encode(rows)).hexdigest()
    batch.counts, batch.problem, batch.progress = plan.counts(), "", 100
    batch.state = State.MAPPING if plan.is_asking else State.PREVIEW
    return batch


def preview_of(batch: ImportBatch) -> dict[str, list[dict[str, object]]]:
    """The rows, questions, notes and tables that were shown last."""
    return unpack(batch.preview) or {"rows": [], "questions": [], "notes": [], "tables": []}


def read_batch(actor: Actor, batch: ImportBatch, progress: Progress = quiet) -> ImportBatch:
    """Read a batch that was uploaded; what cannot be read is told on the batch."""
    try:
        show(batch, plan_of(actor, batch, progress))
    except UnreadableSheet as error:
        batch.state, batch.problem, batch.content = State.FAILED, error.message, None
    batch.save(update_fields=[*SHOWN, "content"])
    return batch


def apply_batch(
    actor: Actor, batch: ImportBatch, *, skip_errors: bool, act: UUID | None = None, progress: Progress = quiet
) -> ImportBatch:
    """Write the batch down: all of it in one transaction, once however often it is called.

    What it would do is worked out anew; if that is not what was shown, nothing is written, the new
    preview is kept and ImportHasChanged is raised. Raises ImportNeedsAnswers, ImportHasErrors and
    ImportIsNotReady too.
    """
    try:
        with transaction.atomic():
            plan = _apply(actor, batch, skip_errors, act or new_id(), progress)
    except IntegrityError as error:
        raise ImportHasChanged() from error
    if plan is not None:
        show(batch, plan).save(update_fields=SHOWN)
        raise ImportHasChanged()
    return batch


def _apply(actor: Actor, batch: ImportBatch, skip_errors: bool, act: UUID, progress: Progress) -> Plan | None:
    """Returns the plan instead of writing it, when it is not the one that was shown."""
    lock_imports(batch.organization_id)
    batch.refresh_from_db(fields=["state", "mapping", "content", "fingerprint"])
    if batch.state == State.APPLIED:
        return None
    _check(batch)
    here = Project.objects.filter(organization_id=batch.organization_id)
    list(here.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    workbook = read_workbook(bytes(batch.content or b""), batch.file_name)
    plan = make_plan(actor, batch.organization, workbook, Answers.of(batch.mapping), lock=_lock_work, progress=progress)
    if hashlib.sha256(msgspec.json.encode(rows_json(plan.rows))).hexdigest() != batch.fingerprint:
        return plan
    if plan.counts()["error"] and not skip_errors:
        raise ImportHasErrors()
    progress(85)
    at = now()
    trace = Writing(plan, actor, batch, act, at).write()
    progress(97)
    batch.state, batch.act, batch.applied_at, batch.progress = State.APPLIED, act, at, 100
    batch.trace, batch.content, batch.counts = pack(trace), None, plan.counts()
    batch.save(update_fields=["state", "act", "applied_at", "progress", "trace", "content", "counts", "updated_at"])
    return None


def _check(batch: ImportBatch) -> None:
    if batch.state == State.MAPPING:
        raise ImportNeedsAnswers()
    if batch.state not in (State.PREVIEW, State.APPLYING) or batch.content is None:
        raise ImportIsNotReady(state=batch.state)


def lock_imports(organization_id: UUID) -> None:
    """One import at a time in an organisation, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"import {organization_id}"])


def _lock_work(project_ids: list[UUID]) -> None:
    """Locked in the order in which everybody locks them."""
    rows = Deliverable.objects.filter(project_id__in=project_ids)
    list(rows.select_for_update().order_by("pk").values_list("pk"))

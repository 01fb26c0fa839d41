"""Reading and applying a batch: the work itself, called by actions at once and by the worker later. Steps."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.core.csvfile import UnreadableSheet
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
)
from signoff.sheets.models import ImportBatch
from signoff.sheets.packing import pack, unpack
from signoff.sheets.plan import Plan, rows_json
from signoff.sheets.workbook import read_workbook

State = ImportBatch.State
MOST_TOLD = 100
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
    batch.fingerprint = hashlib.sha256(msgspec.json.encode(rows)).hexdigest()
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
    batch.counts, batch.problem, batch.progress = plan.counts(), "", 100
    batch.state = State.MAPPING if plan.is_asking else State.PREVIEW
    return batch


def fingerprint_of(plan: Plan) -> str:
    return hashlib.sha256(msgspec.json.encode(rows_json(plan.rows))).hexdigest()


def preview_of(batch: ImportBatch) -> dict[str, Any]:
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


def apply_batch(actor: Actor, batch: ImportBatch, *, skip_errors: bool, progress: Progress = quiet) -> ImportBatch:
    """Write down a batch that was shown: all of it in one transaction, once however often it is called.

    What it would do is worked out anew; if that is not what was shown, nothing is written, the new
    preview is kept and ImportHasChanged is raised. Raises ImportNeedsAnswers, ImportHasErrors and
    ImportIsNotReady too.
    """
    with _all_or_nothing():
        lock_imports(batch.organization_id)
        batch.refresh_from_db(fields=["state", "mapping", "content", "fingerprint"])
        if batch.state == State.APPLIED:
            return batch
        _check_ready(batch)
        plan = _locked_plan(actor, batch, progress)
        shown, now_shown = batch.fingerprint, fingerprint_of(plan)
        if shown == now_shown:
            _write(actor, batch, plan, skip_errors, progress)
    if shown != now_shown:
        show(batch, plan).save(update_fields=SHOWN)
        raise ImportHasChanged()
    return batch


def apply_at_once(actor: Actor, batch: ImportBatch, *, skip_errors: bool) -> ImportBatch:
    """Read and write a file in one go, without a preview that anybody looked at.

    A file with questions or errors is kept as a preview instead, and the refusal (ImportNeedsAnswers,
    ImportHasErrors) names the `batch` and what is open.
    """
    with _all_or_nothing():
        lock_imports(batch.organization_id)
        plan = _locked_plan(actor, batch, quiet)
        show(batch, plan).save(force_insert=True)
        is_good = not plan.is_asking and (skip_errors or not batch.counts["error"])
        if is_good:
            _write(actor, batch, plan, skip_errors, quiet)
    if plan.is_asking:
        raise ImportNeedsAnswers(batch=str(batch.pk), questions=plan.questions)
    if not is_good:
        raise ImportHasErrors(batch=str(batch.pk), counts=batch.counts, rows=error_rows(plan))
    return batch


def error_rows(plan: Plan) -> list[dict[str, object]]:
    """The first rows with errors, for a refusal to show."""
    return rows_json(islice((row for row in plan.rows if row.errors), MOST_TOLD))


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction; what somebody else took in the meantime (a job number, a slug) is a change to look at."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise ImportHasChanged() from error


def _check_ready(batch: ImportBatch) -> None:
    if batch.state == State.MAPPING:
        raise ImportNeedsAnswers()
    if batch.state not in (State.PREVIEW, State.APPLYING) or batch.content is None:
        raise ImportIsNotReady(state=batch.state)


def _locked_plan(actor: Actor, batch: ImportBatch, progress: Progress) -> Plan:
    """The plan, with every row it read locked: the organisation's projects, then the deliverables it names."""
    workbook = read_workbook(bytes(batch.content or b""), batch.file_name)
    progress(15)
    here = Project.objects.filter(organization_id=batch.organization_id)
    list(here.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    answers = Answers.of(batch.mapping)
    return make_plan(actor, batch.organization, workbook, answers, lock=_lock_work, progress=progress)


def _write(actor: Actor, batch: ImportBatch, plan: Plan, skip_errors: bool, progress: Progress) -> None:
    counts = plan.counts()
    if counts["error"] and not skip_errors:
        raise ImportHasErrors(batch=str(batch.pk), counts=counts, rows=error_rows(plan))
    progress(85)
    act, at = new_id(), now()
    trace = Writing(plan, actor, batch, act, at).write()
    progress(97)
    batch.state, batch.act, batch.applied_at, batch.progress = State.APPLIED, act, at, 100
    batch.trace, batch.content, batch.counts, batch.problem = pack(trace), None, counts, ""
    written = ["state", "act", "applied_at", "progress", "trace", "content", "counts", "problem", "updated_at"]
    batch.save(update_fields=written)


def lock_imports(organization_id: UUID) -> None:
    """One import at a time in an organisation, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"import {organization_id}"])


def _lock_work(project_ids: list[UUID]) -> None:
    """Locked in the order in which everybody locks them."""
    rows = Deliverable.objects.filter(project_id__in=project_ids)
    list(rows.select_for_update().order_by("pk").values_list("pk"))

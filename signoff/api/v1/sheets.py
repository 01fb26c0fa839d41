"""Spreadsheets: bring one, see what it would do, answer its questions, apply it, take it back; take one out."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Field, File, Form, Query, Router, Status
from ninja.files import UploadedFile

from signoff.accounts.policy import Permission, require_held
from signoff.api.auth import Request
from signoff.api.v1.named import found, organization
from signoff.api.v1.schemas import Answer, Given, Page
from signoff.sheets import actions
from signoff.sheets.answers import BadMapping
from signoff.sheets.models import ImportBatch, ImportBatchQuerySet
from signoff.sheets.work import preview_of

router = Router(tags=["sheets"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = {"error": 0, "changed": 1, "created": 2, "unchanged": 3}
MOST_ROWS = 10_000
Kind = Literal["created", "changed", "unchanged", "error"]


class CellErrorOut(Answer):
    column: str
    key: str
    value: str
    reason: str
    guess: str
    asks: str


class RowOut(Answer):
    """`values` are the row's cells as they are understood; `changes` is {column: [old, new]}."""

    sheet: str
    row: int
    kind: Kind
    project: str
    deliverable: str
    values: dict[str, Any]
    changes: dict[str, list[Any]]
    errors: list[CellErrorOut]


class BatchOut(Answer):
    """`state` is reading, mapping (questions that block are open), preview, applying, applied, undone or failed."""

    batch: UUID
    file_name: str
    state: str
    problem: str
    progress: int
    counts: dict[str, int]
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None


class ImportOut(BatchOut):
    """Rows with errors come first, then changed, created and unchanged ones; `rows_left_off` says how many more."""

    rows: list[RowOut]
    rows_left_off: int
    questions: list[dict[str, Any]]
    notes: list[str]


class ImportPage(Page):
    results: list[BatchOut]


class ImportQuery(Given):
    commit: bool = Field(False, description="Apply at once, if there are neither questions nor errors")
    skip_errors: bool = Field(False, description="With commit: apply the good rows, leave out those with errors")
    day_first: bool | None = Field(None, description="Whether 03/04/2026 is in April")
    rows: Annotated[int, Field(ge=0, le=MOST_ROWS)] = 1_000


class ApplyQuery(Given):
    skip_errors: bool = False
    rows: Annotated[int, Field(ge=0, le=MOST_ROWS)] = 0


class Mapping(Given):
    """What the file's columns and words mean; all of it may be left out.

    `headers`: header → column key, `keep` or `ignore`. `statuses`: word → status. `people` and `client_teams`:
    name → id (a client team also `create`). `fixes`: "sheet:row" → {"skip": true} or {"values": {column key: text}}.
    """

    headers: dict[str, str] = Field(default_factory=dict)
    statuses: dict[str, str] = Field(default_factory=dict)
    people: dict[str, str] = Field(default_factory=dict)
    client_teams: dict[str, str] = Field(default_factory=dict)
    day_first: bool | None = None
    fixes: dict[str, dict[str, Any]] = Field(default_factory=dict)


class ImportsQuery(Given):
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.post("/projects/bulk-import", response=ImportOut)
def bulk_import(
    request: Request, query: Query[ImportQuery], file: File[UploadedFile], mapping: Form[str] = ""
) -> dict[str, object]:
    """Read a workbook (XLSX) or CSV file. Without `commit` nothing is written but the preview.

    `mapping` is a JSON object as in PATCH /imports/{id}. With `commit`, a file with open questions is refused with
    `import_needs_answers`, one with errors with `import_has_errors`; both name the `batch`, which stays as a preview.
    """
    given = _mapping(mapping)
    if query.day_first is not None:
        given["day_first"] = query.day_first
    if not query.commit:
        bring = actions.preview_import
    else:
        bring = actions.import_good_rows if query.skip_errors else actions.import_sheet
    batch = bring(
        actor=request.auth,
        organization=organization(request.auth),
        file_name=file.name or "",
        content=file.read(),
        mapping=given,
    )
    return import_out(batch, query.rows)


@router.get("/imports", response=ImportPage)
def imports(request: Request, query: Query[ImportsQuery]) -> dict[str, object]:
    """The imports of the organisation, newest first."""
    require_held(request.auth, Permission.IMPORT_SHEET)
    batches = ImportBatch.objects.visible_to(request.auth).light().order_by("-id")
    if query.cursor:
        batches = batches.filter(id__lt=query.cursor)
    page = list(batches[: query.limit + 1])
    following = page[query.limit - 1].pk if len(page) > query.limit else None
    return {"results": [batch_out(one) for one in page[: query.limit]], "next": following}


@router.get("/imports/{uuid:batch_id}", response=ImportOut)
def read_import(
    request: Request, batch_id: UUID, rows: Annotated[int, Query(ge=0, le=MOST_ROWS)] = 1_000, kind: Kind | None = None
) -> dict[str, object]:
    """What an import would do, or did; `kind` picks rows of one kind."""
    return import_out(_batch(request, batch_id), rows, kind)


@router.patch("/imports/{uuid:batch_id}", response=ImportOut)
def map_import(request: Request, batch_id: UUID, payload: Mapping) -> dict[str, object]:
    """Answer questions of an import, or mend its rows; the preview is made anew, and the answers are remembered."""
    batch = actions.map_import(actor=request.auth, batch=_batch(request, batch_id), mapping=payload.given())
    return import_out(batch, 1_000)


@router.post("/imports/{uuid:batch_id}", response=ImportOut)
def apply_import(request: Request, batch_id: UUID, query: Query[ApplyQuery]) -> dict[str, object]:
    """Apply an import that was previewed, in one transaction. Twice is once."""
    apply = actions.apply_good_rows if query.skip_errors else actions.apply_import
    return import_out(apply(actor=request.auth, batch=_batch(request, batch_id)), query.rows)


@router.delete("/imports/{uuid:batch_id}", response={200: ImportOut, 204: None})
def undo_import(request: Request, batch_id: UUID) -> dict[str, object] | Status[None]:
    """Take an applied import back whole, while nobody has worked on it; throw away one that was not applied."""
    batch = _batch(request, batch_id)
    if batch.applied_at is None:
        actions.remove_import(actor=request.auth, batch=batch)
        return Status(204, None)
    return import_out(actions.undo_import(actor=request.auth, batch=batch), 0)


@router.get("/export.xlsx", response={200: bytes}, openapi_extra={"responses": {200: {"content": {XLSX: {}}}}})
def export(request: Request) -> HttpResponse:
    """Everything the caller sees, as a workbook that can be imported again."""
    content = actions.export_tracker(actor=request.auth, organization=organization(request.auth))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="signoff-{localdate().isoformat()}.xlsx"'
    return response


def _batch(request: Request, batch_id: UUID) -> ImportBatch:
    batches: ImportBatchQuerySet = ImportBatch.objects.visible_to(request.auth).select_related("organization")
    batch: ImportBatch = found(batches, batch_id)
    require_held(request.auth, Permission.IMPORT_SHEET)
    return batch


def _mapping(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text) if text.strip() else {}
        return Mapping.model_validate(given).given()
    except ValueError as error:
        raise BadMapping(field="mapping") from error


def batch_out(batch: ImportBatch) -> dict[str, object]:
    names = ("file_name", "state", "problem", "progress", "counts", "created_at", "applied_at", "undone_at")
    return {"batch": batch.pk, **{name: getattr(batch, name) for name in names}}


def import_out(batch: ImportBatch, most: int, kind: str | None = None) -> dict[str, object]:
    shown = preview_of(batch)
    rows = [row for row in shown["rows"] if kind in (None, row["kind"])]
    rows.sort(key=lambda row: FIRST[str(row["kind"])])
    return {
        **batch_out(batch),
        "rows": rows[:most],
        "rows_left_off": max(0, len(rows) - most),
        "questions": shown["questions"],
        "notes": shown["notes"],
    }

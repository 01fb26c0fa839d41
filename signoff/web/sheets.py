"""Spreadsheets: bring one, say what its columns mean, look at what it would do, apply it, take it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from signoff.accounts.policy import Permission, require_held
from signoff.core.cells import lines_of
from signoff.core.errors import Conflict, Invalid
from signoff.deliverables.models import DeliverableStatus, StageStatus
from signoff.projects.models import ProjectStatus
from signoff.sheets import actions
from signoff.sheets.answers import CREATE
from signoff.sheets.columns import IGNORE, KEEP
from signoff.sheets.house import load_house
from signoff.sheets.models import ImportBatch
from signoff.sheets.work import preview_of
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import is_htmx, refused, saying, toast_of
from signoff.web.render import render
from signoff.web.sheet_rows import KINDS, PAGE, column_choices, shown_columns, shown_rows

State = ImportBatch.State
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_IMPORTS = 50
STEPS = (_("File"), _("Columns"), _("Preview"), _("Done"))
STATUS_CHOICES = {**dict(DeliverableStatus.choices), StageStatus.SKIPPED.value: StageStatus.SKIPPED.label}


# --- bring one ---------------------------------------------------------------------------------
@signed_in
def imports(request: HttpRequest) -> HttpResponseBase:
    """Drop a file; below it, what was brought before."""
    require_held(actor_of(request), Permission.IMPORT_SHEET)
    if request.method == "POST":
        return _upload(request)
    batches = ImportBatch.objects.visible_to(actor_of(request)).light().select_related("made_by")
    return render(request, "sheets/imports.html", {"batches": list(batches[:SHOWN_IMPORTS]), "problem": ""})


def _upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        return render(request, "sheets/imports.html", {"batches": [], "problem": _("Choose a file first.")}, status=422)
    batch = actions.upload_sheet(
        actor=actor_of(request),
        organization=member_of(request).organization,
        file_name=file.name or "",
        content=file.read(),
    )
    return _go(request, reverse("import-preview", args=[batch.pk]))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


# --- look at it ------------------------------------------------------------------------------------
@require_safe
@signed_in
def preview(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """The import where it stands: at work, waiting for its columns or for a decision, applied, undone, failed."""
    batch = _batch(request, batch_id)
    if batch.state == State.MAPPING and "stay" not in request.GET and _asks(batch, "columns"):
        return redirect("import-columns", batch_id=batch.pk)
    return render(request, "sheets/preview.html", _shown(request, batch))


@require_safe
@signed_in
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """How far it is; once there is something to see, the page loads itself anew."""
    batch = _batch(request, batch_id)
    response = render(request, "sheets/_progress.html", {"batch": batch})
    if not batch.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response


def _batch(request: HttpRequest, batch_id: UUID) -> ImportBatch:
    require_held(actor_of(request), Permission.IMPORT_SHEET)
    batches = ImportBatch.objects.visible_to(actor_of(request)).select_related("organization", "made_by")
    return get_object_or_404(batches.defer("content", "trace"), pk=batch_id)


def _asks(batch: ImportBatch, kind: str) -> bool:
    return any(question["kind"] == kind for question in preview_of(batch)["questions"])


def _shown(request: HttpRequest, batch: ImportBatch, toast: dict[str, str] | None = None) -> dict[str, Any]:
    kept = preview_of(batch)
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "all")
    said = asked.get("most", "")
    most = int(said) if said.isascii() and said.isdecimal() and len(said) < 6 else PAGE
    rows, left = shown_rows(kept["rows"], kind, min(most, 10_000))
    counts = {**dict.fromkeys(("created", "changed", "unchanged", "error", "cells"), 0), **batch.counts}
    house = load_house(actor_of(request), batch.organization)
    return {
        "batch": batch,
        "step": _step(batch),
        "steps": STEPS,
        "rows": rows,
        "left": left,
        "more": most + PAGE * 5,
        "kind": kind,
        "kinds": [(key, word, _count(counts, key)) for key, word in KINDS],
        "counts": counts,
        "total": len(kept["rows"]),
        "tables": kept["tables"],
        "notes": kept["notes"],
        "columns": shown_columns(kept["tables"], house.shape),
        "dates": next((q for q in kept["questions"] if q["kind"] == "day_first"), None),
        "asks_columns": any(q["kind"] == "columns" for q in kept["questions"]),
        "apply_word": _apply_word(counts),
        "statuses_here": STATUS_CHOICES,
        "project_statuses": dict(ProjectStatus.choices),
        "toast": toast,
    }


def _count(counts: dict[str, int], kind: str) -> int:
    return sum(counts[one] for one in ("created", "changed", "unchanged", "error")) if kind == "all" else counts[kind]


def _step(batch: ImportBatch) -> int:
    steps = {State.READING: 1, State.FAILED: 1, State.MAPPING: 2, State.PREVIEW: 3}
    return steps.get(State(batch.state), 4)


def _apply_word(counts: dict[str, int]) -> str:
    good, bad = counts["created"] + counts["changed"], counts["error"]
    word = ngettext("Apply %(n)s row", "Apply %(n)s rows", good) % {"n": f"{good:,}"}
    return f"{word}, {_('skip %(n)s') % {'n': f'{bad:,}'}}" if bad else word


# --- say what it means --------------------------------------------------------------------------------
@signed_in
def columns(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Each column of the file with what it says, and which of ours it is."""
    batch = _batch(request, batch_id)
    toast = None
    if request.method == "POST":
        batch, toast = _map(request, batch, _said_columns(request))
        if toast is None and batch.state == State.PREVIEW:
            return redirect("import-preview", batch_id=batch.pk)
        if toast is None:
            toast = toast_of(_("A job number or a project is still missing, or a date is unclear."), tone="warn")
    house = load_house(actor_of(request), batch.organization)
    shown = {**_shown(request, batch, toast), "choices": column_choices(house.shape), "IGNORE": IGNORE, "KEEP": KEEP}
    return render(request, "sheets/columns.html", {**shown, "step": 2})


def _said_columns(request: HttpRequest) -> dict[str, Any]:
    headers = request.POST.getlist("header")
    keys = request.POST.getlist("key")
    mapping: dict[str, Any] = {"headers": {h: key or IGNORE for h, key in zip(headers, keys, strict=False)}}
    if request.POST.get("day_first") in ("0", "1"):
        mapping["day_first"] = request.POST["day_first"] == "1"
    return mapping


@require_POST
@signed_in
def mend(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """One answer: what a word means, which way dates go, another value for a cell, or to skip a row."""
    batch, toast = _map(request, _batch(request, batch_id), _said(request))
    if is_htmx(request):
        response = render(request, "sheets/_desk.html", _shown(request, batch))
        return saying(response, "", toast) if toast else response
    return redirect("import-preview", batch_id=batch.pk)


def _map(
    request: HttpRequest, batch: ImportBatch, mapping: dict[str, Any]
) -> tuple[ImportBatch, dict[str, str] | None]:
    try:
        return actions.map_import(actor=actor_of(request), batch=batch, mapping=mapping), None
    except (Invalid, Conflict) as error:
        return batch, refused(error)


def _said(request: HttpRequest) -> dict[str, Any]:
    said = request.POST
    word, meaning = said.get("word", ""), said.get("meaning", "")
    if "day_first" in said:
        return {"day_first": said["day_first"] == "1"}
    if said.get("asks") == "status":
        return {"statuses": {word: meaning}}
    if said.get("asks") == "client_team":
        return {"client_teams": {word: CREATE if meaning == CREATE else _id_of(request, "teams", meaning)}}
    if said.get("asks") == "person":
        return {"people": {word: _id_of(request, "people", meaning)}}
    row = f"{said.get('sheet', '')}:{said.get('row', '')}"
    if said.get("skip"):
        return {"fixes": {row: {"skip": True}}}
    return {"fixes": {row: {"values": {said.get("key", ""): said.get("value", "")}}}}


def _id_of(request: HttpRequest, what: str, name: str) -> str:
    """The id of the team or person of this name, as the guess named it; nothing for one that is gone."""
    house = load_house(actor_of(request), member_of(request).organization)
    names: dict[UUID, str] = getattr(house, what)
    return next((str(pk) for pk, one in names.items() if one == name), "")


# --- decide --------------------------------------------------------------------------------------------------
@require_POST
@signed_in
def application(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Apply the good rows; the worker does it, and this page tells how far it is."""
    actions.commit_import(actor=actor_of(request), batch=_batch(request, batch_id))
    return redirect("import-preview", batch_id=batch_id)


@require_POST
@signed_in
def reversal(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Take an applied import back."""
    batch = _batch(request, batch_id)
    try:
        actions.undo_import(actor=actor_of(request), batch=batch)
    except Conflict as error:
        return render(request, "sheets/preview.html", _shown(request, batch, refused(error)), status=409)
    return redirect("import-preview", batch_id=batch_id)


@require_POST
@signed_in
def removal(request: HttpRequest, batch_id: UUID) -> HttpResponseBase:
    """Throw away an import that was not applied."""
    actions.remove_import(actor=actor_of(request), batch=_batch(request, batch_id))
    return redirect("import")


@require_safe
@signed_in
def error_rows(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The rows with errors and why, as CSV: to mend them where the file came from."""
    batch = _batch(request, batch_id)
    rows = (
        [row["sheet"], row["row"], error["column"], error["value"], error["reason"]]
        for row in preview_of(batch)["rows"]
        for error in row["errors"]
    )
    lines = lines_of(["Sheet", "Row", "Column", "Value", "Reason"], rows)
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="error-rows.csv"'
    return response


@require_safe
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Everything as a workbook that can be imported again."""
    content = actions.export_tracker(actor=actor_of(request), organization=member_of(request).organization)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="signoff-{localdate().isoformat()}.xlsx"'
    return response

"""A round's notes for programs: as a workbook, a line for each comment, and as JSON."""

import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils.translation import gettext as _

from signoff.core.cells import OPTIONS, Looks, write_cell
from signoff.feedback.models import Audience
from signoff.feedback.report import Report, Said, Thread

COLUMNS: tuple[tuple[str, int], ...] = (  # title and width
    ("Number", 8),
    ("Raised in", 9),
    ("Kind", 10),
    ("Must fix", 9),
    ("State", 12),
    ("State by", 18),
    ("Reason", 30),
    ("File", 26),
    ("From", 13),
    ("To", 13),
    ("Frame", 8),
    ("Page", 6),
    ("Author", 20),
    ("At", 17),
    ("Audience", 10),
    ("Text", 70),
    ("Answers", 9),
    ("Attachments", 26),
)
MOST_ROWS = 1_048_000  # a sheet has no more


def workbook(report: Report) -> bytes:
    """One line a comment: each thread's first one, then its answers."""
    columns = [
        index for index, (title, _width) in enumerate(COLUMNS) if title != "Audience" or not report.is_for_client
    ]
    zone = ZoneInfo(report.house.time_zone)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        looks = Looks(book, text_wrap=True)
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDEFF2"})
        sheet = book.add_worksheet(_("Notes"))
        for place, index in enumerate(columns):
            sheet.write_string(0, place, COLUMNS[index][0], head)
            sheet.set_column(place, place, COLUMNS[index][1])
        rows = list(_rows(report, zone))[:MOST_ROWS]
        for number, row in enumerate(rows, 1):
            for place, index in enumerate(columns):
                write_cell(sheet, number, place, row[index], looks)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    return out.getvalue()


def as_json(report: Report, made_at: datetime) -> bytes:
    """All of it; times are ISO 8601, frames count from 0, pages from 1, regions are fractions of the picture."""
    said = {
        "made_at": made_at,
        "house": report.house.name,
        "audience": Audience.CLIENT if report.is_for_client else "all",
        "round": asdict(report.facts),
        "progress": dict(report.progress),
        "threads": [_thread(one, report) for one in report.threads],
    }
    return json.dumps(said, default=_plain, ensure_ascii=False, indent=2).encode()


def _rows(report: Report, zone: ZoneInfo) -> Iterable[list[Any]]:
    for thread in report.threads:
        yield [*_of_note(thread, report), *_of_place(thread), *_of_comment(thread.head, zone, len(thread.replies))]
        for reply in thread.replies:
            number = thread.note.number if thread.note else None
            yield [number, *[None] * 6, *_of_place(thread), *_of_comment(reply, zone, None)]


def _of_note(thread: Thread, report: Report) -> list[Any]:
    note = thread.note
    if note is None:
        return [None] * 7
    must_fix = _("yes") if note.is_must_fix else None
    return [note.number, note.round, note.kind_word, must_fix, note.state_word, note.state_by, note.reason]


def _of_place(thread: Thread) -> list[Any]:
    where = thread.where
    return [where.file_name, where.first, where.last, where.frame_in, where.page]


def _of_comment(said: Said, zone: ZoneInfo, answers: int | None) -> list[Any]:
    at = said.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return [said.author, at, said.audience, said.text, answers, ", ".join(said.attachments)]


def _thread(thread: Thread, report: Report) -> dict[str, Any]:
    rate = report.films.get(thread.where.file)
    where = asdict(thread.where) | {"rate": f"{rate.numerator}/{rate.denominator}" if rate else None}
    return {
        **_said(thread.head, report),
        "note": asdict(thread.note) if thread.note else None,
        "where": where,
        "marks": [{name: one[name] for name in ("kind", "geometry", "style", "frame")} for one in thread.marks],
        "replies": [_said(one, report) for one in thread.replies],
    }


def _said(said: Said, report: Report) -> dict[str, Any]:
    shape = asdict(said)
    if report.is_for_client:
        del shape["audience"]
    return shape


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

"""How rows and columns of an import are shown: cells with their faults and changes, and what mends them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from signoff.sheets.columns import IGNORE, KEEP, OWN, Shape
from signoff.web.shown import short_date
from signoff.web.words import STATUSES

Word = str | Promise
PAGE = 200
KINDS: tuple[tuple[str, Word], ...] = (
    ("all", _("All")),
    ("changed", _("Changed")),
    ("created", _("Created")),
    ("error", _("Errors")),
    ("unchanged", _("Unchanged")),
)
FIRST = {"error": 0, "changed": 1, "created": 2, "unchanged": 3}
COLUMNS = ("job_number", "project", "deliverable", "client_team", "assignee", "status", "due")
TITLES = {column.key: column.title for column in OWN}
ISO_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)")


@dataclass(slots=True)
class Cell:
    """One cell of the preview: what it says, or what was and what will be."""

    key: str
    text: str
    old: str = ""
    is_changed: bool = False
    is_bad: bool = False
    status: str = ""  # the key of a status that this is, with a sign of its own
    old_status: str = ""


@dataclass(slots=True)
class Fault:
    """Why a cell cannot be taken. `mends` is how the page offers to mend it: meaning, or a value."""

    key: str
    column: str
    value: str
    reason: str
    guess: str
    asks: str


@dataclass(slots=True)
class ShownRow:
    sheet: str
    row: int
    kind: str
    cells: list[Cell]
    others: list[tuple[str, str, str]] = field(default_factory=list)  # title, old, new
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class ShownColumn:
    """One column of the file on the mapping page."""

    header: str
    key: str
    word: Word
    samples: list[str]
    is_second: bool
    how: str = ""  # key, asked, ignored, unknown or kept


def shown_rows(rows: Iterable[dict[str, Any]], kind: str, most: int) -> tuple[list[ShownRow], int]:
    """The rows of a tab, what needs a look first, and how many more there are."""
    if kind == "all":
        picked = sorted((r for r in rows if r["kind"] != "unchanged"), key=lambda r: FIRST[r["kind"]])
    else:
        picked = [row for row in rows if row["kind"] == kind]
    return [_row(row) for row in picked[:most]], max(0, len(picked) - most)


def _row(row: dict[str, Any]) -> ShownRow:
    faults = [Fault(**{name: error[name] for name in Fault.__slots__}) for error in row["errors"]]
    bad = {fault.key for fault in faults}
    cells = [_cell(row, key, key in bad) for key in COLUMNS]
    shown = {TITLES[key] for key in COLUMNS}
    others = [(title, *map(_text, pair)) for title, pair in row["changes"].items() if title not in shown]
    return ShownRow(row["sheet"], row["row"], row["kind"], cells, others, faults)


def _cell(row: dict[str, Any], key: str, is_bad: bool) -> Cell:
    title = TITLES[key]
    if title in row["changes"]:
        old, new = map(_text, row["changes"][title])
        return Cell(key, new, old, is_changed=True, status=_status(key, new), old_status=_status(key, old))
    text = _text(row["values"].get(title))
    if key == "deliverable" and not text:
        text = row["deliverable"]
    if key == "job_number" and not text and not is_bad:
        text = row["project"].split(" ")[0]
    if key == "project" and not text:
        text = row["project"].partition(" ")[2]
    return Cell(key, text, is_bad=is_bad, status="" if is_bad else _status(key, text))


def _status(key: str, text: str) -> str:
    word = text.lower().replace(" ", "_")
    return word if key == "status" and word in STATUSES else ""


def _text(value: Any) -> str:
    """Days as people read them."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return short_date(date.fromisoformat(value))
    return "" if value is None else str(value)


def shown_columns(tables: list[dict[str, Any]], shape: Shape) -> list[ShownColumn]:
    """The columns of all sheets, each header once."""
    found: dict[str, ShownColumn] = {}
    for table in tables:
        for heading in table["headings"]:
            key = heading["key"]
            column = shape.by_key.get(key)
            word: Word = column.title if column else _word_of(key)
            one = ShownColumn(heading["text"], key, word, heading["samples"], heading["is_second"], _how(key))
            found.setdefault(heading["text"], one)
    return list(found.values())


def _word_of(key: str) -> Word:
    return _("kept as a field") if key.startswith("custom:") or key == KEEP else _("not imported")


def _how(key: str) -> str:
    if key == "job_number":
        return "key"
    return "none" if not key or key == IGNORE else ""


def column_choices(shape: Shape) -> list[tuple[Word, list[tuple[str, str]]]]:
    """What a column of a file may be said to be, in groups."""
    groups: dict[str, list[tuple[str, str]]] = {"project": [], "deliverable": [], "stage": []}
    for column in shape.columns:
        groups[column.subject].append((column.key, column.title))
    words = {"project": _("Project"), "deliverable": _("Deliverable"), "stage": _("Stages")}
    return [(words[name], choices) for name, choices in groups.items() if choices]

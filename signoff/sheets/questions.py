"""What a file leaves open: unknown columns, dates that could be two days, words nobody knows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from signoff.sheets.answers import Answers, word_of
from signoff.sheets.columns import Column, Kind
from signoff.sheets.dates import day_order, read_date
from signoff.sheets.headers import Heading, Table
from signoff.sheets.plan import Plan

MOST_EXAMPLES = 5


@dataclass(slots=True)
class DateOrder:
    """How written dates are read, why, and those that leave it open."""

    day_first: bool | None = None
    open: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def date_order(tables: list[Table], columns: dict[str, Column], answers: Answers, remembered: bool | None) -> DateOrder:
    """Whether 03/04/2026 is in April: as somebody said, else as the file itself shows, else as last time.

    What the file shows is told in a note. When it contradicts itself, or what is remembered, it is asked.
    """
    found: dict[str, list[dict[str, Any]]] = {"day": [], "month": [], "either": []}
    for table in tables:
        _collect(table, columns, found)
    if answers.day_first is not None:
        return DateOrder(answers.day_first)
    if not found["either"]:
        return DateOrder()
    if found["day"] and found["month"]:
        return DateOrder(None, found["either"])
    if found["day"] or found["month"]:
        shown = bool(found["day"])
        if remembered is not None and remembered != shown:
            return DateOrder(None, found["either"])
        proof = (found["day"] or found["month"])[0]
        note = f"Dates are read {_order(shown)}, since row {proof['row']} says {proof['value']}."
        return DateOrder(shown, notes=[note])
    if remembered is None:
        return DateOrder(None, found["either"])
    return DateOrder(remembered, notes=[f"Dates are read {_order(remembered)}, as in the last import."])


def _order(day_first: bool) -> str:
    return "day first" if day_first else "month first"


def _collect(table: Table, columns: dict[str, Column], found: dict[str, list[dict[str, Any]]]) -> None:
    dates = [h for h in table.headings if h.key in columns and columns[h.key].kind == Kind.DATE]
    for number, cells in table.rows:
        for heading in dates:
            cell = cells[heading.index] if heading.index < len(cells) else None
            order = day_order(cell)
            if order and len(found[order]) < MOST_EXAMPLES:
                found[order].append(
                    {"sheet": table.sheet, "row": number, "column": heading.text, "value": str(cell).strip()}
                )


def unknown_headers(tables: Iterable[Table]) -> list[tuple[Table, Heading]]:
    return [(table, h) for table in tables for h in table.headings if not h.key]


def ask(plan: Plan, order: DateOrder, unknown: list[tuple[Table, Heading]]) -> list[dict[str, Any]]:
    """The questions of an import; those that block must be answered before it can be applied."""
    questions = [_columns_question(table) for table in plan.tables if not table.is_sure]
    if order.open and order.day_first is None:
        questions.append(_date_question(order))
    questions += [
        {
            "kind": "header",
            "blocks": False,
            "sheet": table.sheet,
            "header": heading.text,
            "samples": heading.samples,
            "is_second": heading.is_second,
            "message": f"“{heading.text}” is not imported. Say which column it is, or keep it as a field.",
        }
        for table, heading in unknown
    ]
    return questions + _word_questions(plan)


def _columns_question(table: Table) -> dict[str, Any]:
    return {
        "kind": "columns",
        "blocks": True,
        "sheet": table.sheet,
        "headers": [{"header": h.text, "key": h.key, "samples": h.samples} for h in table.headings],
        "message": f"Say which columns of “{table.sheet}” are the project (or its job number) and the deliverable.",
    }


def _date_question(order: DateOrder) -> dict[str, Any]:
    value = order.open[0]["value"]
    days: list[date] = [read_date(value, day_first) for day_first in (True, False)]
    return {
        "kind": "day_first",
        "blocks": True,
        "examples": order.open,
        "readings": {"true": days[0].isoformat(), "false": days[1].isoformat()},
        "message": f"How are dates written? “{value}” could be two days.",
    }


def _word_questions(plan: Plan) -> list[dict[str, Any]]:
    """Each unknown status, person or client team once, however many rows it is in."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in plan.rows:
        for error in row.errors:
            if error.asks not in ("status", "person", "client_team"):
                continue
            key = (error.asks, word_of(error.value))
            question = found.setdefault(
                key,
                {
                    "kind": error.asks,
                    "blocks": False,
                    "word": error.value,
                    "column": error.column,
                    "guess": error.guess,
                    "rows": 0,
                    "message": error.reason,
                },
            )
            question["rows"] += 1
    return list(found.values())

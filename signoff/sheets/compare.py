"""Cell against row: what a line would change, in its project, its deliverable and its stages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from signoff.sheets.columns import Column, Kind
from signoff.sheets.house import Facts, House, shown
from signoff.sheets.lines import Line
from signoff.sheets.plan import ProjectPlan
from signoff.sheets.readers import Readers
from signoff.sheets.words import BadWord, text_of

IDENTITY = frozenset({"job_number", "deliverable"})
CLEARED: dict[Kind, Callable[[], Any]] = {
    Kind.LINE: str,
    Kind.TEXT: str,
    Kind.TAGS: list,
}
SAME = object()  # the cell says what the row has


@dataclass(slots=True)
class Statement:
    """What the file says of one column of a project, and the line that said it first."""

    text: str
    value: Any
    line: Line


@dataclass(slots=True)
class Comparing:
    house: House
    readers: Readers
    columns: list[Column]
    of_projects: list[Column] = field(init=False)
    of_deliverables: list[Column] = field(init=False)
    of_stages: list[tuple[Column, UUID]] = field(init=False)

    def __post_init__(self) -> None:
        self.of_projects = [c for c in self.columns if c.subject == "project"]
        self.of_deliverables = [c for c in self.columns if c.subject == "deliverable"]
        self.of_stages = [(c, UUID(c.stage)) for c in self.columns if c.subject == "stage"]

    # --- a deliverable and its stages -------------------------------------------------------------
    def deliverable(self, line: Line) -> None:
        """Fill `line.new` with the values that differ from what is there (all of them for a new one)."""
        cells = line.cells
        for column in self.of_deliverables:
            if column.key not in cells or (column.key == "deliverable" and line.old is None):
                continue
            try:
                value = self._value(column, cells[column.key], line.old)
            except BadWord as bad:
                line.fails(column, bad)
                continue
            if value is not SAME:
                line.new[column.key] = value

    def stages(self, line: Line) -> None:
        """Fill `line.stages` with the values that differ from what is there."""
        there = self.house.stages.get(line.old["id"], {}) if line.old else {}
        for column, definition_id in self.of_stages:
            if column.key not in line.cells:
                continue
            cell = line.cells[column.key]
            stage = there.get(definition_id)
            if stage is None and cell is None:
                continue
            try:
                if stage is None and line.old is not None:
                    raise BadWord("This deliverable has no such stage.")
                value = self._value(column, cell, stage)
            except BadWord as bad:
                line.fails(column, bad)
                continue
            if value is not SAME:
                line.stages.setdefault(definition_id, {})[column.field] = value

    def _value(self, column: Column, cell: object, facts: Facts | None) -> Any:
        """What the cell says, or SAME. An empty cell (only our own export has them) empties the field."""
        if facts is None:
            return SAME if cell is None else self.readers.read(column, cell)
        current = shown(self.house, column, facts)
        if cell is None:
            return self._cleared(column, current)
        if _is_same(cell, current):
            return SAME
        value = self.readers.read(column, cell)
        return SAME if value == _stored(column, facts) else value

    def _cleared(self, column: Column, current: Any) -> Any:
        if current is None or column.key == "slug":
            return SAME
        if column.required or column.kind == Kind.STAGE_STATUS:
            raise BadWord("This cannot be empty.")
        if column.field == "custom":
            return None
        if column.key == "round":
            return SAME if current == 0 else 0
        return CLEARED.get(column.kind, lambda: None)()

    # --- a project, over all its lines ---------------------------------------------------------------
    def project(self, plan: ProjectPlan, lines: list[Line]) -> None:
        """Agree on what the good lines say of their project; who says otherwise than the first fails."""
        said: dict[str, Statement] = {}
        for line in lines:
            if line.is_good:
                self._hear(plan, line, said)
        for column in self.of_projects:
            statement = said.get(column.key)
            if statement and statement.value is not SAME:
                self._take(plan, column, statement.value)
            elif statement is None:
                self._clear(plan, column, lines)

    def _hear(self, plan: ProjectPlan, line: Line, said: dict[str, Statement]) -> None:
        heard: dict[str, Statement] = {}
        for column in self.of_projects:
            cell = line.cells.get(column.key)
            if cell is None or column.key in IDENTITY:
                continue
            text = text_of(cell)
            before = said.get(column.key)
            if before and before.text == text:
                continue
            try:
                value = self._value(column, cell, plan.old)
                if before and before.value != value:
                    raise self._contradiction(column, before, line)
            except BadWord as bad:
                line.fails(column, bad)
                continue
            heard.setdefault(column.key, Statement(text, value, line))
        if line.is_good:
            said.update({key: one for key, one in heard.items() if key not in said})

    def _contradiction(self, column: Column, before: Statement, line: Line) -> BadWord:
        where = f"row {before.line.row.row}"
        if before.line.row.sheet != line.row.sheet:
            where += f" of “{before.line.row.sheet}”"
        return BadWord(f"For the same project {where} says “{before.text[:80]}”.", guess=before.text)

    def _take(self, plan: ProjectPlan, column: Column, value: Any) -> None:
        old = shown(self.house, column, plan.old) if plan.old else None
        put(plan.new, plan.old, column, value)
        plan.changes[column.title] = [old, shown(self.house, column, plan.new)]

    def _clear(self, plan: ProjectPlan, column: Column, lines: list[Line]) -> None:
        """Empty in every row of our own export: to be emptied."""
        said = [column.key in line.cells and line.cells[column.key] is None for line in lines if line.is_own]
        if plan.old is None or column.required or len(said) != len(lines) or not all(said):
            return
        if shown(self.house, column, plan.old) is not None:
            self._take(plan, column, self._cleared(column, shown(self.house, column, plan.old)))


def put(new: Facts, old: Facts | None, column: Column, value: Any) -> None:
    """Set a column's value among the fields to write; custom fields share one."""
    if column.field != "custom":
        new[column.field] = value
        return
    custom = dict(new["custom"] if "custom" in new else (old or {}).get("custom") or {})
    key = column.key.split(":", 2)[2]
    custom[key] = value
    if value is None:
        del custom[key]
    new["custom"] = custom


def _stored(column: Column, facts: Facts) -> Any:
    value = facts.get(column.field)
    return (value or {}).get(column.key.split(":", 2)[2]) if column.field == "custom" else value


def _is_same(cell: object, current: Any) -> bool:
    if current is None:
        return False
    if type(cell) is type(current) and cell == current:
        return True
    if isinstance(current, date) and isinstance(cell, date):
        return text_of(cell)[:10] == current.isoformat()
    return text_of(cell) == text_of(current)

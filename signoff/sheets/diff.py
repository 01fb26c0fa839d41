"""A file against the tracker: the whole plan of an import. Reads the database, changes nothing."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from signoff.accounts.models import Organization
from signoff.core.actor import Actor
from signoff.core.csvfile import UnreadableSheet
from signoff.core.text import slug_of
from signoff.projects.models import CustomField
from signoff.sheets.answers import Answers
from signoff.sheets.columns import KEEP, Column, Kind
from signoff.sheets.compare import Comparing
from signoff.sheets.headers import Table, find_table, is_legend
from signoff.sheets.house import Facts, House, field_column, load_house, load_work, show
from signoff.sheets.lines import Line, find_deliverables, find_projects, lines_of, read_identity
from signoff.sheets.plan import CHANGED, CREATED, ERROR, UNCHANGED, DeliverablePlan, Plan, ProjectPlan
from signoff.sheets.questions import ask, date_order, unknown_headers
from signoff.sheets.readers import Readers
from signoff.sheets.settle import settle_deliverable, settle_project, show_project_changes
from signoff.sheets.words import BadWord, text_of
from signoff.sheets.workbook import Workbook

Progress = Callable[[int], None]
Locking = Callable[[list[UUID]], None]
NO_HEADER = (
    "No header was found. The first rows need names of columns: at least a job number or project, and a deliverable."
)


def make_plan(
    actor: Actor,
    organization: Organization,
    workbook: Workbook,
    answers: Answers,
    *,
    lock: Locking = lambda _: None,
    progress: Progress = lambda _: None,
) -> Plan:
    """What importing the file would do, in a fixed number of queries. Raises UnreadableSheet.

    `lock` is called with the projects that the file speaks of, before their deliverables are read.
    """
    house = load_house(actor, organization)
    tables, notes = _tables(workbook, house, answers)
    columns, fields = _columns(house, tables)
    sure = [table for table in tables if table.is_sure]
    order = date_order(sure, columns, answers, house.mapping.day_first)
    readers = Readers(house, answers, order.day_first)
    progress(20)
    lines = _lines(sure, columns, answers, readers)
    projects = find_projects(lines, house, columns)
    there = [plan.id for plan in projects if plan.old]
    lock(there)
    load_work(house, there)
    find_deliverables(lines, house, columns)
    progress(40)
    comparing = Comparing(house, readers, list(columns.values()))
    by_project = _compare(comparing, lines, progress)
    deliverables = _settle(house, columns, projects, by_project)
    plan = Plan(
        tables=tables,
        rows=[line.row for line in lines],
        projects=[p for p in projects if p.old or any(line.is_good for line in by_project[p.id])],
        deliverables=deliverables,
        fields=fields,
        teams=list(readers.teams.values()),
        questions=[],
        names={**house.people, **house.teams},
        notes=[*workbook.notes, *notes, *order.notes],
    )
    _describe(house, columns, lines)
    plan.questions = ask(plan, order, unknown_headers(tables))
    return plan


def _tables(workbook: Workbook, house: House, answers: Answers) -> tuple[list[Table], list[str]]:
    """Every sheet with a header that says something; if none does, the one that looks most like it."""
    names = {sheet.name for sheet in workbook.sheets}
    found = [
        (sheet, find_table(sheet, house.shape, answers.headers))
        for sheet in workbook.sheets
        if not is_legend(sheet, names)
    ]
    tables = [table for _, table in found if table]
    sure = [table for table in tables if table.is_sure]
    if not tables:
        raise UnreadableSheet(NO_HEADER if any(s.rows for s in workbook.sheets) else "The file has no rows.")
    unread = [sheet.name for sheet, table in found if table is None or (sure and not table.is_sure)]
    notes = [f"Sheet “{name}” has no columns that are known here and was not read." for name in unread]
    notes += [f"Row {row} of “{t.sheet}” only divides the sheet." for t in sure for row in t.skipped[:20]]
    return sure or [max(tables, key=lambda table: len(table.headings))], notes


def _columns(house: House, tables: list[Table]) -> tuple[dict[str, Column], list[CustomField]]:
    """The columns of the house, and those that the file is to bring (kept as fields of deliverables)."""
    columns = dict(house.shape.by_key)
    fields: list[CustomField] = []
    for heading in (h for table in tables for h in table.headings if h.key == KEEP):
        key = slug_of(heading.text) or f"field-{len(columns)}"
        column = field_column(CustomField.Subject.DELIVERABLE, key, heading.text[:80], Kind.TEXT)
        if column.key not in columns:
            columns[column.key] = column
            fields.append(
                CustomField(
                    organization=house.organization,
                    subject=CustomField.Subject.DELIVERABLE,
                    key=key[:80],
                    name=heading.text[:80],
                    position=len(columns),
                )
            )
        heading.key = column.key
    return columns, fields


def _lines(tables: list[Table], columns: dict[str, Column], answers: Answers, readers: Readers) -> list[Line]:
    lines = list(lines_of(tables, columns, answers))
    for line in lines:
        read_identity(line, columns, readers)
    return lines


def _compare(comparing: Comparing, lines: list[Line], progress: Progress) -> dict[UUID, list[Line]]:
    """Each line's cells against its row, then each project's lines against each other."""
    by_project: dict[UUID, list[Line]] = defaultdict(list)
    plans: dict[UUID, ProjectPlan] = {}
    for number, line in enumerate(lines):
        if line.has_deliverable or line.old:
            comparing.deliverable(line)
            comparing.stages(line)
        else:
            _refuse_nameless(comparing, line)
        if line.project:
            by_project[line.project.id].append(line)
            plans[line.project.id] = line.project
        if number % 2_000 == 0:
            progress(40 + 40 * number // len(lines))
    for project_id, its_lines in by_project.items():
        comparing.project(plans[project_id], its_lines)
    return by_project


def _refuse_nameless(comparing: Comparing, line: Line) -> None:
    """A row without a deliverable may speak of its project only."""
    columns = [*comparing.of_deliverables, *(column for column, _ in comparing.of_stages)]
    said = [column for column in columns if line.cells.get(column.key) is not None]
    if said and line.is_good:
        reason = f"“{said[0].title}” is said of a deliverable, but the row names none."
        line.fails(comparing.house.shape.by_key["deliverable"], BadWord(reason))


def _settle(
    house: House,
    columns: dict[str, Column],
    projects: list[ProjectPlan],
    by_project: dict[UUID, list[Line]],
) -> list[DeliverablePlan]:
    """Turn what the good lines say into rows to write."""
    found: list[DeliverablePlan] = []
    there: dict[UUID, list[Facts]] = defaultdict(list)
    for facts in house.deliverables.values():
        there[facts["project_id"]].append(facts)
    taken = {facts["slug"] for facts in (*house.projects.values(), *house.hidden.values())}
    for project in projects:
        lines = by_project[project.id]
        settle_project(house, project, lines, taken)
        here = there.get(project.id, [])
        slugs = {facts["slug"] for facts in here} | {line.slug for line in lines if line.slug}
        last = max((facts["position"] for facts in here), default=0)
        for line in lines:
            if line.is_good and line.has_deliverable:
                one = settle_deliverable(house, columns, line, slugs, last + 1)
                if one is not None:
                    found.append(one)
                    last += one.old is None
        show_project_changes(project, lines)
    return found


def _describe(house: House, columns: dict[str, Column], lines: list[Line]) -> None:
    """The row's kind, and what it says, in words."""
    told = {key: (column, UUID(column.stage) if column.stage else None) for key, column in columns.items()}
    for line in lines:
        row = line.row
        row.kind = _kind(line)
        if row.kind == ERROR:
            row.changes = {}
        if row.kind != UNCHANGED:
            row.values = {
                told[key][0].title: _said(house, *told[key], line, cell)
                for key, cell in line.cells.items()
                if cell is not None
            }


def _kind(line: Line) -> str:
    if line.row.errors:
        return ERROR
    is_new_project = line.project is not None and line.project.old is None
    if line.has_deliverable:
        return CREATED if line.old is None else CHANGED if line.row.changes else UNCHANGED
    return CREATED if is_new_project else CHANGED if line.row.changes else UNCHANGED


def _said(house: House, column: Column, definition_id: UUID | None, line: Line, cell: object) -> Any:
    """The normalised value where there is one, else the cell as it is."""
    if definition_id is not None:
        value = line.stages[definition_id].get(column.field) if definition_id in line.stages else None
    elif column.subject == "deliverable":
        value = line.new.get(column.key)
    else:
        value = line.project.new.get(column.field) if line.project and column.field != "custom" else None
    if value is None:
        return text_of(cell)
    return show(house, column, value)

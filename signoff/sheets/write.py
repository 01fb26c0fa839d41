"""The tracker as a workbook, in the very shape that imports take. A fixed number of queries."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from signoff.accounts.models import Organization
from signoff.core.actor import Actor
from signoff.core.cells import OPTIONS, Looks, write_cell
from signoff.deliverables.models import DeliverableStatus, Priority, StageStatus
from signoff.projects.models import ProjectStatus
from signoff.sheets.columns import LEGEND, TRACKER, Column, Kind
from signoff.sheets.house import Facts, House, load_house, load_work, shown

MOST_LISTED = 250  # a longer list of a data validation is a range on the legend anyway
WIDTHS = {"project": 30, "deliverable": 34, "specification": 30, "notes": 40, "job_number": 13, "tags": 20}
KIND_WIDTHS = {Kind.DATE: 12, Kind.NUMBER: 9, Kind.PERSON: 20, Kind.STAGE_STATUS: 19, Kind.STATUS: 19}
Row = tuple[Facts, Facts | None]


def write_tracker(actor: Actor, organization: Organization) -> bytes:
    """All that the actor sees: one row a deliverable, and one for each project that has none."""
    house = load_house(actor, organization)
    load_work(house, house.projects)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        formats = Formats(book)
        tracker = book.add_worksheet(TRACKER)
        legend = book.add_worksheet(LEGEND)
        count = _write_rows(tracker, house, formats)
        lists = _write_legend(legend, house, formats)
        _dress(tracker, house, formats, count, lists)
    return out.getvalue()


class Formats(Looks):
    """The looks of a cell, with those of heads."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        super().__init__(book)
        head = {"bold": True, "valign": "vcenter", "text_wrap": True, "bottom": 1, "border_color": "#B8BCC4"}
        self.project: Format = book.add_format({**head, "bg_color": "#E8ECF7"})
        self.deliverable: Format = book.add_format({**head, "bg_color": "#EDEFF2"})
        self.stage: Format = book.add_format({**head, "bg_color": "#F6F1E6"})
        self.note: Format = book.add_format({"font_color": "#5B616B", "text_wrap": True, "valign": "top"})


def _write_rows(sheet: Worksheet, house: House, formats: Formats) -> int:
    columns = house.shape.columns
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.title, getattr(formats, column.subject))
    number = 0
    for number, (project, deliverable) in enumerate(_rows(house), start=1):
        stages = house.stages.get(deliverable["id"], {}) if deliverable else {}
        by_definition = {str(definition): facts for definition, facts in stages.items()}
        for index, column in enumerate(columns):
            facts = _facts(column, project, deliverable, by_definition)
            if facts is not None:
                write_cell(sheet, number, index, shown(house, column, facts), formats)
    return number


def _rows(house: House) -> Iterable[Row]:
    """Projects by job number, each with its deliverables in their order."""
    by_project: dict[Any, list[Facts]] = {}
    for facts in house.deliverables.values():
        by_project.setdefault(facts["project_id"], []).append(facts)
    for project in house.projects.values():
        for deliverable in by_project.get(project["id"], [None]):
            yield project, deliverable


def _facts(column: Column, project: Facts, deliverable: Facts | None, stages: dict[str, Facts]) -> Facts | None:
    if column.subject == "project":
        return project
    return stages.get(column.stage) if column.stage else deliverable


# --- the legend: what each column takes ------------------------------------------------------------
LISTS: dict[Kind, Callable[[House], list[str]]] = {
    Kind.PROJECT_STATUS: lambda house: [str(label) for label in ProjectStatus.labels],
    Kind.STATUS: lambda house: [str(label) for label in DeliverableStatus.labels],
    Kind.STAGE_STATUS: lambda house: [str(label) for label in StageStatus.labels],
    Kind.PRIORITY: lambda house: [str(label) for label in Priority.labels],
    Kind.TEAM: lambda house: sorted(house.teams[team] for team in house.open_teams),
    Kind.PERSON: lambda house: sorted({house.people[who] for found in house.reachable.values() for who in found}),
}
TITLES = {
    Kind.PROJECT_STATUS: "Project status",
    Kind.STATUS: "Status",
    Kind.STAGE_STATUS: "Stage status",
    Kind.PRIORITY: "Priority",
    Kind.TEAM: "Client team",
    Kind.PERSON: "People",
}
NOTES = (
    "This workbook can be imported as it is. Change cells and import it again: what differs is shown first.",
    "One row a deliverable; its project's columns are repeated. A project without deliverables has one row.",
    "The job number says which project a row means, the slug (else the name) which deliverable.",
    "Dates are real dates, or text such as 2026-12-04. Tags are parted by commas.",
    "A column that is taken out leaves its values alone; a cell that is emptied empties the value.",
    "Status follows from the stages. Change one or the other; on hold, cancelled and delivered are said in Status.",
)


def _write_legend(sheet: Worksheet, house: House, formats: Formats) -> dict[str, str]:
    """The accepted values, one list a column; returns the range of each list, by kind or column key."""
    lists: dict[str, tuple[str, list[str]]] = {kind: (TITLES[kind], get(house)) for kind, get in LISTS.items()}
    lists |= {c.key: (c.title, list(c.choices)) for c in house.shape.columns if c.kind == Kind.CHOICE}
    ranges: dict[str, str] = {}
    for index, (key, (title, values)) in enumerate(lists.items()):
        sheet.write_string(0, index, title, formats.deliverable)
        sheet.set_column(index, index, 24)
        for row, value in enumerate(values, start=1):
            write_cell(sheet, row, index, value, formats)
        if values:
            letter = xlsxwriter.utility.xl_col_to_name(index)
            ranges[key] = f"={LEGEND}!${letter}$2:${letter}${len(values) + 1}"
    for row, note in enumerate(NOTES, start=1):
        sheet.write_string(row, len(lists) + 1, note, formats.note)
    sheet.set_column(len(lists) + 1, len(lists) + 1, 80)
    sheet.freeze_panes(1, 0)
    return ranges


def _dress(sheet: Worksheet, house: House, formats: Formats, count: int, lists: dict[str, str]) -> None:
    """Widths, a header that stays, filters, and lists to choose from."""
    columns = house.shape.columns
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 32)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS.get(column.key) or KIND_WIDTHS.get(column.kind, 16))
        source = lists.get(column.key) or lists.get(column.kind)
        if source:
            rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
            sheet.data_validation(1, index, count + 500, index, rule)

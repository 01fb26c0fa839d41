"""The rows of a file at work: what each says of itself, and which project and deliverable it means."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from signoff.core.ids import new_id
from signoff.core.text import free_slug, slug_of
from signoff.sheets.answers import Answers
from signoff.sheets.columns import Column
from signoff.sheets.headers import Table
from signoff.sheets.house import Facts, House
from signoff.sheets.plan import CellError, ProjectPlan, RowPlan
from signoff.sheets.readers import Readers
from signoff.sheets.words import BadWord, is_empty, text_of


@dataclass(slots=True)
class Line:
    """One row. `new` holds the values it gives to its deliverable, `stages` those to its stages."""

    row: RowPlan
    cells: dict[str, object]  # by column key; empty cells of our own export are None, others are left out
    is_own: bool
    job: str = ""
    project_name: str = ""
    name: str = ""
    slug: str = ""
    project: ProjectPlan | None = None
    old: Facts | None = None
    new: dict[str, Any] = field(default_factory=dict)  # column key -> value
    stages: dict[UUID, dict[str, Any]] = field(default_factory=dict)  # definition -> {column field: value}

    @property
    def is_good(self) -> bool:
        return not self.row.errors

    @property
    def has_deliverable(self) -> bool:
        return bool(self.name or self.slug)

    def fails(self, column: Column, bad: BadWord) -> None:
        text = text_of(self.cells.get(column.key))[:200]
        self.row.errors.append(CellError(column.title, column.key, text, bad.reason, bad.guess, bad.asks))


def lines_of(tables: list[Table], columns: dict[str, Column], answers: Answers) -> Iterator[Line]:
    """Every row of every table, but for those that somebody wants skipped."""
    for table in tables:
        taken = [(h.index, h.key) for h in table.headings if h.key in columns]
        for number, cells in table.rows:
            if answers.is_skipped(table.sheet, number):
                continue
            found = _cells(cells, taken, table.is_own)
            if answers.fixes:
                _mend(found, taken, answers, table.sheet, number)
            if any(cell is not None for cell in found.values()):
                yield Line(RowPlan(table.sheet, number), found, table.is_own)


def _cells(cells: list[Any], taken: list[tuple[int, str]], is_own: bool) -> dict[str, object]:
    found: dict[str, object] = {}
    width = len(cells)
    for index, key in taken:
        cell = cells[index] if index < width else None
        if cell is None or cell == "" or (isinstance(cell, str) and is_empty(cell)):
            if is_own:
                found[key] = None
        else:
            found[key] = cell
    return found


def _mend(found: dict[str, object], taken: list[tuple[int, str]], answers: Answers, sheet: str, number: int) -> None:
    for _, key in taken:
        value = answers.value(sheet, number, key)
        if value is not None:
            found[key] = value or None


def read_identity(line: Line, by_key: dict[str, Column], readers: Readers) -> None:
    """The four cells that say what the row is about."""
    for key, name in (("job_number", "job"), ("project", "project_name"), ("deliverable", "name"), ("slug", "slug")):
        cell = line.cells.get(key)
        if cell is None:
            continue
        try:
            setattr(line, name, readers.read(by_key[key], cell))
        except BadWord as bad:
            line.fails(by_key[key], bad)


# --- which project -----------------------------------------------------------------------------------
def find_projects(lines: list[Line], house: House, by_key: dict[str, Column]) -> list[ProjectPlan]:
    """Give each line its project: the one of its job number, else of its name, else a new one."""
    known = _Known(house)
    for line in sorted(lines, key=lambda line: not line.job):  # stable: those with a job number first
        try:
            line.project = known.project_of(line)
        except BadWord as bad:
            key = "job_number" if line.job or not line.project_name else "project"
            line.fails(by_key[key], bad)
        if line.project:
            line.row.project = known.label(line.project)
        else:
            line.row.project = " ".join(part for part in (line.job, line.project_name) if part)
    return known.plans


class _Known:
    """The projects of the organisation and of the file so far, by job number and by name."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.plans: list[ProjectPlan] = []
        self.by_job: dict[str, ProjectPlan] = {}
        self.new_by_name: dict[str, list[ProjectPlan]] = defaultdict(list)
        self.facts_by_job = {f["job_number"].casefold(): f for f in house.projects.values()}
        self.facts_by_name: dict[str, list[Facts]] = defaultdict(list)
        for facts in house.projects.values():
            self.facts_by_name[facts["name"].casefold()].append(facts)

    def label(self, plan: ProjectPlan) -> str:
        facts = plan.old or plan.new
        return f"{facts['job_number']} {facts['name']}"

    def project_of(self, line: Line) -> ProjectPlan:
        if line.job:
            return self._by_job(line)
        if line.project_name:
            return self._by_name(line.project_name)
        raise BadWord("Say which project this is: a job number or a project name is needed.")

    def _by_job(self, line: Line) -> ProjectPlan:
        job = line.job.casefold()
        if job in self.by_job:
            return self.by_job[job]
        if job in self.house.hidden:
            raise BadWord("This job number belongs to a project that you cannot see.")
        facts = self.facts_by_job.get(job)
        if facts is None:
            self._refuse_other_number(line)
        return self._add(facts, line.job, line.project_name or line.job)

    def _refuse_other_number(self, line: Line) -> None:
        """A known project under another number is a slip more often than a second project of that name."""
        same = self.facts_by_name.get(line.project_name.casefold(), []) if line.project_name else []
        if same:
            here = same[0]["job_number"]
            raise BadWord(f"“{line.project_name}” is here already as {here}; a new job needs another name.", guess=here)

    def _by_name(self, name: str) -> ProjectPlan:
        found = self.facts_by_name.get(name.casefold(), [])
        if len(found) > 1:
            raise BadWord(f"{len(found)} projects are called “{name}”; add the job number.")
        if found:
            job = found[0]["job_number"].casefold()
            return self.by_job.get(job) or self._add(found[0], found[0]["job_number"], name)
        new = self.new_by_name.get(name.casefold(), [])
        if len(new) > 1:
            raise BadWord(f"{len(new)} projects of this file are called “{name}”; add the job number.")
        return new[0] if new else self._add(None, self._free_job_number(name), name)

    def _free_job_number(self, name: str) -> str:
        taken = set(self.facts_by_job) | set(self.by_job) | set(self.house.hidden)
        return free_slug(slug_of(name)[:50], taken, fallback="job")

    def _add(self, facts: Facts | None, job: str, name: str) -> ProjectPlan:
        new = {} if facts else {"job_number": job, "name": name}
        plan = ProjectPlan(facts["id"] if facts else new_id(), facts, new)
        self.plans.append(plan)
        self.by_job[job.casefold()] = plan
        if facts is None:
            self.new_by_name[name.casefold()].append(plan)
        return plan


# --- which deliverable ----------------------------------------------------------------------------------
def find_deliverables(lines: list[Line], house: House, by_key: dict[str, Column]) -> None:
    """Give each line its deliverable, by slug, else by name; the same one twice is an error of the later row."""
    by_slug = {(f["project_id"], f["slug"]): f for f in house.deliverables.values()}
    by_name: dict[tuple[UUID, str], list[Facts]] = defaultdict(list)
    for facts in house.deliverables.values():
        by_name[(facts["project_id"], facts["name"].casefold())].append(facts)
    named = [line for line in lines if line.project and line.has_deliverable]
    for line in named:
        assert line.project is not None
        line.old = by_slug.get((line.project.id, line.slug)) if line.slug else None
        line.row.deliverable = line.name or line.slug
    claimed = {line.old["id"] for line in named if line.old}
    for line in named:
        if line.old is None:
            _find_by_name(line, by_name, claimed, by_key)
    _refuse_twice(named, by_key)


def _find_by_name(
    line: Line, by_name: dict[tuple[UUID, str], list[Facts]], claimed: set[UUID], by_key: dict[str, Column]
) -> None:
    assert line.project is not None
    found = by_name.get((line.project.id, line.name.casefold()), []) if line.name else []
    if line.slug:  # a slug nobody has: a new one for the only deliverable of that name, else a new deliverable
        free = [facts for facts in found if facts["id"] not in claimed]
        line.old = free[0] if len(found) == 1 and free else None
    elif len(found) > 1:
        slugs = ", ".join(sorted(facts["slug"] for facts in found))
        line.fails(by_key["deliverable"], BadWord(f"{len(found)} are called this; add the slug: {slugs}."))
    elif found:
        line.old = found[0]
    if line.old is not None:
        claimed.add(line.old["id"])
    if line.old is None and not line.name and line.is_good:
        line.fails(by_key["slug"], BadWord("There is no deliverable of this slug; a new one needs a name."))


def _refuse_twice(named: list[Line], by_key: dict[str, Column]) -> None:
    said: dict[object, RowPlan] = {}
    for line in named:
        assert line.project is not None
        checked, kept = _keys(line.project.id, line)
        earlier = next((said[key] for key in checked if key in said), None)
        if earlier is not None:
            where = f"row {earlier.row}" + (f" of “{earlier.sheet}”" if earlier.sheet != line.row.sheet else "")
            line.fails(by_key["deliverable"], BadWord(f"The same deliverable is in {where} of this file already."))
        for key in kept:
            said.setdefault(key, line.row)


def _keys(project_id: UUID, line: Line) -> tuple[list[object], list[object]]:
    """By what a line is found twice, and by what later ones are: two new ones of a name need two slugs."""
    if line.old:
        return [line.old["id"]], [line.old["id"]]
    name = line.name.casefold()
    slug, bare, whole = (project_id, "slug", line.slug), (project_id, "bare", name), (project_id, "any", name)
    return ([slug, bare], [slug, whole]) if line.slug else ([whole], [bare, whole])

"""What an import would do: rows for people to look at, and the rows of the tables behind them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from signoff.projects.models import CustomField
from signoff.sheets.headers import Table
from signoff.sheets.house import Facts

CREATED, CHANGED, UNCHANGED, ERROR = "created", "changed", "unchanged", "error"
KINDS = (CREATED, CHANGED, UNCHANGED, ERROR)


@dataclass(slots=True)
class CellError:
    """One cell that cannot be taken: `asks` says which of the import's questions would settle it."""

    column: str
    key: str
    value: str
    reason: str
    guess: str = ""
    asks: str = ""


@dataclass(slots=True)
class RowPlan:
    """One row of the file: what it says, what would become of it, and why not."""

    sheet: str
    row: int
    kind: str = UNCHANGED
    project: str = ""
    deliverable: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)


@dataclass(slots=True)
class StagePlan:
    id: UUID
    definition_id: UUID
    old: Facts | None
    new: Facts


@dataclass(slots=True)
class ProjectPlan:
    """A project that rows speak of; `old` is None for a new one, `new` holds only what is written."""

    id: UUID
    old: Facts | None
    new: Facts = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class DeliverablePlan:
    id: UUID
    project: ProjectPlan
    old: Facts | None
    new: Facts = field(default_factory=dict)
    stages: list[StagePlan] = field(default_factory=list)


@dataclass(slots=True)
class NewTeam:
    id: UUID
    name: str


@dataclass(slots=True)
class Plan:
    tables: list[Table]
    rows: list[RowPlan]
    projects: list[ProjectPlan]
    deliverables: list[DeliverablePlan]
    fields: list[CustomField]
    teams: list[NewTeam]
    questions: list[dict[str, Any]]
    notes: list[str]
    names: dict[UUID, str]  # of the people and client teams that values point at

    @property
    def is_asking(self) -> bool:
        """Whether a question must be answered before anything can be applied."""
        return any(question["blocks"] for question in self.questions)

    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(KINDS, 0)
        for row in self.rows:
            found[row.kind] += 1
        found["cells"] = sum(len(row.changes) for row in self.rows if row.kind == CHANGED)
        found["projects_created"] = sum(1 for project in self.projects if project.old is None)
        found["deliverables_created"] = sum(1 for one in self.deliverables if one.old is None)
        found["stages_created"] = sum(1 for one in self.deliverables for stage in one.stages if stage.old is None)
        return found


def rows_json(rows: Iterable[RowPlan]) -> list[dict[str, Any]]:
    """Rows in plain values, as the API answers them and the batch keeps them."""
    return [
        {
            "sheet": row.sheet,
            "row": row.row,
            "kind": row.kind,
            "project": row.project,
            "deliverable": row.deliverable,
            "values": {title: _plain(value) for title, value in row.values.items()},
            "changes": {title: [_plain(old), _plain(new)] for title, (old, new) in row.changes.items()},
            "errors": [
                {
                    "column": error.column,
                    "key": error.key,
                    "value": error.value,
                    "reason": error.reason,
                    "guess": error.guess,
                    "asks": error.asks,
                }
                for error in row.errors
            ],
        }
        for row in rows
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

"""What the tables of `work/` say: a project, its rows, and what one letter means. Days are counted from today."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signoff.deliverables.models import StageStatus

LETTERS = {
    "n": StageStatus.NOT_STARTED,
    "p": StageStatus.IN_PROGRESS,
    "r": StageStatus.IN_REVIEW,
    "c": StageStatus.CHANGES_REQUESTED,
    "a": StageStatus.APPROVED,
    "s": StageStatus.SKIPPED,
}
PRIORITIES = ("low", "high", "urgent")
HELD = {"hold": "on_hold", "cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One deliverable: where each of its stages stands today."""

    name: str
    kind: str
    specification: str
    market: str
    language: str
    due: int
    round: int
    included: int
    maker: str
    stages: list[str]
    words: list[str]
    note: str

    @property
    def priority(self) -> str:
        return next((word for word in self.words if word in PRIORITIES), "normal")

    @property
    def held(self) -> str:
        return next((HELD[word] for word in self.words if word in HELD), "")

    @property
    def is_delivered(self) -> bool:
        return "delivered" in self.words


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """One job. `clients` names who approves for the client, by the deliverable's type ("": all others)."""

    job_number: str
    name: str
    team: str
    owner: str
    pipeline: str
    starts: int
    due: int
    brief: str
    clients: Mapping[str, str]
    rows: list[RowPlan]
    status: str = "active"
    tags: list[str] = field(default_factory=list)
    custom: Mapping[str, object] = field(default_factory=dict)
    archived: int | None = None
    source: str = "manual"


def rows(table: str) -> list[RowPlan]:
    """The lines of a table, their columns parted by `|`."""
    return [_row(line) for line in table.strip().splitlines()]


def _row(line: str) -> RowPlan:
    cells = [cell.strip() for cell in line.split("|")]
    name, kind, specification, market, language, due, rounds, maker, stages, words = cells[:10]
    round_number, included = rounds.split("/")
    return RowPlan(
        name=name,
        kind=kind,
        specification=specification,
        market=market,
        language=language,
        due=int(due),
        round=int(round_number),
        included=int(included),
        maker=maker,
        stages=[LETTERS[letter] for letter in stages],
        words=words.split(),
        note="|".join(cells[10:]),
    )

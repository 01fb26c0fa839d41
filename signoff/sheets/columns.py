"""The sheet's own shape, and what other people call its columns. Pure: no database.

A column is known inside by its key: one of OWN, `custom:<subject>:<key>`,
`stage:<definition id>:<part>`, or one of the two answers for a header nobody knows: IGNORE and KEEP.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from signoff.sheets.synonyms import HEADERS, PARTS

IGNORE = "ignore"
KEEP = "keep"  # a custom field of this name is made
TRACKER, LEGEND = "Tracker", "Legend"


class Kind(StrEnum):
    LINE = "line"
    TEXT = "text"
    SLUG = "slug"
    NUMBER = "number"  # a whole one, from 0
    DECIMAL = "decimal"
    DATE = "date"
    PERSON = "person"
    TEAM = "team"
    TAGS = "tags"
    CHECKBOX = "checkbox"
    CHOICE = "choice"
    PRIORITY = "priority"
    PROJECT_STATUS = "project_status"
    STATUS = "status"
    STAGE_STATUS = "stage_status"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the tracker. `field` is the model's name for it; `most` the longest text it holds."""

    key: str
    title: str
    subject: str  # "project", "deliverable" or "stage"
    kind: Kind
    field: str
    most: int = 0
    required: bool = False
    choices: tuple[str, ...] = ()
    stage: str = ""  # the id of a stage definition


def _own(key: str, title: str, subject: str, kind: Kind, field: str, most: int = 0, required: bool = False) -> Column:
    return Column(key, title, subject, kind, field, most, required)


OWN = (
    _own("job_number", "Job number", "project", Kind.LINE, "job_number", 60, True),
    _own("project", "Project", "project", Kind.LINE, "name", 200, True),
    _own("client_team", "Client team", "project", Kind.TEAM, "client_team_id"),
    _own("project_status", "Project status", "project", Kind.PROJECT_STATUS, "status", 0, True),
    _own("owner", "Owner", "project", Kind.PERSON, "owner_id"),
    _own("project_start", "Project start", "project", Kind.DATE, "starts_on"),
    _own("project_due", "Project due", "project", Kind.DATE, "due_on"),
    _own("tags", "Tags", "project", Kind.TAGS, "tags", 60),
    _own("deliverable", "Deliverable", "deliverable", Kind.LINE, "name", 200, True),
    _own("slug", "Slug", "deliverable", Kind.SLUG, "slug", 80, True),
    _own("kind", "Type", "deliverable", Kind.LINE, "kind", 80),
    _own("specification", "Specification", "deliverable", Kind.LINE, "specification", 300),
    _own("language", "Language", "deliverable", Kind.LINE, "language", 80),
    _own("market", "Market", "deliverable", Kind.LINE, "market", 80),
    _own("status", "Status", "deliverable", Kind.STATUS, "status", 0, True),
    _own("priority", "Priority", "deliverable", Kind.PRIORITY, "priority", 0, True),
    _own("due", "Due", "deliverable", Kind.DATE, "due_on"),
    _own("round", "Round", "deliverable", Kind.NUMBER, "round"),
    _own("rounds_included", "Rounds included", "deliverable", Kind.NUMBER, "rounds_included"),
    _own("assignee", "Assignee", "deliverable", Kind.PERSON, "assignee_id"),
    _own("notes", "Notes", "deliverable", Kind.TEXT, "notes", 10_000),
)
OWN_TITLES = tuple(column.title for column in OWN)
STAGE_PARTS = (
    ("status", Kind.STAGE_STATUS, "status"),
    ("assignee", Kind.PERSON, "assignee_id"),
    ("due", Kind.DATE, "due_on"),
)

MARK = re.compile(r"[#№]|\b(?:number|num|nr|no)\b\.?|n[°º]")
MONEY = str.maketrans({"€": " eur ", "$": " usd ", "£": " gbp ", "%": " percent "})
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NOT_WORD = re.compile(r"[\W_]+")


def normalise(header: object) -> str:
    """`Job #`, `job number` and ` Job  No. ` are one header: `job no`. Accents and case do not matter."""
    text = unicodedata.normalize("NFKD", str(header)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = MARK.sub(" no ", text).translate(MONEY)
    return " ".join(NOT_WORD.sub(" ", text).split())


def loosened(header: object) -> str:
    """The header without what stands in brackets: `Due (client)` is `due`, if nothing better is known."""
    return normalise(BRACKETS.sub(" ", str(header)))


@dataclass(frozen=True, slots=True)
class Shape:
    """Every column that an organisation's sheet has, and how its headers are recognised."""

    columns: tuple[Column, ...]
    known: Mapping[str, str]  # normalised header -> key
    by_key: Mapping[str, Column]

    def key_of(self, header: object) -> str | None:
        """The key a header stands for; None when nobody knows it."""
        text = normalise(header)
        if not text:
            return None
        return self.known.get(text) or self.known.get(loosened(header))

    def titles(self) -> list[str]:
        return [column.title for column in self.columns]


def shape_of(
    fields: Iterable[Column],
    stages: Iterable[tuple[str, str]],
    *,
    vocabulary: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Shape:
    """The shape of one organisation's sheet.

    `fields` are its custom fields as columns (titles not yet made unique), `stages` (definition id,
    name) in the order of the pipelines. What is remembered wins over synonyms, and exact titles over both
    only where nothing else was said.
    """
    stage_columns = [column for stage_id, name in stages for column in _stage_columns(stage_id, name)]
    columns = _unique_titles([*OWN, *fields, *stage_columns])
    by_key = {column.key: column for column in columns}
    known: dict[str, str] = {}
    for column in columns:
        known.setdefault(normalise(column.title), column.key)
    for term, label in (vocabulary or {}).items():
        if term in by_key and normalise(label):
            known.setdefault(normalise(label), term)
    for key, words in HEADERS.items():
        for word in words.split("|"):
            known.setdefault(normalise(word), key)
    _add_stage_words(known, columns)
    for header, key in (remembered or {}).items():
        if key in by_key or key in (IGNORE, KEEP):
            known[header] = key
    return Shape(tuple(columns), known, by_key)


def _stage_columns(stage_id: str, name: str) -> list[Column]:
    return [
        Column(f"stage:{stage_id}:{part}", f"{name} {part}", "stage", kind, field, stage=stage_id)
        for part, kind, field in STAGE_PARTS
    ]


def _add_stage_words(known: dict[str, str], columns: list[Column]) -> None:
    """A stage's bare name is its status; `Concept owner`, `Concept deadline` are understood too."""
    for column in columns:
        if column.subject != "stage":
            continue
        part = column.key.rsplit(":", 1)[1]
        name = column.title.removesuffix(f" {part}")
        for word in PARTS[part].split("|"):
            known.setdefault(normalise(f"{name} {word}"), column.key)
        if part == "status":
            known.setdefault(normalise(name), column.key)


def _unique_titles(columns: list[Column]) -> list[Column]:
    """Custom fields may be called like anything else; the second of a title says what it belongs to."""
    taken: set[str] = set()
    unique = []
    for column in columns:
        title = column.title
        for candidate in _titles(column):
            title = candidate
            if normalise(title) not in taken and normalise(title):
                break
        taken.add(normalise(title))
        unique.append(column if title == column.title else replace(column, title=title))
    return unique


def _titles(column: Column) -> Iterable[str]:
    yield column.title
    yield f"{column.title} ({column.subject})"
    number = 2
    while True:
        yield f"{column.title} ({column.subject} {number})"
        number += 1

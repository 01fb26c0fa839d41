"""Reading cells of one organisation's sheet: each distinct cell of a column is read once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from signoff.core.ids import new_id
from signoff.sheets.answers import CREATE, Answers, word_of
from signoff.sheets.columns import Column, Kind, normalise
from signoff.sheets.dates import read_date
from signoff.sheets.house import House
from signoff.sheets.plan import NewTeam
from signoff.sheets.statuses import read_priority, read_project_status, read_stage_status, read_status
from signoff.sheets.words import (
    BadWord,
    near,
    read_checkbox,
    read_choice,
    read_decimal,
    read_line,
    read_slug,
    read_tags,
    read_text,
    read_whole,
    text_of,
)

NOBODY = frozenset({"nobody", "none", "tbd", "tbc", "n a", "na", "unassigned", "no one", "noone", ""})
FIRST_DAY = date(1, 1, 1)


@dataclass(slots=True)
class Readers:
    """`day_first` is how the file's dates are to be read; None: nobody knows."""

    house: House
    answers: Answers
    day_first: bool | None = None
    teams: dict[str, NewTeam] = field(default_factory=dict)  # client teams to be made, by word
    seen: dict[tuple[str, type, object], Any] = field(default_factory=dict)

    def read(self, column: Column, cell: object) -> Any:
        """The value as the model keeps it. Raises BadWord."""
        key = (column.key, type(cell), cell)
        if key not in self.seen:
            try:
                self.seen[key] = self._read(column, cell)
            except BadWord as bad:
                self.seen[key] = bad
        found = self.seen[key]
        if isinstance(found, BadWord):
            raise found
        return found

    def _read(self, column: Column, cell: object) -> Any:
        value = self._by_kind(column)(cell)
        if column.field == "custom":
            return _kept(value)
        return value

    def _by_kind(self, column: Column) -> Callable[[object], Any]:
        most = column.most
        statuses = self.house.mapping.statuses | self.answers.statuses
        by_kind: dict[Kind, Callable[[object], Any]] = {
            Kind.LINE: lambda cell: read_line(cell, most),
            Kind.TEXT: lambda cell: read_text(cell, most),
            Kind.SLUG: read_slug,
            Kind.NUMBER: read_whole,
            Kind.DECIMAL: read_decimal,
            Kind.DATE: lambda cell: read_date(cell, self.day_first),
            Kind.PERSON: self._person,
            Kind.TEAM: self._team,
            Kind.TAGS: lambda cell: read_tags(cell, most),
            Kind.CHECKBOX: read_checkbox,
            Kind.CHOICE: lambda cell: read_choice(cell, column.choices),
            Kind.PRIORITY: read_priority,
            Kind.PROJECT_STATUS: lambda cell: read_project_status(cell, statuses),
            Kind.STATUS: lambda cell: read_status(cell, statuses),
            Kind.STAGE_STATUS: lambda cell: read_stage_status(cell, statuses),
        }
        return by_kind[column.kind]

    def _person(self, cell: object) -> UUID | None:
        text = text_of(cell).strip()
        if "<" in text and text.endswith(">"):
            text = text[text.rindex("<") + 1 : -1]
        word = word_of(text)
        if word in NOBODY:
            return None
        said = (self.house.mapping.people | self.answers.people).get(word)
        if said and any(str(who) == said for found in self.house.reachable.values() for who in found):
            return UUID(said)
        found = self.house.reachable.get(word, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise BadWord(f"{len(found)} people are called “{text}”; write the e-mail address.", asks="person")
        guess = near(text, [self.house.people[who] for who in self._everybody()])
        raise BadWord(f"Nobody here is called “{text[:80]}”.", guess=guess, asks="person")

    def _everybody(self) -> set[UUID]:
        return {who for found in self.house.reachable.values() for who in found}

    def _team(self, cell: object) -> UUID | None:
        text = read_line(cell, 200)
        word = normalise(text) or text
        said = (self.house.mapping.client_teams | self.answers.client_teams).get(word)
        if said == CREATE:
            return self._new_team(word, text)
        by_word = {normalise(name) or name: team for team, name in self.house.teams.items()}
        team = next((t for t in self.house.teams if str(t) == said), None) or by_word.get(word)
        if team is None:
            names = [self.house.teams[one] for one in self.house.open_teams]
            raise BadWord(f"“{text[:80]}” does not exist.", guess=near(text, names), asks="client_team")
        if team not in self.house.open_teams:
            raise BadWord(f"“{text[:80]}” is archived, or not one you may use.")
        return team

    def _new_team(self, word: str, name: str) -> UUID:
        if word not in self.teams:
            self.teams[word] = NewTeam(new_id(), name)
            self.house.teams[self.teams[word].id] = name
        return self.teams[word].id


def _kept(value: Any) -> Any:
    """A value as a custom field keeps it: JSON."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value

"""What people said about a file: its columns, its words, its dates, and how single rows are mended. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from signoff.core.errors import Invalid
from signoff.sheets.columns import normalise

CREATE = "create"  # instead of an id: make a client team of this name
MOST_ENTRIES = 5_000


class BadMapping(Invalid):
    code = "bad_mapping"
    message = "The mapping is not of the form described in the API's documentation."


@dataclass(slots=True)
class Answers:
    """`fixes` is by "sheet:row": {"skip": true}, or {"values": {column key: text}}."""

    headers: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    client_teams: dict[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    fixes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """From JSON; words are normalised here. Raises BadMapping."""
        day_first = given.get("day_first")
        if day_first not in (None, True, False):
            raise BadMapping("day_first is true, false or null.", field="day_first")
        return cls(
            headers=_words(given, "headers"),
            statuses=_words(given, "statuses"),
            people=_words(given, "people"),
            client_teams=_words(given, "client_teams"),
            day_first=day_first,
            fixes=_fixes(given.get("fixes") or {}),
        )

    def json(self) -> dict[str, Any]:
        return {
            "headers": self.headers,
            "statuses": self.statuses,
            "people": self.people,
            "client_teams": self.client_teams,
            "day_first": self.day_first,
            "fixes": self.fixes,
        }

    def and_also(self, more: Self) -> Self:
        """Both, the later winning."""
        return type(self)(
            headers=self.headers | more.headers,
            statuses=self.statuses | more.statuses,
            people=self.people | more.people,
            client_teams=self.client_teams | more.client_teams,
            day_first=self.day_first if more.day_first is None else more.day_first,
            fixes=_both_fixes(self.fixes, more.fixes),
        )

    def is_skipped(self, sheet: str, row: int) -> bool:
        return bool(self.fixes.get(f"{sheet}:{row}", {}).get("skip"))

    def value(self, sheet: str, row: int, key: str) -> str | None:
        """What somebody said a cell is to be read as."""
        values = self.fixes.get(f"{sheet}:{row}", {}).get("values", {})
        found = values.get(key)
        return str(found) if found is not None else None


def word_of(text: str) -> str:
    """How a word is remembered: addresses as they are, all else normalised like a header."""
    return text.strip().casefold() if "@" in text else normalise(text)


def _words(given: Mapping[str, Any], name: str) -> dict[str, str]:
    found = given.get(name) or {}
    if not isinstance(found, Mapping) or len(found) > MOST_ENTRIES:
        raise BadMapping(f"{name} is an object of words and what they mean.", field=name)
    if not all(isinstance(k, str) and isinstance(v, str) for k, v in found.items()):
        raise BadMapping(f"{name} is an object of words and what they mean.", field=name)
    return {word_of(word): meaning for word, meaning in found.items() if word_of(word)}


def _fixes(given: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(given, Mapping) or len(given) > MOST_ENTRIES:
        raise BadMapping("fixes is an object by “sheet:row”.", field="fixes")
    for fix in given.values():
        if not isinstance(fix, Mapping) or not isinstance(fix.get("values", {}), Mapping):
            raise BadMapping("A fix is {“skip”: true} or {“values”: {column: text}}.", field="fixes")
    return {str(row): dict(fix) for row, fix in given.items()}


def _both_fixes(some: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    both = {row: dict(fix) for row, fix in some.items()}
    for row, fix in more.items():
        values = {**both.get(row, {}).get("values", {}), **fix.get("values", {})}
        both[row] = {**both.get(row, {}), **fix, **({"values": values} if values else {})}
    return both

"""A CSV file of people -> rows to be invited, each with what is wrong with it. Pure but for what the house knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from signoff.access.errors import UnreadableRows
from signoff.accounts.models import ClientTeam, Role
from signoff.core.csvfile import read_csv
from signoff.core.text import slug_of

MOST_ROWS, MOST_BYTES, MOST_CELL = 500, 1_000_000, 2_000
LOOKED_AT = 10  # a header further down is none
COLUMNS: dict[str, str] = {
    "email": "email|e-mail|mail|email-address|e-mail-address|mail-address|address|login|user|username|e-mail-adresse|"
    "emailadresse|courriel|correo",
    "name": "name|full-name|fullname|person|people|display-name|who|nom|nombre|vollstandiger-name",
    "role": "role|roles|access|permission|permissions|level|rolle|funktion|type|user-type",
    "teams": "teams|team|client-team|client-teams|client|clients|brand|brands|group|groups|kunde|kunden",
}
KEY_OF = {word: key for key, words in COLUMNS.items() for word in words.split("|")}
ROLE_OF = {
    "admin": Role.ADMIN,
    "administrator": Role.ADMIN,
    "owner": Role.ADMIN,
    "producer": Role.PRODUCER,
    "project-manager": Role.PRODUCER,
    "pm": Role.PRODUCER,
    "account-manager": Role.PRODUCER,
    "maker": Role.MAKER,
    "artist": Role.MAKER,
    "designer": Role.MAKER,
    "editor": Role.MAKER,
    "member": Role.MAKER,
    "reviewer": Role.REVIEWER,
    "supervisor": Role.REVIEWER,
    "client-viewer": Role.CLIENT_VIEWER,
    "client": Role.CLIENT_VIEWER,
    "viewer": Role.CLIENT_VIEWER,
    "guest": Role.CLIENT_VIEWER,
    "kunde": Role.CLIENT_VIEWER,
}
FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be sent: which column, what stands there, and the reason in words."""

    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Row:
    """One person of the file; `number` is the row as a spreadsheet shows it, `teams` what the cell says."""

    number: int
    email: str
    name: str
    role: str
    teams: str
    problems: list[Problem] = field(default_factory=list, init=False)

    @property
    def is_good(self) -> bool:
        return not self.problems

    def wrong(self, column: str, reason: str) -> None:
        self.problems.append(Problem(column, str(getattr(self, column, "")), reason))


def read_rows(content: bytes) -> list[Row]:
    """The rows as they stand in the file. Raises UnreadableSheet or UnreadableRows."""
    if not content.strip():
        raise UnreadableRows("The file is empty.")
    if len(content) > MOST_BYTES:
        raise UnreadableRows("The file is larger than 1 MB. Split it.")
    lines = read_csv(content, MOST_ROWS + LOOKED_AT + 1)
    if any("\x00" in cell for line in lines for cell in line):
        raise UnreadableRows("There are characters in it that no text has. Save it anew as CSV in UTF-8.")
    start, places = _header(lines)
    rows = [
        Row(number, **{key: _cell(line, places.get(key)) for key in COLUMNS})
        for number, line in enumerate(lines[start + 1 :], start + 2)
        if any(cell.strip() for cell in line)
    ]
    if not rows:
        raise UnreadableRows("There is a header, but nobody below it.")
    if len(rows) > MOST_ROWS:
        raise UnreadableRows(f"At most {MOST_ROWS} people at a time; split the file.")
    return rows


def role_of(text: str) -> str:
    """The role that a cell means; as it is when it means none, so that the refusal can name it."""
    word = slug_of(text)
    return str(ROLE_OF.get(word, text))


def teams_of(text: str, by_name: Mapping[str, ClientTeam]) -> tuple[list[ClientTeam], list[str]]:
    """The teams that a cell names, and the names nobody knows. A name may hold a comma when it is alone."""
    if text.casefold().strip() in by_name:
        return [by_name[text.casefold().strip()]], []
    for separator in ("|", "\n", ","):
        text = text.replace(separator, ";")
    names = [name.strip() for name in text.split(";") if name.strip()]
    known = [by_name[name.casefold()] for name in names if name.casefold() in by_name]
    return known, [name for name in names if name.casefold() not in by_name]


def named(teams: Iterable[ClientTeam]) -> dict[str, ClientTeam]:
    return {team.name.casefold(): team for team in teams}


def is_formula(text: str) -> bool:
    """Would a spreadsheet take this for a formula? Nobody is called that."""
    return text.startswith(FORMULA)


def _header(lines: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Where the header is, and in which column is what."""
    for index, line in enumerate(lines[:LOOKED_AT]):
        places: dict[str, int] = {}
        for place, text in enumerate(line):
            key = KEY_OF.get(slug_of(text))
            if key:
                places.setdefault(key, place)
        if "email" in places and "role" in places:
            return index, places
    raise UnreadableRows("No header was found. The first row names the columns: email, name, role, teams.")


def _cell(line: Sequence[str], place: int | None) -> str:
    text = line[place] if place is not None and place < len(line) else ""
    return text.strip()[:MOST_CELL]

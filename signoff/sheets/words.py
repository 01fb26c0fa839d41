"""What a cell says: text, numbers, tags (days and statuses: `dates`, `statuses`). Pure: no database.

Each reader takes a raw cell (text, number, date, truth) and returns a plain value, or raises
BadWord with the reason in words and, where there is one, a guess.
"""

import csv
import difflib
import io
import math
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from signoff.core.errors import Invalid
from signoff.core.text import check_slug, clean_name, clean_text
from signoff.sheets.columns import normalise

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class BadWord(ValueError):
    """A cell that cannot be read. `reason` is a sentence; `guess` what was probably meant."""

    def __init__(self, reason: str, *, guess: str = "", asks: str = "") -> None:
        self.reason, self.guess, self.asks = reason, guess, asks
        super().__init__(reason)


def is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: object) -> str:
    """The cell as a person would type it: 20418.0 is 20418, a date is its ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n")


# --- text ---------------------------------------------------------------------------------------
def read_line(cell: object, most: int) -> str:
    return _clean(lambda: clean_name(text_of(cell), field="", most=most, required=False))


def read_text(cell: object, most: int) -> str:
    return _clean(lambda: clean_text(text_of(cell), field="", most=most))


def read_slug(cell: object) -> str:
    text = text_of(cell).strip()
    return _clean(lambda: check_slug(text))


def _clean(read: Callable[[], str]) -> str:
    try:
        return read()
    except Invalid as error:
        raise BadWord(error.message) from error


def read_tags(cell: object, most: int) -> list[str]:
    """`retail, "films, short"`: commas part tags, quotes keep one together; else semicolons."""
    text = text_of(cell).replace("\n", ", ")
    delimiter = "," if "," in text or '"' in text or ";" not in text else ";"
    parts = next(csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True), [])
    tags = [read_line(part, most) for part in parts]
    return list(dict.fromkeys(tag for tag in tags if tag))


def write_tags(tags: Iterable[str]) -> str:
    return ", ".join('"' + t.replace('"', '""') + '"' if re.search(r'[,;"\n]', t) else t for t in tags)


# --- numbers and truth -----------------------------------------------------------------------------
WHOLE = re.compile(r"(?:r|v|round|rev|rd)?\.?\s*(\d{1,5})(?:\.0+)?", re.IGNORECASE)
DECIMAL = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")
MOST_WHOLE = 32_767
YES = frozenset({"true", "yes", "y", "x", "1", "on", "✓", "✔", "☑", "ja", "oui", "si", "wahr", "checked"})
NO = frozenset({"false", "no", "n", "0", "off", "☐", "✗", "nein", "non", "falsch", "-", "unchecked"})


def read_whole(cell: object) -> int:
    """A round or a number of rounds: 3, `R3`, `v03`."""
    found = WHOLE.fullmatch(text_of(cell).strip())
    if not found or isinstance(cell, bool):
        raise BadWord("This is not a whole number.")
    if int(found[1]) > MOST_WHOLE:
        raise BadWord(f"At most {MOST_WHOLE}.")
    return int(found[1])


def read_decimal(cell: object) -> int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not math.isfinite(cell):
            raise BadWord("This is not a number.")
        return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell
    text = re.sub(r"[\s\u00a0\u202f']", "", text_of(cell))
    if isinstance(cell, bool) or not DECIMAL.fullmatch(text):
        raise BadWord("This is not a number.")
    if THOUSANDS.fullmatch(text) and not text.startswith("0"):
        raise BadWord("This could be two numbers; write it without a separator for thousands.")
    if re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise BadWord("This number is too large.")
    return value


def read_checkbox(cell: object) -> bool:
    word = text_of(cell).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise BadWord("Write yes or no.")


def read_choice(cell: object, choices: Iterable[str], most: int = 80) -> str:
    text = read_line(cell, most)
    by_word = {normalise(choice) or choice: choice for choice in choices}
    exact = set(by_word.values())
    if text in exact:
        return text
    found = by_word.get(normalise(text))
    if found is None:
        raise BadWord(f"“{text}” is none of the choices: {', '.join(sorted(exact))}.", guess=near(text, exact))
    return found


# --- names ---------------------------------------------------------------------------------------------
def near(text: str, names: Iterable[str]) -> str:
    """The one of `names` that was probably meant, or nothing."""
    by_word = {normalise(name) or name: name for name in names}
    found = difflib.get_close_matches(normalise(text), by_word, n=1, cutoff=0.72)
    return by_word[found[0]] if found else ""

"""Days, in every way that people write them. Pure."""

import re
from datetime import date, datetime, timedelta

from signoff.sheets.columns import normalise
from signoff.sheets.words import BadWord, text_of

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier",
            "feb february februar fevrier",
            "mar march marz mars mrz",
            "apr april avril",
            "may mai",
            "jun june juni juin",
            "jul july juli juillet",
            "aug august aout",
            "sep sept september septembre",
            "oct october okt oktober octobre",
            "nov november novembre",
            "dec december dez dezember decembre",
        ),
        start=1,
    )
    for name in names.split()
}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
PARTS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?")
WORDS = re.compile(r"[^\W_]+")
FIRST_SERIAL, LAST_SERIAL = 1, 2_958_465  # 1900-01-01 and 9999-12-31, as spreadsheets count days
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def read_date(cell: object, day_first: bool | None) -> date:
    """A day. Raises BadWord, asking `day_first`, when day and month could be either and nobody said which."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(cell)
    return _from_text(text_of(cell).strip(), day_first)


def day_order(cell: object) -> str:
    """What a written date tells about the order: "day", "month", "either", or "" (nothing)."""
    found = PARTS.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if first == second or first == 0 or second == 0 or (first > 12 and second > 12):
        return ""
    if first > 12:
        return "day"
    return "month" if second > 12 else "either"


def _from_serial(days: float) -> date:
    packed = PACKED.fullmatch(str(int(days)))
    if not FIRST_SERIAL <= days < LAST_SERIAL + 1:
        if packed:
            return _day(int(packed[1]), int(packed[2]), int(packed[3]))
        raise BadWord("This number is not a date.")
    # Day 60 is 29 February 1900 to a spreadsheet, a day that never was.
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=int(days))


def _from_text(text: str, day_first: bool | None) -> date:
    found = ISO.fullmatch(text) or PACKED.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = PARTS.fullmatch(text)
    if found:
        return _from_parts(int(found[1]), int(found[2]), _year(found[3]), day_order(text), day_first)
    if re.fullmatch(r"\d{1,7}(?:\.\d+)?", text):
        return _from_serial(float(text))
    return _from_words(text)


def _from_parts(first: int, second: int, year: int, order: str, day_first: bool | None) -> date:
    if order == "either":
        if day_first is None:
            raise BadWord("Day or month first? This could be two days.", asks="day_first")
        order = "day" if day_first else "month"
    day, month = (second, first) if order == "month" else (first, second)
    return _day(year, month, day)


def _from_words(text: str) -> date:
    """`4 Dec 2026`, `Dec 4th, 2026`, `Fri 4. Dezember 26`."""
    words = [normalise(word) for word in WORDS.findall(text)]
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", word) for word in words]
    numbers = [word for word in numbers if word.isascii() and word.isdigit()]
    if len(months) != 1 or len(numbers) != 2 or len(words) > 4:
        raise BadWord("This is not a date.")
    day, year = numbers if len(numbers[0]) < 4 else (numbers[1], numbers[0])
    if len(day) > 2 or len(year) not in (2, 4):
        raise BadWord("This is not a date.")
    return _day(_year(year), months[0], int(day))


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise BadWord(f"This is not a date: there is no month {month}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_such_day(year, month, day) from None


def _no_such_day(year: int, month: int, day: int) -> BadWord:
    if not 1 <= year <= 9999 or day < 1:
        return BadWord("This is not a date.")
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)) if year < 9999 or month < 12 else None
    if last is None:
        return BadWord("This is not a date: December has 31 days.")
    words = f"This is not a date: {MONTH_NAMES[month - 1]} {year} has {last.day} days."
    return BadWord(words, guess=last.isoformat())

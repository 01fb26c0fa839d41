"""Where a sheet's table begins and what its columns are. Pure: no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from signoff.sheets.columns import IGNORE, LEGEND, OWN_TITLES, TRACKER, Shape, normalise
from signoff.sheets.words import Cell, is_empty, text_of
from signoff.sheets.workbook import SheetRows

LOOKED_AT = 30  # a header further down is no header
SAMPLES = 3
KEYS = ("job_number", "project")


@dataclass(slots=True)
class Heading:
    """One column of a file: where it is, what it is called, which of ours it is ("": nobody knows)."""

    index: int
    text: str
    key: str
    samples: list[str] = field(default_factory=list)
    is_second: bool = False  # another column of the file already stands for what this one would


@dataclass(slots=True)
class Table:
    """A sheet with a header. `is_own`: it is our own export, so that an empty cell means empty."""

    sheet: str
    header_row: int
    headings: list[Heading]
    rows: list[tuple[int, list[Cell]]]  # (row number as the spreadsheet shows it, cells)
    is_sure: bool
    is_own: bool = False
    skipped: list[int] = field(default_factory=list)  # rows that only divide the sheet


def find_table(sheet: SheetRows, shape: Shape, chosen: Mapping[str, str]) -> Table | None:
    """The table of a sheet, or None when nothing in it looks like one.

    `chosen` (normalised header -> key) is what somebody said about this very file; it wins.
    """
    best: tuple[int, int, list[str]] | None = None
    for index, texts in _candidates(sheet):
        score = len({key for text in texts if (key := _key(text, shape, chosen)) and key != IGNORE})
        if best is None or score > best[0]:
            best = (score, index, texts)
    if best is None:
        return None
    return _table(sheet, best[1], best[2], shape, chosen)


def _candidates(sheet: SheetRows) -> Iterator[tuple[int, list[str]]]:
    """Every row that could be a header; where two rows are one header, also both together."""
    for index, row in enumerate(sheet.rows[:LOOKED_AT]):
        texts = [text_of(cell).strip() if isinstance(cell, str) else "" for cell in row]
        if sum(1 for text in texts if text) >= 2:
            yield index, texts
        if index and _is_grouped(sheet, index - 1):
            yield index, _joined(_spread(sheet, index - 1), texts)


def _is_grouped(sheet: SheetRows, index: int) -> bool:
    return any(top[0] <= index <= bottom[0] for top, bottom in sheet.merged)


def _spread(sheet: SheetRows, index: int) -> list[str]:
    """The texts of a row with merged cells, each over all the columns it spans."""
    texts = [text_of(cell).strip() for cell in sheet.rows[index]]
    for (top, left), (bottom, right) in sheet.merged:
        if top <= index <= bottom and left < len(texts):
            source = sheet.rows[top]
            text = text_of(source[left]).strip() if left < len(source) else ""
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = text
    return texts


def _joined(above: list[str], below: list[str]) -> list[str]:
    """`Concept` over `Status` is `Concept status`; a header that spans both rows is itself."""
    pairs = zip(above, below, strict=False)
    return [low if not high or high == low else f"{high}\n{low}" if low else high for high, low in pairs]


def _key(text: str, shape: Shape, chosen: Mapping[str, str]) -> str:
    """A joined header is tried whole, then by its lower, then by its upper part."""
    parts = [text.replace("\n", " ")] + ([text.split("\n")[-1], text.split("\n")[0]] if "\n" in text else [])
    for part in parts:
        said = chosen.get(normalise(part))
        if said is not None:
            return said
    for part in parts:
        if key := shape.key_of(part):
            return key
    return ""


def _table(sheet: SheetRows, index: int, texts: list[str], shape: Shape, chosen: Mapping[str, str]) -> Table | None:
    rows = list(_rows(sheet, index, texts))
    if not rows:
        return None
    headings = _headings(texts, rows, shape, chosen)
    keys = {heading.key for heading in headings}
    is_sure = any(key in keys for key in KEYS) and len(keys - {"", IGNORE}) >= 2
    table = Table(sheet.name, index + 1, headings, rows, is_sure)
    table.is_own = sheet.name == TRACKER and set(OWN_TITLES) <= set(texts)
    _drop_dividers(table, sheet)
    return table


def _headings(
    texts: list[str], rows: list[tuple[int, list[Cell]]], shape: Shape, chosen: Mapping[str, str]
) -> list[Heading]:
    """Each of our columns is taken once: by the header that says it exactly, else by the first."""
    titles = {normalise(column.title): column.key for column in shape.columns}
    found = [(i, text, _key(text, shape, chosen)) for i, text in enumerate(texts) if text]
    exact = {key: i for i, text, key in reversed(found) if key and titles.get(normalise(text)) == key}
    taken = {key: exact.get(key, i) for i, _, key in reversed(found) if key in shape.by_key}
    headings = []
    for i, text, key in found:
        is_second = key in taken and taken[key] != i
        text = text.replace("\n", " ")
        headings.append(Heading(i, text, "" if is_second else key, _samples(rows, i), is_second))
    return headings


def _samples(rows: list[tuple[int, list[Cell]]], index: int) -> list[str]:
    found: list[str] = []
    for _, row in rows[:200]:
        text = text_of(row[index])[:60] if index < len(row) and not is_empty(row[index]) else ""
        if text and text not in found:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return found


def _rows(sheet: SheetRows, index: int, texts: list[str]) -> Iterator[tuple[int, list[Cell]]]:
    """The rows below the header, without blank ones and without the header said again."""
    said = {i: text.split("\n")[-1].casefold() for i, text in enumerate(texts) if text}
    _fill_down(sheet, index)
    for number, row in enumerate(sheet.rows[index + 1 :], start=index + 2):
        first = next((i for i, cell in enumerate(row) if cell is not None and cell != "" and not is_empty(cell)), None)
        if first is None or (_says(row, first, said) and _is_header_again(row, said)):
            continue
        yield number, row


def _says(row: list[Cell], index: int, said: dict[int, str]) -> bool:
    cell = row[index]
    return isinstance(cell, str) and cell.strip().casefold() == said.get(index)


def _is_header_again(row: list[Cell], said: dict[int, str]) -> bool:
    filled = [i for i, cell in enumerate(row) if not is_empty(cell)]
    return len(filled) >= 2 and all(_says(row, i, said) for i in filled)


def _fill_down(sheet: SheetRows, index: int) -> None:
    """A job number merged over its deliverables' rows is said in each of them."""
    for (top, left), (bottom, _) in sheet.merged:
        if top <= index or bottom == top or left >= len(sheet.rows[top]):
            continue
        for row in sheet.rows[top + 1 : bottom + 1]:
            if left < len(row) and is_empty(row[left]):
                row[left] = sheet.rows[top][left]


def _drop_dividers(table: Table, sheet: SheetRows) -> None:
    """`Q4 CAMPAIGNS`, merged over the whole row, divides the sheet and is no row of it."""
    wide = {top for (top, left), (bottom, right) in sheet.merged if bottom == top and right > left}
    kept = []
    for number, row in table.rows:
        if number - 1 in wide and sum(1 for cell in row if not is_empty(cell)) == 1:
            table.skipped.append(number)
        else:
            kept.append((number, row))
    table.rows = kept


def is_legend(sheet: SheetRows, names: set[str]) -> bool:
    """The list of accepted values that our own export carries along."""
    return sheet.name == LEGEND and TRACKER in names

"""CSV files as spreadsheets open them: with a mark that says UTF-8, and without formulas."""

import csv
import io
from collections.abc import Iterable, Iterator

MARK = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def lines_of(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file, line by line."""
    yield MARK + _line(head)
    for row in rows:
        yield _line(harmless(str(cell)) for cell in row)


def harmless(text: str) -> str:
    """A CSV file has no text cells, so what would start a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()

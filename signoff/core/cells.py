"""Cells for spreadsheet programs, in which no text is ever a formula: of workbooks, and of CSV files."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

MARK = "\ufeff"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
MOST_LETTERS = 32_767  # in a cell of a workbook
OPTIONS = {  # how every workbook is opened for writing
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Looks:
    """The few looks of a cell. `more` is what all of them have beside."""

    def __init__(self, book: xlsxwriter.Workbook, **more: object) -> None:
        plain = {"valign": "top", **more}
        self.text: Format = book.add_format(plain)
        self.quoted: Format = book.add_format({**plain, "quote_prefix": True})
        self.date: Format = book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"})


def write_cell(sheet: Worksheet, row: int, index: int, value: Any, looks: Looks) -> None:
    """Text is written as text whatever it begins with, so that no program takes it for a formula."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, index, value, looks.text)
    elif isinstance(value, int | float):
        sheet.write_number(row, index, value, looks.text)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, value, looks.date)
    else:
        text = value[:MOST_LETTERS]
        sheet.write_string(row, index, text, looks.quoted if text.startswith(DANGEROUS) else looks.text)


def lines_of(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A CSV file with a mark that says UTF-8, line by line."""
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

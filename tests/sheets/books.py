"""Making files as people send them."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> bytes:
    """A workbook of these (name, rows); dates become dates, text stays text."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "d/m/yy",
    }
    with xlsxwriter.Workbook(out, options) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None and cell != "":
                        sheet.write(index, column, cell)
    return out.getvalue()


def jobs(*rows: Sequence[Any], header: Sequence[str] = ("Job #", "Project", "Deliverable")) -> bytes:
    """A small foreign file with one sheet."""
    return xlsx(("Jobs", [header, *rows]))


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def rows_of(content: bytes, sheet: str = "Tracker") -> list[dict[str, Any]]:
    """The rows of a sheet by header."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

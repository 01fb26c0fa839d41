"""Reads one workbook from standard input, as a process of its own, and writes its cells as JSON.

The reader allocates a sheet's whole rectangle and aborts when it cannot, so it must not be the
server that dies. Run by `workbook.read_xlsx` as a plain script: it knows nothing of Signoff.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY, SECONDS = 1 << 30, 20
PASSWORD = 3  # the exit code that says: it is locked


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """Days travel as {"d": iso}; text, numbers and truth are JSON already."""
    if isinstance(cell, str | bool | float | int):
        return cell
    if isinstance(cell, datetime):
        return {"d": cell.isoformat() if cell.time() != time() else cell.date().isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, timedelta | time):
        return str(cell)
    return None


def read(content: bytes) -> dict[str, Any]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: list[dict[str, Any]] = []
    hidden: list[str] = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        sheets.append({"name": meta.name, "rows": rows, "merged": sheet.merged_cell_ranges or []})
    return {"sheets": sheets, "hidden": hidden}


def main() -> None:
    limit()
    try:
        found = read(sys.stdin.buffer.read())
    except PasswordError:
        sys.exit(PASSWORD)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()

"""A file somebody sent -> its sheets, safely. What cannot be read is refused in words.

Cheap checks of the zip come first (sizes, ratios, cells far out), then a child process with
limits does the reading, because no check catches everything.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from signoff.core.csvfile import UnreadableSheet, read_csv
from signoff.sheets import child
from signoff.sheets.words import Cell

MOST_UNPACKED, MOST_RATIO, MOST_PARTS, MOST_COLUMNS = 300 << 20, 200, 2_000, 702
SMALL_PART = 1 << 20
PIECE = 1 << 20
CHILD_TIMEOUT = 40
# Only addresses that may be too far out, so that millions of near ones cost little: from column AAA or row 10,000 on.
FAR_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{3,}|[A-Za-z]{1,2}(?=\d{5}))(\d{1,9})["']""")
UNCOUNTED = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\s[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</(?:\w+:)?c>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
)


@dataclass(slots=True)
class SheetRows:
    """One sheet: its rows as they stand, so that rows[0] is row 1; merged cells as ((row, col), (row, col))."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass(slots=True)
class Workbook:
    sheets: list[SheetRows]
    notes: list[str] = field(default_factory=list)


def read_workbook(content: bytes, file_name: str) -> Workbook:
    """The sheets of an XLSX or CSV file. Raises UnreadableSheet, in words for the person who sent it."""
    most = settings.SHEET_MAX_BYTES
    if len(content) > most:
        raise UnreadableSheet(f"The file is larger than {most >> 20} MB. Split it, or take pictures out of it.")
    if not content.strip(b"\x00\r\n\t "):
        raise UnreadableSheet("The file is empty.")
    _refuse_other_kinds(content)
    if content.startswith(b"PK"):
        return _read_xlsx(content)
    if file_name.lower().endswith((".xlsx", ".xlsm")):
        raise UnreadableSheet("The name says XLSX, but the file is none; it may be damaged. Save it again as .xlsx.")
    return Workbook([SheetRows("CSV", cast("list[list[Cell]]", read_csv(content, settings.SHEET_MAX_ROWS)))])


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UnreadableSheet("The file is protected by a password. Save a copy without one.")
        raise UnreadableSheet("This is an old .xls file (or another Office document). Save it as .xlsx.")
    for start, name in KINDS:
        if content.startswith(start):
            raise UnreadableSheet(f"This is {name}, not a spreadsheet. Send an .xlsx or .csv file.")
    if content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableSheet("This is a web page or XML, not a spreadsheet. Save it as .xlsx or .csv.")


# --- xlsx -----------------------------------------------------------------------------------------
def _read_xlsx(content: bytes) -> Workbook:
    notes = _check_zip(content)
    found = _run_child(content)
    sheets = [_sheet(one) for one in found["sheets"]]
    notes += [f"Sheet “{name}” is hidden and was not read." for name in found["hidden"]]
    for sheet in sheets:
        if len(sheet.rows) > settings.SHEET_MAX_ROWS:
            raise too_many_rows()
    return Workbook(sheets, notes)


def too_many_rows() -> UnreadableSheet:
    return UnreadableSheet(f"More than {settings.SHEET_MAX_ROWS:,} rows. Split the file.")


def _check_zip(content: bytes) -> list[str]:
    """Refuse what is no workbook or would not fit; notes about formulas without a value."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            _refuse_other_zips({part.filename for part in parts})
            return _check_parts(archive, parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise UnreadableSheet("The file is damaged or was cut off. Save it again and send it anew.") from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise UnreadableSheet("The file has too many parts for a spreadsheet.")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSheet("The file is protected by a password. Save a copy without one.")
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise UnreadableSheet("The file unpacks to far more than a spreadsheet would (a zip bomb?).")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableSheet(f"The file is larger than {MOST_UNPACKED >> 20} MB when unpacked.")


def _refuse_other_zips(names: set[str]) -> None:
    lower = {name.lower() for name in names}
    if "mimetype" in lower and "content.xml" in lower:
        raise UnreadableSheet("This is an OpenDocument file. Save it as .xlsx.")
    if "xl/workbook.bin" in lower:
        raise UnreadableSheet("This is a binary .xlsb file. Save it as .xlsx.")
    if "word/document.xml" in lower or "ppt/presentation.xml" in lower:
        raise UnreadableSheet("This is a Word or PowerPoint file, not a spreadsheet.")
    if "[content_types].xml" not in lower or "xl/workbook.xml" not in lower:
        raise UnreadableSheet("This is a zip archive, but no spreadsheet is in it. Send the .xlsx itself.")


def _check_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> list[str]:
    failed = uncounted = 0
    for part in parts:
        if part.filename.lower().endswith(".xml") and "sharedstrings" not in part.filename.lower():
            some_failed, some_uncounted = _check_part(archive, part)
            failed, uncounted = failed + some_failed, uncounted + some_uncounted
    notes = []
    if failed:
        notes.append(f"{failed} formulas show an error (such as #REF!); those cells were read as empty.")
    if uncounted:
        notes.append(
            f"{uncounted} formulas have no stored value; those cells were read as empty. "
            "Open and save the file in a spreadsheet program to store them."
        )
    return notes


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Look at far addresses, a piece at a time; count formulas that failed or were never worked out."""
    failed = uncounted = 0
    tail = b""
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            text = tail + piece
            cut = text.rfind(b"<", max(0, len(text) - 4_000)) if len(piece) == PIECE else len(text)
            done, tail = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            for column, row in FAR_CELL.findall(done):
                _refuse_far_cell(column, row)
            failed += done.count(b' t="e"')
            uncounted += len(UNCOUNTED.findall(done)) if b"<f" in done else 0
    return failed, uncounted


def _refuse_far_cell(column: bytes, row: bytes) -> None:
    if int(row) > settings.SHEET_MAX_ROWS:
        raise too_many_rows()
    if len(column) > 2:
        raise UnreadableSheet(f"Cell {column.decode()}{row.decode()} is beyond {MOST_COLUMNS} columns.")


def _run_child(content: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", str(Path(child.__file__))]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=CHILD_TIMEOUT, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableSheet("Reading the file took too long; it may be damaged.") from error
    if done.returncode == child.PASSWORD:
        raise UnreadableSheet("The file is protected by a password. Save a copy without one.")
    if done.returncode:
        raise UnreadableSheet("The file is damaged: it could not be read as a spreadsheet. Save it again.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _sheet(found: dict[str, Any]) -> SheetRows:
    rows = [[_cell(cell) if isinstance(cell, dict) else cell for cell in row] for row in found["rows"]]
    merged = [((a[0], a[1]), (b[0], b[1])) for a, b in found["merged"]]
    return SheetRows(found["name"], rows, merged)


def _cell(cell: dict[str, str]) -> Cell:
    text = cell["d"]
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)

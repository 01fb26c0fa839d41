"""Comma-separated files as people's programs write them: their encodings, their separators. Pure."""

import csv
import io

from signoff.core.errors import Invalid

SEPARATORS = (",", ";", "\t", "|")
MOST_COLUMNS = 702
LOOKED_AT = 50
csv.field_size_limit(1 << 20)


class UnreadableSheet(Invalid):
    """The file cannot be read at all. The message says what it is and what to do."""

    code = "unreadable_sheet"
    message = "This file cannot be read as a spreadsheet."


def read_csv(content: bytes, most_rows: int) -> list[list[str]]:
    """The rows of the file, one list a row; line breaks inside quotes stay in their cell. Raises UnreadableSheet."""
    text = _decode(content)
    separator, text = _separator(text)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) >= most_rows:
                raise UnreadableSheet(f"More than {most_rows:,} rows. Split the file.")
            if len(row) > MOST_COLUMNS:
                raise UnreadableSheet(f"Row {len(rows) + 1} has more than {MOST_COLUMNS} columns.")
            rows.append(list(row))
    except csv.Error as error:
        raise UnreadableSheet(f"The file is not well-formed CSV near row {len(rows) + 1}.") from error
    return rows


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    nulls = content[:1000].count(0)
    if nulls > len(content[:1000]) // 4:
        return _decoded(content, "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be")
    if nulls:
        raise UnreadableSheet("This is not a text file. Send an .xlsx or .csv file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _western(content)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSheet("The text of this file is damaged. Save it as CSV in UTF-8.") from error


def _western(content: bytes) -> str:
    """What Excel writes in western Europe; a file full of odd bytes is no text at all."""
    odd = sum(byte < 9 or 13 < byte < 32 for byte in content[:4000])
    if odd > len(content[:4000]) // 50:
        raise UnreadableSheet("This is not a text file. Send an .xlsx or .csv file.")
    return content.decode("cp1252", errors="replace")


def _separator(text: str) -> tuple[str, str]:
    """The separator that parts the first rows most evenly; Excel's own `sep=;` line is obeyed."""
    first = text[:8].lower()
    if first.startswith("sep=") and len(text) > 5 and text[5:6] in "\r\n":
        return text[4], text.split("\n", 1)[-1]
    sample = "\n".join(text.splitlines()[:LOOKED_AT])
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator)), text


def _evenness(sample: str, separator: str) -> tuple[int, int]:
    """How many rows have the commonest number of columns (above one), then how many columns that is."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator)]
    except csv.Error:
        return (0, 0)
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0, 0)
    commonest = max(set(wide), key=lambda width: (wide.count(width), width))
    return (wide.count(commonest), commonest)

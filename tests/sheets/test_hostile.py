"""Files that nobody should send: each is refused in words, and nothing is half done."""

import io
import zipfile
import zlib

import pytest
import xlsxwriter

from signoff.audit.models import Event
from signoff.core.csvfile import UnreadableSheet
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import Project
from signoff.sheets.actions import apply_good_rows, import_sheet, preview_import
from signoff.sheets.models import ImportBatch
from signoff.sheets.work import preview_of
from signoff.sheets.workbook import read_workbook
from tests.sheets.books import csv, jobs, xlsx

GOOD = jobs(["20418", "First light", "Film"])
HEADER = ["Job", "Project", "Deliverable"]
SHEET = "xl/worksheets/sheet1.xml"


def zipped(parts, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(content=GOOD, **parts):
    """The workbook with some of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return zipped(found | {name.replace("__", "/"): text for name, text in parts.items()})


def sheet_xml(cells):
    return (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + cells
        + b"</sheetData></worksheet>"
    )


def locked_zip():
    content = bytearray(GOOD)
    for start in range(len(content) - 4):
        if content[start : start + 4] == b"PK\x01\x02":
            content[start + 8] |= 1
        if content[start : start + 4] == b"PK\x03\x04":
            content[start + 6] |= 1
    return bytes(content)


FAR = sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
WIDE = sheet_xml(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>')
QUOTED = FAR.replace(b'"XFD1048576"', b"'XFD1048576'")
HIDDEN_FAR = sheet_xml(b'<row r="1"><c r = "A1"><v>1</v></c><c r\n=\n"XFD1048576"><v>1</v></c></row>')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HOSTILE = {
    "nothing at all": (b"", "The file is empty."),
    "only blanks": (b"\r\n \n", "The file is empty."),
    "a PDF": (b"%PDF-1.7 ...", "This is a PDF, not a spreadsheet."),
    "a picture named xlsx": (b"\x89PNG\r\n\x1a\n....", "This is a PNG picture, not a spreadsheet."),
    "a web page": (b"<!DOCTYPE html><html>", "This is a web page or XML, not a spreadsheet."),
    "an old xls": (OLE + b"\x00" * 600, "This is an old .xls file"),
    "a locked workbook": (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "a locked zip": (locked_zip(), "protected by a password"),
    "an ods": (zipped({"mimetype": "x", "content.xml": "x"}), "This is an OpenDocument file. Save it as .xlsx."),
    "an xlsb": (zipped({"[Content_Types].xml": "x", "xl/workbook.bin": "x"}), "This is a binary .xlsb file."),
    "a Word file": (
        zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}),
        "This is a Word or PowerPoint file",
    ),
    "any zip": (zipped({"holiday.jpg": "x"}), "This is a zip archive, but no spreadsheet is in it."),
    "cut off": (GOOD[: len(GOOD) // 2], "The file is damaged or was cut off."),
    "cut off at the end": (GOOD[:-30], "The file is damaged or was cut off."),
    "broken XML": (
        changed(xl__worksheets__sheet1=b"", **{SHEET: b"<worksheet><sheetData><row"}),
        "The file is damaged",
    ),
    "text named xlsx": (b"Job,Deliverable\n1,2\n", "The name says XLSX, but the file is none"),
    "a zip bomb": (changed(**{SHEET: sheet_xml(b" " * 60_000_000)}), "far more than a spreadsheet would"),
    "a cell far out": (changed(**{SHEET: FAR}), "More than 50,000 rows."),
    "a cell far out, in single quotes": (changed(**{SHEET: QUOTED}), "More than 50,000 rows."),
    "a cell far out, with spaces": (changed(**{SHEET: HIDDEN_FAR}), "More than 50,000 rows."),
    "a cell far to the right": (changed(**{SHEET: WIDE}), "Cell XFD1 is beyond 702 columns."),
    "too many parts": (changed(**{f"x/{n}.bin": b"" for n in range(2100)}), "too many parts"),
    "a sheet without a row": (xlsx(("Jobs", [])), "The file has no rows."),
    "only a header": (xlsx(("Jobs", [HEADER])), "No header was found."),
    "only numbers": (xlsx(("Jobs", [[1, 2], [3, 4]])), "No header was found."),
    "one column": (xlsx(("Jobs", [["Job"], ["1"], ["2"]])), "No header was found."),
}


def counts():
    return [model.objects.count() for model in (Project, Deliverable, Stage, Event, ImportBatch)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(cast, key_visual, name):
    content, words = HOSTILE[name]
    before = counts()
    for bring in (preview_import, import_sheet):
        with pytest.raises(UnreadableSheet) as refusal:
            bring(actor=cast.actor("pat"), organization=cast.organization, file_name="jobs.xlsx", content=content)
        assert words in refusal.value.message
    assert counts() == before


HOSTILE_CSV = {
    "a NUL": (b"Job,Deliverable\n1,a\x00b\n" * 3, "This is not a text file."),
    "machine code": (bytes(range(1, 256)) * 20, "This is not a text file."),
    "an open quote": (b'Job,Deliverable\n1,"' + b"x" * 1_200_000, "The file is not well-formed CSV"),
    "half a letter of UTF-16": (b"\xff\xfeJ\x00o\x00b", "The text of this file is damaged."),
    "too many columns": (b"a," * 800 + b"\n1,2\n", "Row 1 has more than 702 columns."),
    "too many rows": (b"Job,Deliverable\n" + b"1,2\n" * 50_001, "More than 50,000 rows. Split the file."),
}


@pytest.mark.parametrize("name", HOSTILE_CSV)
def test_a_hostile_csv_is_refused_in_words(cast, key_visual, name):
    content, words = HOSTILE_CSV[name]
    before = counts()
    with pytest.raises(UnreadableSheet) as refusal:
        preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name="jobs.csv", content=content)
    assert words in refusal.value.message
    assert counts() == before


def test_a_file_that_is_too_large(cast, settings):
    settings.SHEET_MAX_BYTES = 1 << 20
    with pytest.raises(UnreadableSheet, match="larger than 1 MB"):
        preview_import(
            actor=cast.actor("pat"), organization=cast.organization, file_name="a.csv", content=b"a,b\n" * 300_000
        )


def test_a_child_that_cannot_read_dies_alone(cast, monkeypatch):
    """What no check catches: the reader aborts, and the server says so."""
    broken = changed(xl__sharedStrings=b"", **{"xl/sharedStrings.xml": b"<sst", SHEET: b"\x00\x01"})
    with pytest.raises(UnreadableSheet):
        preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name="a.xlsx", content=broken)


# --- files that are odd, not hostile -------------------------------------------------------------------
@pytest.fixture
def read(cast, first_light):
    """The deliverables that a file would create, and its notes."""

    def read(content, name="jobs.xlsx"):
        batch = preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name=name, content=content)
        shown = preview_of(batch)
        assert [row["errors"] for row in shown["rows"] if row["errors"]] == []
        return [(row["row"], row["deliverable"]) for row in shown["rows"]], shown["notes"]

    return read


def test_a_header_is_found_below_a_title_and_blank_rows(read):
    rows = [
        ["Trafficking, week 48"],
        [],
        ["printed 3 Nov"],
        HEADER,
        [],
        ["20418", "", "Film"],
        [],
        ["20418", "", "Loop"],
    ]
    assert read(xlsx(("Jobs", rows))) == ([(6, "Film"), (8, "Loop")], [])


def test_a_header_that_is_said_again_is_no_row(read):
    rows = [HEADER, ["20418", "", "Film"], HEADER, ["20418", "", "Loop"]]
    assert read(xlsx(("Jobs", rows)))[0] == [(2, "Film"), (4, "Loop")]


def test_two_header_rows_with_merged_cells_are_one_header(cast, first_light):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Jobs")
        sheet.merge_range("A1:A2", "Job number")
        sheet.merge_range("B1:B2", "Asset")
        sheet.merge_range("C1:D1", "Design")
        sheet.merge_range("E1:F1", "Internal review")
        sheet.write_row("C2", ["Status", "Assignee", "Status", "Assignee"])
        sheet.merge_range("A3:A4", "20418")
        sheet.write_row("B3", ["Film", "done", "Art Maker", "In QA", "Rev Reviewer"])
        sheet.write_row("B4", ["Loop", "wip"])
        sheet.merge_range("A5:F5", "Q4")
        sheet.write_row("A6", ["20418", "Banner"])
    pat = cast.actor("pat")
    batch = preview_import(actor=pat, organization=cast.organization, file_name="a.xlsx", content=out.getvalue())
    assert preview_of(batch)["notes"] == ["Row 5 of “Jobs” only divides the sheet."]
    apply_good_rows(actor=pat, batch=batch)
    stages = Stage.objects.order_by("deliverable__position", "position")
    assert list(stages.values_list("deliverable__name", "definition__name", "status", "assignee__name")) == [
        ("Film", "Design", "approved", "Art Maker"),
        ("Film", "Internal review", "in_review", "Rev Reviewer"),
        ("Film", "Client approval", "not_started", None),
        ("Loop", "Design", "in_progress", None),
        ("Loop", "Internal review", "not_started", None),
        ("Loop", "Client approval", "not_started", None),
        ("Banner", "Design", "not_started", None),
        ("Banner", "Internal review", "not_started", None),
        ("Banner", "Client approval", "not_started", None),
    ]


def test_formulas_are_read_by_their_values(read):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", HEADER)
        sheet.write_formula("A2", "=20000+418", None, 20418)
        sheet.write_formula("C2", '="Fi"&"lm"', None, "Film")
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
    assert read(out.getvalue()) == (
        [(2, "Film")], ["1 formulas show an error (such as #REF!); those cells were read as empty."],
    )  # fmt: skip


def test_formulas_without_a_stored_value_are_told(read):
    text = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    header = b'<row r="1">' + text % (b"A1", b"Job") + text % (b"B1", b"Asset") + b"</row>"
    formula = b'<c r="C2"><f>1+1</f><v/></c></row>'
    cells = header + b'<row r="2"><c r="A2"><v>20418</v></c>' + text % (b"B2", b"Film") + formula
    rows, notes = read(changed(**{SHEET: sheet_xml(cells)}))
    assert (rows, notes[0][:40]) == ([(2, "Film")], "1 formulas have no stored value; those c")


def test_hidden_sheets_are_told_and_not_read_and_several_sheets_are(read):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, deliverable in (("One", "Film"), ("Secret", "Ghost"), ("Two", "Loop")):
            sheet = book.add_worksheet(name)
            sheet.write_row("A1", HEADER)
            sheet.write_row("A2", ["20418", "", deliverable])
            if name == "Secret":
                sheet.hide()
        book.add_worksheet("Notes").write_row("A1", ["nothing", "here"])
    assert read(out.getvalue()) == (
        [(2, "Film"), (2, "Loop")],
        [
            "Sheet “Secret” is hidden and was not read.",
            "Sheet “Notes” has no columns that are known here and was not read.",
        ],
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_its_encodings_and_separators(read, encoding, separator):
    text = f'Job{separator}Asset{separator}Notes\r\n20418{separator}Café{separator}"two\r\nlines"\r\n'
    assert read(csv(text, encoding), "jobs.csv")[0] == [(2, "Café")]


def test_excels_own_separator_line(read):
    assert read(csv("sep=;\r\nJob;Asset\r\n20418;a, b\r\n"), "jobs.csv")[0] == [(2, "a, b")]


NAMES = [
    "日本語の名前",
    "שלום",
    "😀🎬",
    'O\'Brien "quoted"',
    "<script>alert(1)</script>",
    "a" * 200,
    "Ｆｕｌｌ",
    "İstanbul",
    "ﷺ",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_every_script(read, name):
    assert read(jobs(["20418", "", name]))[0] == [(2, name)]


BAD_CELLS = {
    "NUL": ("a\x00b", "Control characters cannot be stored here; type the text again."),
    "a bell": ("a\x07b", "Control characters cannot be stored here; type the text again."),
    "10,000 characters": ("x" * 10_000, "At most 200 characters, this has 10000."),
}


@pytest.mark.parametrize("what", BAD_CELLS)
def test_cells_that_cannot_be_stored(cast, first_light, what):
    text, reason = BAD_CELLS[what]
    content = jobs(["20418", "", text], ["20418", "", "Good"])
    batch = preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name="a.xlsx", content=content)
    rows = preview_of(batch)["rows"]
    assert [(e["column"], e["reason"]) for e in rows[0]["errors"]] == [("Deliverable", reason)]
    assert [row["kind"] for row in rows] == ["error", "created"]


def test_zlib_is_checked_too():
    """A part whose bytes do not unpack is damage, not a crash."""
    content = bytearray(GOOD)
    middle = GOOD.index(b"xl/worksheets/sheet1.xml") + 60
    content[middle : middle + 40] = zlib.compress(b"nonsense")[:40].ljust(40, b"\xff")
    with pytest.raises(UnreadableSheet):
        read_workbook(bytes(content), "a.xlsx")

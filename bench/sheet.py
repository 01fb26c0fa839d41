"""The seed's deliverables as the spreadsheet that somebody would bring: one row each, with the status of its stages."""

from io import BytesIO
from uuid import uuid4

from xlsxwriter import Workbook

from bench import spec
from bench.httpc import Request
from bench.seed import STATUS

HEADS = ["Job number", "Project", "Deliverable", "Type", "Due", "Notes", *(f"{name} status" for name in spec.STAGES)]


def workbook(job_number: str, rows: int) -> bytes:
    """A project of so many deliverables as XLSX."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tracker")
        sheet.write_row(0, 0, HEADS)
        for number in range(rows):
            said = spec.deliverable(1, number)
            statuses = [STATUS[spec.status_of(1, number, stage)] for stage in range(len(spec.STAGES))]
            row = [job_number, "Imported", said["name"], "Shot", "2026-05-04", said["description"], *statuses]
            sheet.write_row(number + 1, 0, row)
    return made.getvalue()


def upload(path: str, content: bytes) -> Request:
    """The workbook as a form's file."""
    mark = uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="bench.xlsx"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    return Request("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

"""A producer's spreadsheet becomes work on the board, by the real worker; and comes out again as it is."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from signoff.audit.models import Event
from signoff.deliverables.board import grid_json
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import CustomField, Project
from signoff.sheets.models import ImportBatch, SheetMapping
from tests.sheets.books import jobs

pytestmark = pytest.mark.django_db(transaction=True)
FILE = [
    ["OMG #", "Job title", "Brand", "Producer", "Asset", "Format", "Stage", "Deadline", "€ media"],
    [
        "20501",
        "Winter range",
        "Ardent Running",
        "Pat Producer",
        "Key visual",
        "3000 x 2000",
        "WIP",
        "04/12/2026",
        "12 k",
    ],
    [
        "20501",
        "Winter range",
        "Ardent Running",
        "Pat Producer",
        "Film 30s",
        "1920 x 1080",
        "In QA",
        "05/12/2026",
        "90 k",
    ],
    [
        "20501",
        "Winter range",
        "Ardent Running",
        "Pat Producer",
        "Banner",
        "300 x 250",
        "on the easel",
        "06/12/2026",
        "",
    ],
    ["20502", "Sleeper trains", "Norra Rail", "Pat Producer", "Radio", "20 s", "Approved by client", "31/11/2026", ""],
]


@pytest.fixture
def pat(cast, campaign):
    client = Client()
    client.force_login(cast.pat, backend="django.contrib.auth.backends.ModelBackend")
    return client


def counts():
    return [model.objects.count() for model in (Project, Deliverable, Stage, CustomField)]


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_sheet_becomes_work_on_the_board_and_comes_out_again(cast, pat, run_jobs):
    # the file goes in; the worker reads it
    file = SimpleUploadedFile("trafficking.xlsx", jobs(*FILE[1:], header=FILE[0]))
    page = pat.post("/imports", {"file": file})
    batch = ImportBatch.objects.get()
    assert (page.status_code, page["Location"], batch.state) == (302, f"/imports/{batch.pk}", "reading")
    assert "Reading the file" in text_of(pat.get(f"/imports/{batch.pk}"))
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["created"], batch.counts["error"]) == ("preview", 0, 4)

    # what is not clear is answered once
    shown = text_of(pat.get(f"/imports/{batch.pk}"))
    assert "“Ardent Running” does not exist." in shown
    assert "November 2026 has 30 days" in shown
    address = f"/imports/{batch.pk}/mending"
    pat.post(address, {"asks": "client_team", "word": "Ardent Running", "meaning": "create"})
    pat.post(address, {"asks": "status", "word": "on the easel", "meaning": "in_progress"})
    pat.post(address, {"sheet": "Jobs", "row": "5", "key": "due", "value": "2026-11-30"})
    columns = {"header": ["€ media"], "key": ["keep"]}
    assert pat.post(f"/imports/{batch.pk}/columns", columns).status_code == 302
    batch.refresh_from_db()
    assert (batch.counts["created"], batch.counts["error"], counts()) == (4, 0, [0, 0, 0, 0])

    # it is applied by the worker, in one act
    assert pat.post(f"/imports/{batch.pk}/application").status_code == 302
    assert pat.post(f"/imports/{batch.pk}/application").status_code == 302
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.progress, counts()) == ("applied", 100, [2, 4, 12, 1])
    assert "Undo this import" in text_of(pat.get(f"/imports/{batch.pk}"))
    assert set(Event.objects.filter(act=batch.act).values_list("verb", flat=True)) == {
        "project.opened", "deliverable.added", "client_team.added", "custom_field.added", "import.applied",
    }  # fmt: skip

    # the board shows where everything stands
    winter = Project.objects.get(job_number="20501")
    grid = json.loads(grid_json(winter.pk))
    status = grid["columns"].index("status")
    name, custom = grid["columns"].index("name"), grid["columns"].index("custom")
    assert [(row[name], row[status], row[custom]) for row in grid["rows"]] == [
        ("Key visual", "in_progress", {"media": "12 k"}),
        ("Film 30s", "in_review", {"media": "90 k"}),
        ("Banner", "in_progress", {}),
    ]
    assert pat.get(f"/projects/{winter.pk}/board").status_code == 200

    # it comes out, and goes in again without a difference
    out = pat.get("/export.xlsx")
    again = pat.post("/imports", {"file": SimpleUploadedFile("signoff.xlsx", out.content)})
    run_jobs()
    second = ImportBatch.objects.order_by("-id").first()
    assert again["Location"].endswith(str(second.pk))
    assert (second.state, second.counts["unchanged"]) == ("preview", 4)
    assert [second.counts[kind] for kind in ("created", "changed", "error")] == [0, 0, 0]

    # what was learnt is kept, and the import is taken back whole
    assert SheetMapping.objects.get().statuses == {"on the easel": "in_progress"}
    assert pat.post(f"/imports/{batch.pk}/reversal").status_code == 302
    assert counts() == [0, 0, 0, 0]
    assert "taken back" in text_of(pat.get(f"/imports/{batch.pk}"))


def test_a_file_that_cannot_be_read_says_so_on_its_page(pat, run_jobs):
    pat.post("/imports", {"file": SimpleUploadedFile("cat.xlsx", b"\x89PNG....")})
    run_jobs()
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.content) == ("failed", None)
    assert "This is a PNG picture, not a spreadsheet." in text_of(pat.get(f"/imports/{batch.pk}"))

"""A producer's spreadsheet on its way to the board in Chromium, read and written by the real worker."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from signoff.accounts.models import ClientTeam
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import Project
from signoff.sheets.models import ImportBatch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = "\n".join(
    [
        "Traffic sheet week 48;;;;;",
        "OMG #;Job title;Brand;Asset;Stage;Deadline",
        "20501;Winter range;Kolibri Drinks;Key visual;WIP;14/12/2026",
        "20501;Winter range;Kolibri Drinks;Radio 20 s;Approved by client;31/11/2026",
    ]
)


def test_a_spreadsheet_becomes_cards_on_the_board_and_comes_out_as_it_is(campaign, enter, run_jobs, tmp_path: Path):
    file = tmp_path / "week48.csv"
    file.write_text(SHEET)
    pat = enter("pat")

    pat.goto("/imports")
    pat.set_input_files("input[type=file]", file)
    expect(pat.get_by_role("progressbar")).to_be_visible()
    run_jobs()
    expect(pat.get_by_role("heading", name="week48.csv")).to_be_visible(timeout=15_000)
    row = pat.locator("tr.reason-row", has_text="November 2026 has 30 days")
    row.get_by_role("textbox").fill("30/11/2026")
    row.get_by_role("button", name="Use").click()
    expect(pat.locator("tr.reason-row")).to_have_count(0)
    assert (Project.objects.count(), Deliverable.objects.count()) == (0, 0)

    pat.get_by_role("button", name="Apply").click()
    expect(pat.get_by_role("progressbar")).to_be_visible()
    run_jobs()
    expect(pat.get_by_role("status").filter(has_text="Done: 2 rows created")).to_be_visible(timeout=15_000)
    project = Project.objects.get(job_number="20501")
    assert project.client_team == ClientTeam.objects.get(name="Kolibri Drinks")
    assert Stage.objects.count() == 6

    pat.goto(f"/projects/{project.pk}/board")
    expect(pat.locator(".board-col[data-status=in_progress]")).to_contain_text("Key visual")
    expect(pat.locator(".board-col[data-status=approved]")).to_contain_text("Radio 20 s")

    pat.goto("/dashboard")
    with pat.expect_download() as download:
        pat.get_by_role("link", name="Export Full XLSX").click()
    export = tmp_path / "export.xlsx"
    download.value.save_as(export)
    pat.goto("/imports")
    pat.set_input_files("input[type=file]", export)
    expect(pat.get_by_role("progressbar")).to_be_visible()
    run_jobs()
    expect(pat.get_by_role("heading", name="export.xlsx")).to_be_visible(timeout=15_000)
    counts = ImportBatch.objects.order_by("-id")[0].counts
    assert {kind: counts[kind] for kind in ("created", "changed", "unchanged", "error")} == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
        "error": 0,
    }

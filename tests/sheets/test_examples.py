"""The example files of docs/ do what the guide says of them."""

from pathlib import Path

import pytest

from signoff.projects.models import Project
from signoff.sheets.actions import apply_good_rows, map_import, preview_import
from signoff.sheets.work import preview_of

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def bring(cast, campaign):
    def bring(name):
        content = (DOCS / name).read_bytes()
        return preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name=name, content=content)

    return bring


def test_the_tracker_example_asks_about_every_row_in_a_house_that_knows_none_of_its_clients(bring):
    batch = bring("example-tracker.xlsx")
    assert (batch.state, batch.counts["created"], batch.counts["error"]) == ("preview", 0, 15)


def test_the_foreign_example_has_one_error_and_one_unknown_column(bring, cast):
    batch = bring("example-foreign.csv")
    shown = preview_of(batch)
    assert (batch.counts["created"], batch.counts["error"]) == (4, 1)
    assert [(r["row"], e["value"]) for r in shown["rows"] for e in r["errors"]] == [(7, "31/11/2026")]
    assert [q["header"] for q in shown["questions"]] == ["€ media"]
    assert shown["notes"] == ["Dates are read day first, since row 4 says 14/12/2026."]
    batch = map_import(actor=cast.actor("pat"), batch=batch, mapping={"headers": {"€ media": "keep"}})
    apply_good_rows(actor=cast.actor("pat"), batch=batch)
    statuses = Project.objects.get(job_number="30201").deliverables.values_list("name", "status", "priority", "custom")
    assert list(statuses) == [
        ("Hero image", "in_progress", "urgent", {"media": "4200"}),
        ("Story 9:16", "in_review", "normal", {"media": "900"}),
        ("Newsletter head", "approved", "low", {}),
    ]

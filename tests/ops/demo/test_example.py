from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from signoff.accounts.actors import actor_of_member
from signoff.accounts.models import Membership, Organization
from signoff.core.actor import Actor
from signoff.sheets.actions import preview_import
from signoff.sheets.models import ImportBatch
from signoff.sheets.work import preview_of
from tools.example_sheets import write_tracker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "example-tracker.xlsx"


def ida() -> Actor:
    return actor_of_member(Membership.objects.select_related("user").get(user__email="ida@fieldhouse.example"))


def preview(mapping: dict[str, object] | None = None) -> ImportBatch:
    fieldhouse = Organization.objects.get(slug="fieldhouse-studio")
    content = EXAMPLE.read_bytes()
    return preview_import(
        actor=ida(), organization=fieldhouse, file_name=EXAMPLE.name, content=content, mapping=mapping
    )


def figures(batch: ImportBatch) -> dict[str, int]:
    return {name: batch.counts[name] for name in ("created", "changed", "unchanged", "error")}


def test_the_example_shows_every_kind_of_row_and_asks_two_things():
    batch = preview()
    assert figures(batch) == {"created": 10, "changed": 1, "unchanged": 1, "error": 3}
    questions = [(one["kind"], one.get("word") or one.get("header")) for one in preview_of(batch)["questions"]]
    assert questions == [("header", "Print run"), ("status", "With legal")]


def test_an_answer_mends_what_was_asked():
    batch = preview({"statuses": {"With legal": "in_review"}, "headers": {"Print run": "keep"}})
    assert figures(batch) == {"created": 11, "changed": 1, "unchanged": 1, "error": 2}


def test_the_committed_file_is_what_the_tool_writes(tmp_path):
    write_tracker(tmp_path / "again.xlsx")
    again, committed = (CalamineWorkbook.from_path(path) for path in (tmp_path / "again.xlsx", EXAMPLE))
    sheet = "Q1 2027"
    assert again.get_sheet_by_name(sheet).to_python() == committed.get_sheet_by_name(sheet).to_python()

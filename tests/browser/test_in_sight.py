"""What is there to press is in sight, however many views, however long the names, however small the window."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from signoff.accounts.actions import save_view
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.sheets.actions import preview_import
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TRACKER = Path(__file__).resolve().parents[2] / "docs" / "example-tracker.xlsx"
Desk = Callable[[str], Page]


def box(page: Page, name: str) -> tuple[float, float]:
    found = page.get_by_role("button", name=name).bounding_box()
    assert found
    return found["x"], found["x"] + found["width"]


@pytest.mark.parametrize("width", [1440, 1024])
def test_many_saved_views_scroll_and_leave_the_buttons_of_the_grid_alone(
    at_desk: Desk, cast: Cast, first_light: Project, key_visual: Deliverable, width: int
) -> None:
    for number in range(8):
        save_view(
            actor=cast.actor("pat"), organization=cast.organization, name=f"What Mei retouches, week {number}",
            page="grid", query=f"find={number}", project_id=first_light.pk,
        )  # fmt: skip
    page = at_desk("pat")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/projects/{first_light.pk}?find=7")
    expect(page.get_by_role("tab", selected=True)).to_have_text(re.compile("week 7"))
    expect(page.get_by_role("tab", selected=True)).to_be_in_viewport()
    assert box(page, "Columns")[1] <= width
    assert box(page, "Filter")[0] > page.get_by_role("tablist").bounding_box()["x"]  # type: ignore[index]


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_an_import_with_a_long_name_and_long_reasons_can_be_answered(at_desk: Desk, cast: Cast, width: int) -> None:
    name = "Studio tracker of the first quarter, with everything that came in until Friday noon, final 2.xlsx"
    batch = preview_import(
        actor=cast.actor("pat"), organization=cast.organization, file_name=name, content=TRACKER.read_bytes()
    )
    page = at_desk("pat")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/imports/{batch.pk}?stay=1")
    assert box(page, "Throw away")[1] <= width
    for skip in page.get_by_role("button", name="Skip row").all():
        skip.scroll_into_view_if_needed()
        place = skip.bounding_box()
        assert place and place["x"] + place["width"] <= width
    assert page.locator(".import-rows").evaluate("rows => rows.scrollLeft") == 0


def test_a_line_of_the_activity_is_wide_enough_to_read_on_a_phone(
    at_desk: Desk, cast: Cast, key_visual: Deliverable
) -> None:
    page = at_desk("pat")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/deliverables/{key_visual.pk}")
    page.get_by_role("button", name=re.compile("^(Start|Mark done|Hand in)")).first.click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(f"/projects/{key_visual.project_id}/activity")
    line = page.locator(".diary li p").first.bounding_box()
    assert line and line["width"] > 250

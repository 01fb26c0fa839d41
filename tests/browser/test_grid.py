"""The grid as people use it: with the keyboard, from a spreadsheet, two at once."""

from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from signoff.deliverables.models import Deliverable, StageStatus
from signoff.projects.models import Project
from tests import factories
from tests.browser.real_server import Enter

pytestmark = pytest.mark.browser
NAMES = ["Bus stop", "Key visual", "Tram wrap"]
DESIGN, REVIEW = 4, 5  # columns, after the four frozen ones


@pytest.fixture
def wall(enter: Enter, first_light: Project) -> list[Deliverable]:
    return [factories.deliverable(first_light, name) for name in NAMES]


def grid(page: Page, project: Project, query: str = "") -> Locator:
    page.goto(f"/projects/{project.pk}{query}")
    page.wait_for_selector("[data-ready]")
    table = page.locator("table.tracker")
    table.focus()
    return table


def cell(page: Page, name: str, column: int) -> Locator:
    row = page.locator("tr.tracker-row", has=page.get_by_role("link", name=name, exact=True))
    return row.locator(f'[aria-colindex="{column + 1}"]')


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_stage_is_moved_and_undone_with_the_keyboard(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    expect(page.get_by_role("listbox")).to_contain_text("In progress")

    press(page, "2")

    expect(cell(page, "Key visual", DESIGN)).to_have_attribute("data-status", "in_progress")
    expect(page.locator(".grid-foot")).to_contain_text("Design of Key visual: In progress")
    assert factories.stage(wall[1], "Design").status == StageStatus.IN_PROGRESS

    press(page, "Control+z")

    expect(cell(page, "Key visual", DESIGN)).to_have_attribute("data-status", "not_started")
    assert factories.stage(wall[1], "Design").status == StageStatus.NOT_STARTED


def test_a_move_that_is_not_legal_cannot_be_picked_and_says_why(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    closed = page.get_by_role("option", name="Approved")
    expect(closed).to_have_attribute("aria-disabled", "true")
    expect(closed).to_contain_text("after review")
    press(page, "5")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert factories.stage(wall[0], "Internal review").status == StageStatus.NOT_STARTED


def test_a_simple_approval_is_given_in_the_grid_and_taken_back(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Enter", "3")
    expect(cell(page, "Bus stop", REVIEW)).to_have_attribute("data-status", "in_review")
    press(page, "Enter", "5")
    expect(page.locator(".grid-foot")).to_contain_text("Internal review of Bus stop: Approved")
    assert factories.stage(wall[0], "Internal review").status == StageStatus.APPROVED
    press(page, "Control+z")
    expect(cell(page, "Bus stop", REVIEW)).to_have_attribute("data-status", "in_review")


def test_name_and_date_are_typed_in_place(enter: Enter, wall: list[Deliverable], first_light: Project) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "Enter")
    page.keyboard.type("Bus stop <b>peach</b>")
    press(page, "Tab", "Enter")
    page.get_by_label("Due of").fill("2031-05-04")
    press(page, "Enter")
    expect(cell(page, "Bus stop <b>peach</b>", 2)).to_have_text("4 May 2031")
    row = Deliverable.objects.get(pk=wall[0].pk)
    expect(page.locator(".grid-foot")).to_contain_text("Due of Bus stop <b>peach</b> changed")
    row.refresh_from_db()
    assert (row.name, row.due_on) == ("Bus stop <b>peach</b>", date(2031, 5, 4))


def test_cells_of_a_spreadsheet_are_pasted_over_a_range(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "ArrowRight")
    page.evaluate("navigator.clipboard.writeText('2031-01-02\\tR0/3\\tIn progress\\n3.1.2031\\t\\tWIP\\nsoon\\t2\\t')")

    press(page, "Control+v")

    expect(cell(page, "Key visual", 2)).to_have_text("3 Jan 2031")
    expect(cell(page, "Key visual", DESIGN)).to_have_attribute("data-status", "in_progress")
    expect(page.get_by_role("alert")).to_contain_text("“soon” is no date")
    expect(page.locator(".grid-foot")).to_contain_text("deliverables changed")
    found = {
        row.name: (row.due_on, row.rounds_included, factories.stage(row, "Design").status)
        for row in Deliverable.objects.filter(project=first_light)
    }
    assert found == {
        "Bus stop": (date(2031, 1, 2), 3, "in_progress"),
        "Key visual": (date(2031, 1, 3), None, "in_progress"),
        "Tram wrap": (None, 2, "not_started"),
    }


def test_a_range_is_copied_as_a_spreadsheet_reads_it(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Bus stop\t\tR0\tNot started\nKey visual\t\tR0\tNot started"


def test_rows_pasted_below_the_last_one_become_deliverables(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light)
    page.evaluate("navigator.clipboard.writeText('Poster, A1\\tPrint\\nBanner\\tWeb\\t300 × 600\\t2031-02-03')")
    press(page, "Control+End", "Control+v")
    page.get_by_role("button", name="Add 2 deliverables").click()
    expect(page.locator(".grid-foot")).to_contain_text("5 deliverables")
    added = Deliverable.objects.filter(project=first_light).exclude(pk__in=[row.pk for row in wall])
    assert sorted(added.values_list("name", "kind", "specification", "due_on")) == [
        ("Banner", "Web", "300 × 600", date(2031, 2, 3)),
        ("Poster, A1", "Print", "", None),
    ]


def test_the_first_deliverable_of_a_project_is_added_from_the_empty_page(enter: Enter, first_light: Project) -> None:
    page = enter("pat")
    page.goto(f"/projects/{first_light.pk}")
    page.get_by_label("Name of the first deliverable").fill("Poster, A1")
    press(page, "Enter")
    expect(cell(page, "Poster, A1", DESIGN)).to_have_attribute("data-status", "not_started")
    assert list(Deliverable.objects.values_list("name", flat=True)) == ["Poster, A1"]


def test_many_rows_change_at_once_and_back(enter: Enter, wall: list[Deliverable], first_light: Project) -> None:
    page = enter("pat")
    grid(page, first_light)
    press(page, "Control+a")
    page.get_by_role("button", name="Priority").click()
    press(page, "4")
    expect(page.locator(".grid-foot")).to_contain_text("Priority of 3 deliverables changed")
    priorities = Deliverable.objects.filter(project=first_light).values_list("priority", flat=True)
    assert list(priorities) == ["urgent"] * 3
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.locator(".grid-foot")).not_to_contain_text("Priority of 3")
    expect(page.locator("tr.tracker-row .tone-danger")).to_have_count(0)
    assert list(priorities.all()) == ["normal"] * 3


def test_what_another_person_changes_appears_by_itself(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    pat, art = enter("pat"), enter("art")
    grid(pat, first_light)
    grid(art, first_light)
    pat.wait_for_timeout(500)
    press(art, "ArrowRight", "ArrowRight", "ArrowRight", "Enter", "2")
    expect(cell(pat, "Bus stop", DESIGN)).to_have_attribute("data-status", "in_progress")


def test_two_who_change_one_name_see_both_and_choose(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    pat, ada = enter("pat"), enter("ada")
    grid(pat, first_light)
    grid(ada, first_light)
    press(pat, "Enter")
    pat.keyboard.type("Pat’s name")
    press(ada, "Enter")
    ada.keyboard.type("Ada’s name")
    press(ada, "Enter")
    expect(cell(ada, "Ada’s name", 1)).to_be_visible()
    pat.wait_for_timeout(400)
    expect(pat.get_by_label("Deliverable of Bus stop")).to_have_value("Pat’s name")

    press(pat, "Enter")

    both = pat.get_by_role("alertdialog")
    expect(both).to_contain_text("Ada’s name")
    expect(both).to_contain_text("Pat’s name")
    both.get_by_role("button", name="Set mine").click()
    expect(cell(ada, "Pat’s name", 1)).to_be_visible()
    assert Deliverable.objects.get(pk=wall[0].pk).name == "Pat’s name"


def test_a_filter_is_in_the_address_and_survives_a_reload(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("mia")
    grid(page, first_light)
    press(page, "/")
    page.keyboard.type("key")
    expect(page.locator("tr.tracker-row")).to_have_count(1)
    page.wait_for_url("**?q=key")
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(page.locator(".grid-foot")).to_contain_text("1 of 3 deliverables")


def test_a_view_is_saved_shared_and_found_by_another(
    enter: Enter, wall: list[Deliverable], first_light: Project
) -> None:
    page = enter("pat")
    grid(page, first_light, "?status=in_review")
    page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name of this view").fill("In review now")
    page.get_by_label("Everyone in the studio sees it").check()
    press(page, "Enter")
    expect(page.get_by_role("tab", name="In review now")).to_have_attribute("aria-selected", "true")

    art = enter("art")
    grid(art, first_light)
    art.get_by_role("tab", name="In review now").click()
    art.wait_for_url("**?status=in_review**")

"""The board as people use it: cards by mouse and by keyboard, and what others do."""

import pytest
from playwright.sync_api import Locator, Page, expect

from signoff.deliverables.models import Deliverable, StageStatus
from tests import factories
from tests.browser.real_server import Enter

pytestmark = pytest.mark.browser


def board(page: Page, row: Deliverable) -> Locator:
    page.goto(f"/projects/{row.project_id}/board")
    page.wait_for_selector("[data-mounted]")
    return page.locator(f'[data-id="{row.pk}"]')


def column(page: Page, status: str) -> Locator:
    return page.locator(f'.board-cards[data-column="{status}"]')


def test_a_card_is_dragged_to_a_column_that_takes_it_and_back_by_undo(enter: Enter, key_visual: Deliverable) -> None:
    page = enter("pat")
    board(page, key_visual)
    card = page.locator(f'[data-id="{key_visual.pk}"]')
    box, target = card.bounding_box(), column(page, "in_progress").bounding_box()
    assert box and target
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 40, steps=12)
    expect(column(page, "approved")).to_have_class("board-cards cannot-drop")
    page.mouse.up()
    expect(column(page, "in_progress").locator(".board-card")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="Key visual: In progress")).to_be_visible()
    assert factories.stage(key_visual, "Design").status == StageStatus.IN_PROGRESS

    page.get_by_role("button", name="Undo").click()

    expect(column(page, "not_started").locator(".board-card")).to_have_count(1)
    assert factories.stage(key_visual, "Design").status == StageStatus.NOT_STARTED


def test_a_card_goes_by_its_menu_and_the_closed_columns_say_why(enter: Enter, key_visual: Deliverable) -> None:
    page = enter("pat")
    board(page, key_visual).focus()
    page.keyboard.press("m")
    expect(page.get_by_role("option", name="Approved other")).to_contain_text("other stages are still open")
    page.keyboard.press("1")
    expect(page.get_by_role("status").filter(has_text="Key visual: In progress")).to_be_visible()
    expect(column(page, "in_progress").locator(".board-card")).to_have_count(1)
    assert factories.stage(key_visual, "Design").status == StageStatus.IN_PROGRESS


def test_what_another_person_moves_goes_over_by_itself(enter: Enter, key_visual: Deliverable) -> None:
    pat, art = enter("pat"), enter("art")
    board(pat, key_visual)
    board(art, key_visual).focus()
    pat.wait_for_timeout(500)
    art.keyboard.press("m")
    art.keyboard.press("2")
    expect(column(pat, "in_review").locator(".board-card")).to_have_count(1)

"""Looking at rounds by keyboard: files, pages and the full screen."""

import pytest
from playwright.sync_api import Page, expect

from signoff.feedback import actions as feedback
from signoff.revisions.process import process_file
from tests.browser.test_upload import open_page
from tests.browser.waiting import until
from tests.files import picture, send

__all__ = ["open_page"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNT = 10


@pytest.fixture
def many_files(cast, key_visual):
    """A round of more pictures than fit beside each other."""
    art = cast.actor("art")
    datas = [picture(96, 64, colour=f"#10{number:02x}40") for number in range(COUNT)]
    uploads = [send(art, key_visual, data, f"banner_{number}.png").pk for number, data in enumerate(datas, 1)]
    revision = feedback.submit_round(actor=art, deliverable=key_visual, uploads=uploads)
    for file in revision.files.all():
        process_file(file.pk)
    return revision


def shown(page: Page) -> str | None:
    return page.locator("#round-viewer img").get_attribute("alt")


def press(page: Page, key: str) -> None:
    """Once what came last listens to keys."""
    page.locator("#rounds[data-ready]").wait_for(state="attached")
    page.keyboard.press(key)


def step(page: Page, key: str, name: str) -> None:
    press(page, key)
    expect(page.locator("#round-viewer img")).to_have_attribute("alt", name)


def test_the_full_screen_stays_from_file_to_file_and_gives_the_focus_back(many_files, open_page):
    page = open_page("art")
    page.get_by_role("button", name="Full screen", exact=True).focus()
    page.keyboard.press("Enter")
    until(page, "document.fullscreenElement")
    step(page, "ArrowRight", "banner_2.png")
    assert page.evaluate("document.fullscreenElement?.localName") == "main"
    expect(page.locator("#round-viewer")).to_be_visible()
    expect(page.locator("#round-bar")).to_be_hidden()
    press(page, "f")
    until(page, "!document.fullscreenElement")
    expect(page.get_by_role("button", name="Full screen", exact=True)).to_be_focused()
    assert shown(page) == "banner_2.png"


def test_the_file_that_is_looked_at_is_in_sight_in_its_strip(many_files, open_page):
    page = open_page("art")
    for number in range(2, COUNT + 1):
        step(page, "ArrowRight", f"banner_{number}.png")
        expect(page.locator(".round-file[aria-current]")).to_be_in_viewport(ratio=0.9)


def test_the_dialog_gives_the_focus_to_its_button_when_nothing_had_it(many_files, open_page):
    page = open_page("art")
    page.keyboard.press("u")
    expect(page.locator(".round-dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Choose files")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".round-dialog")).to_be_hidden()
    expect(page.locator(".deliverable-head [data-new-round]")).to_be_focused()

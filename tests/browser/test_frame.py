"""Around every page, as a person lives it: signing in, finding the way by keyboard, light and dark."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from signoff.accounts.models import User
from tests import factories
from tests.browser.conftest import listened_to
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.browser
Desk = Callable[[str], Page]


def test_a_new_person_signs_in_and_chooses_a_password(
    transactional_db: None, cast: Cast, page: Page, complaints: list[str]
) -> None:
    cache.clear()
    User.objects.filter(pk=cast.art.pk).update(must_change_password=True)
    listened_to(page, complaints).goto("/inbox")
    page.keyboard.type(cast.art.email)
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("E-mail and password do not match.")
    expect(page.get_by_label("E-mail")).to_have_value(cast.art.email)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose your password")).to_be_visible()
    for text in (PASSWORD, "correct horse battery", "correct horse battery"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/dashboard$"))


def test_the_palette_finds_and_goes_by_keyboard_alone(at_desk: Desk, cast: Cast) -> None:
    project = factories.project(cast.organization, "Winter range")
    page = at_desk("pat")
    page.goto("/inbox")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("winter")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Winter range")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/projects/{project.pk}"))


def test_the_palette_gives_the_focus_back(at_desk: Desk) -> None:
    page = at_desk("pat")
    page.goto("/inbox")
    page.get_by_role("button", name="Mark all read").focus()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Mark all read")).to_be_focused()


def test_the_shortcuts_of_the_page_are_listed_and_work(at_desk: Desk) -> None:
    page = at_desk("pat")
    page.goto("/change-password")
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Shortcuts")
    expect(dialog.get_by_text("Go to Inbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile("/inbox$"))


def test_the_theme_and_the_sidebar_stay_as_they_were_left(at_desk: Desk, cast: Cast) -> None:
    page = at_desk("pat")
    page.goto("/inbox")
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="Switch between light and dark").click()
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="Collapse or widen the sidebar").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "signoff-dark")
    expect(page.locator("body")).to_have_class(re.compile("is-rail"))
    assert User.objects.get(pk=cast.pat.pk).preferences == {"theme": "dark", "sidebar": "rail"}


def test_signing_out_closes_the_door(at_desk: Desk) -> None:
    page = at_desk("pat")
    page.goto("/inbox")
    page.get_by_role("button", name="Pat Producer").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.go_back()
    page.goto("/inbox")
    expect(page).to_have_url(re.compile("/sign-in"))


@pytest.mark.parametrize("width", [390, 1024, 1440])
def test_no_page_is_wider_than_its_window(at_desk: Desk, width: int) -> None:
    page = at_desk("pat")
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/inbox", "/change-password", "/nothing"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width

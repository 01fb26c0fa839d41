"""Settings as an admin lives them: what is shown once, what is undone, how the house looks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from signoff.accounts.models import ClientTeam, Organization
from tests.cast import Cast

pytestmark = pytest.mark.browser
Desk = Callable[[str], Page]


def test_a_key_is_copied_from_the_page_that_shows_it_once(at_desk: Desk) -> None:
    page = at_desk("ada")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/settings/keys")
    page.get_by_label("Name").fill("Nightly import")
    page.get_by_role("checkbox", name="read Look").check()
    page.get_by_role("button", name="Issue and show the key").click()
    secret = page.locator("#secret").inner_text()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    assert re.fullmatch(r"so_[0-9a-f]{8}_[\w-]{43}", secret)
    page.goto("/settings/keys")
    expect(page.get_by_text(secret)).to_have_count(0)


def test_an_archived_team_comes_back_with_undo(at_desk: Desk, cast: Cast) -> None:
    page = at_desk("ada")
    page.goto(f"/settings/teams/{cast.kolibri.pk}")
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("Kolibri Drinks is archived.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Kolibri Drinks is back.")).to_be_visible()
    assert not ClientTeam.objects.filter(archived_on__isnull=False).exists()


def test_the_preview_follows_the_colours_and_saving_makes_them_the_pages(at_desk: Desk, cast: Cast) -> None:
    page = at_desk("ada")
    page.goto("/settings/branding")
    expect(page.locator("[data-island='settings/colour'][data-mounted]")).to_have_count(2)
    page.get_by_label("Accent", exact=True).fill("#b3264e")
    expect(page.get_by_label("Accent: pick")).to_have_value("#b3264e")
    primary = page.locator(".brand-sample .btn-primary").first
    expect(primary).to_have_css("background-color", "rgb(179, 38, 78)")
    page.get_by_label("Product name").fill("Ardent Desk")
    expect(page.locator(".brand-side b").first).to_have_text("Ardent Desk")
    page.get_by_role("button", name="Save branding").click()
    expect(page.get_by_text("The branding is saved.")).to_be_visible()
    expect(page.get_by_role("button", name="Save branding")).to_have_css("background-color", "rgb(179, 38, 78)")
    assert Organization.objects.get(pk=cast.organization.pk).branding == {
        "product": "Ardent Desk",
        "accent": "#b3264e",
    }


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_settings_page_is_wider_than_the_window(at_desk: Desk, width: int) -> None:
    page = at_desk("ada")
    page.set_viewport_size({"width": width, "height": 844})
    wide = {}
    for name in (
        "pipelines",
        "pipelines/new",
        "stages",
        "fields",
        "import-mapping",
        "branding",
        "people",
        "people/invitations/many",
        "teams",
        "organization",
        "keys",
    ):
        page.goto(f"/settings/{name}")
        wide[name] = page.evaluate(
            "[document.documentElement, document.querySelector('.settings-body')]"
            ".some((part) => part.scrollWidth > part.clientWidth)"
        )
    assert wide == dict.fromkeys(wide, False)

"""The Entra story in a browser: below a path, on the real server, with a provider of its own origin."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from signoff.accounts.models import Membership
from tests.browser.real_server import Site
from tests.cast import PASSWORD, Cast
from tests.files import keep_files_in
from tests.openid import CLIENT_ID, OTHER_TENANT, SECRET, TENANT, Authority, colleague

pytestmark = pytest.mark.browser
PATH = "/tracker"


@pytest.fixture
def tracker(transactional_db: None, authority: Authority, site_media: Path) -> Iterator[str]:
    """The address of a Signoff below /tracker that is set up for one tenant of Microsoft."""
    site = Site(
        site_media,
        SIGNOFF_BASE_PATH=PATH,
        AUTH_ENTRA_ENABLED="true",
        AZURE_CLIENT_ID=CLIENT_ID,
        AZURE_CLIENT_SECRET=SECRET,
        AZURE_TENANT_ID=TENANT,
        AZURE_SERVER_URL=f"{authority.address}/{TENANT}/v2.0",
    )
    site.address += PATH
    site.set("SIGNOFF_PUBLIC_URL", site.address)
    try:
        site.start()
        yield site.address
    finally:
        site.stop()


@pytest.fixture
def window(
    tracker: str, cast: Cast, browser: Browser, settings: Any, site_media: Path, media: Path
) -> Iterator[Callable[[], Page]]:
    """`window()`: the sign-in page in a browser of its own. What breaks the policy or a script fails the test."""
    keep_files_in(settings, site_media)
    cache.clear()
    contexts, wrong = [], []

    def open_window() -> Page:
        context = browser.new_context(locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
        page.goto(f"{tracker}/sign-in")
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert wrong == []


def come(page: Page, name: str) -> None:
    page.get_by_role("button", name="Sign in with Microsoft").click()
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
    page.get_by_role("link", name=name, exact=True).click()


def test_the_entra_story(window: Callable[[], Page], tracker: str, cast: Cast, authority: Authority) -> None:
    house = cast.organization
    house.domains, house.joins_by_sso = ["fieldhouse.example"], True
    house.sso_rules = [{"group": "g-kolibri", "role": "client_viewer", "teams": [str(cast.kolibri.pk)]}]
    house.save()
    authority.people = {
        "Nora": colleague(1, "nora@fieldhouse.example", "Nora New"),
        "Kim": colleague(2, "kim@fieldhouse.example", "Kim Client", groups=["g-kolibri"]),
        "Foreign": colleague(3, "foreign@fieldhouse.example", tid=OTHER_TENANT),
        "Eve": colleague(4, cast.ada.email, "Eve Evil"),
        "Pat": colleague(5, "pat.private@nowhere.example", "Pat"),
    }
    nora, kim, foreign, eve, pat = (window() for _ in range(5))

    come(nora, "Nora")
    nora.wait_for_url(f"{tracker}/dashboard")
    expect(nora.locator(".person-button")).to_contain_text("Nora New")

    come(kim, "Kim")
    kim.wait_for_url(f"{tracker}/dashboard")
    member = Membership.objects.get(user__email="kim@fieldhouse.example")
    assert (member.role, list(member.client_teams.all())) == ("client_viewer", [cast.kolibri])

    come(foreign, "Foreign")
    expect(foreign.get_by_text("This is an account of another organisation at Microsoft.")).to_be_visible()

    come(eve, "Eve")
    expect(eve.get_by_role("heading", name=re.compile("nobody invited you here"))).to_be_visible()
    eve.goto(f"{tracker}/dashboard")
    assert "/sign-in" in eve.url

    pat.fill("input[name=login]", cast.pat.email)
    pat.fill("input[name=password]", PASSWORD)
    pat.keyboard.press("Enter")
    pat.wait_for_url(f"{tracker}/dashboard")
    pat.goto(f"{tracker}/account")
    pat.get_by_role("button", name="Connect Microsoft").click()
    pat.get_by_role("link", name="Pat", exact=True).click()
    expect(pat.get_by_text("Microsoft is connected.")).to_be_visible()
    again = window()
    come(again, "Pat")
    again.wait_for_url(f"{tracker}/dashboard")
    expect(again.locator(".person-button")).to_contain_text("Pat Producer")

"""People at their browsers: Chromium on a real server, signed in by their session."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.real_server import enter, site, site_media, site_process
from tests.cast import Cast

__all__ = ["enter", "site", "site_media", "site_process"]  # fixtures

SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What the browser complained about on pages of `at_desk`: scripts that broke, rules of the policy broken."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def at_desk(
    transactional_db: None, cast: Cast, context: BrowserContext, live_server: LiveServer, complaints: list[str]
) -> Callable[[str], Page]:
    """`at_desk("pat")`: a page of the browser in which this person is signed in."""

    def sit_down(name: str) -> Page:
        client = Client()
        client.force_login(cast.people[name], backend=SIGNED_IN_BY)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return listened_to(context.new_page(), complaints)

    return sit_down


def listened_to(page: Page, complaints: list[str]) -> Page:
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    return page


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, object], live_server: LiveServer) -> dict[str, object]:
    return {**browser_context_args, "base_url": live_server.url, "viewport": {"width": 1280, "height": 800}}

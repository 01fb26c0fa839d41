"""Second factors as a person lives them: a passkey of Chromium's virtual device, an app whose codes we compute."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from signoff.accounts.models import Organization, User
from tests.browser.conftest import listened_to
from tests.cast import PASSWORD, Cast
from tests.factors import code

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at_door(transactional_db: None, cast: Cast, context: BrowserContext, complaints: list[str]) -> Callable[[], Page]:
    """A page before the door, in a browser whose device makes passkeys; on localhost, where they work without TLS."""
    cache.clear()

    def come() -> Page:
        page = listened_to(context.new_page(), complaints)
        device: CDPSession = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return page

    return come


def sign_in(page: Page, user: User) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("your account")).first.click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def add_passkey(page: Page, name: str) -> None:
    page.goto("/account")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the passkey").click()


def test_a_passkey_is_added_named_used_and_removed(at_door: Callable[[], Page], cast: Cast) -> None:
    page = at_door()
    sign_in(page, cast.pat)
    expect(page).to_have_url(re.compile("/dashboard$"))
    add_passkey(page, "Studio laptop")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text("Rename").click()
    page.get_by_label("Name of the passkey").fill("Desk")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The passkey has its new name.")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(re.compile("/dashboard$"))
    sign_out(page)

    sign_in(page, cast.pat)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/dashboard$"))
    page.goto("/account")
    page.get_by_role("link", name="Remove Desk").click()
    expect(page.get_by_text("It is your last one.")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Desk is removed.")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That passkey is not known here.")).to_be_visible()


def test_an_app_is_set_up_and_signs_in_with_its_codes(at_door: Callable[[], Page], cast: Cast) -> None:
    page = at_door()
    sign_in(page, cast.pat)
    expect(page).to_have_url(re.compile("/dashboard$"))
    page.goto("/account")
    page.get_by_role("link", name="Set up an authenticator app").click()
    expect(page.get_by_role("img", name="QR code")).to_have_js_property("complete", True)
    secret = page.locator(".account-key").inner_text().replace(" ", "")
    page.get_by_label("Type the code").fill(code(secret=secret))
    page.get_by_role("button", name="Set up").click()
    first = page.locator(".account-codes pre").inner_text().splitlines()[0]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert first in download.value.path().read_text()
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)

    sign_in(page, cast.pat)
    page.get_by_label("Code of your authenticator app").fill(code(1, secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/dashboard$"))
    sign_out(page)

    for words in (re.compile("/dashboard$"), re.compile("/sign-in/second-factor$")):
        sign_in(page, cast.pat)
        page.get_by_label("Code of your authenticator app").fill(first)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_url(words)
        if "dashboard" in page.url:
            sign_out(page)
    expect(page.get_by_text("was used before")).to_be_visible()


def test_who_must_have_one_is_led_through_it(at_door: Callable[[], Page], cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(second_factor_roles=["producer"])
    page = at_door()
    sign_in(page, cast.pat)
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    page.goto("/projects")
    page.get_by_role("link", name=re.compile("A passkey")).click()
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    page.goto("/projects")
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()

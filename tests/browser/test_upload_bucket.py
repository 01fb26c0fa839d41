"""Files that go straight from the browser into a bucket, past the server."""

import hashlib
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from signoff.revisions.models import MediaFile
from tests.browser.real_server import Site
from tests.browser.test_upload import SOON, choose, row_of, slow_down, visit_row, wait_until_half
from tests.browser.waiting import until
from tests.cast import PASSWORD
from tests.integrations.storage.conftest import KEYS, bucket, make_s3, s3_server

__all__ = ["bucket", "make_s3", "s3_server"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MB = 1000 * 1000


@pytest.fixture(scope="module")
def site_process(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory, bucket: str, s3_server: str
) -> Iterator[Site]:
    """A Signoff that keeps its files in the bucket."""
    keys = {
        "S3_ACCESS_KEY_ID": KEYS["access_key"],
        "S3_SECRET_ACCESS_KEY": KEYS["secret_key"],
        "S3_REGION": KEYS["region"],
    }
    where = {"SIGNOFF_STORAGE": "s3", "S3_BUCKET": bucket, "S3_ENDPOINT_URL": s3_server}
    site = Site(tmp_path_factory.mktemp("unused"), **where, **keys)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def test_a_file_goes_to_the_bucket_in_parts_and_goes_on_after_a_reload(
    site_process, cast, key_visual, browser, make_s3, tmp_path
):
    hero = tmp_path / "hero.tif"
    hero.write_bytes(os.urandom(40 * MB))
    page, complaints = signed_in(browser, site_process.address, cast.art.email)
    visit_row(page, key_visual)
    lift = slow_down(page, 6)
    choose(page, hero)
    wait_until_half(page, "hero.tif")
    until(page, "Object.keys(localStorage).some((key) => key.startsWith('signoff.parts.'))")
    page.reload()
    lift()

    puts = []
    page.on("request", lambda request: puts.append(request.url) if request.method == "PUT" else None)
    page.locator(".upload-tray-face").click(timeout=SOON)
    expect(row_of(page, "hero.tif")).to_contain_text("% is here")
    choose(page, hero)
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    page.get_by_role("button", name="Add round 1", exact=True).click()
    expect(page.locator(".toast-item")).to_contain_text("Round 1 is here", timeout=SOON)

    file = MediaFile.objects.get()
    assert (
        hashlib.sha256(b"".join(make_s3().read(file.key))).hexdigest() == hashlib.sha256(hero.read_bytes()).hexdigest()
    )
    assert 0 < len(puts) < 3  # of three parts
    assert complaints == []
    page.context.close()


def signed_in(browser: Browser, address: str, email: str) -> tuple[Page, list[str]]:
    """A page, and what the browser complains about on it: broken scripts, rules of the policy broken."""
    page = browser.new_context(base_url=address).new_page()
    complaints: list[str] = []
    page.on("dialog", lambda question: question.accept())
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.goto("/sign-in")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/dashboard")
    return page, complaints

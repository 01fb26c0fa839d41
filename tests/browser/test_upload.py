"""Files on their way into a round, through all that may happen to a browser, a network and a server meanwhile."""

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from signoff.deliverables.models import Deliverable
from signoff.revisions.models import MediaFile, Revision, Upload
from tests.browser.real_server import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MB = 1000 * 1000
SOON = 20_000
SENT: list[int] = []


@pytest.fixture
def on_disk(tmp_path: Path) -> Callable[[str, int], Path]:
    """`on_disk("hero.tif", 20)`: a file of 20 MB that is like no other."""

    def write(name: str, megabytes: int) -> Path:
        path = tmp_path / name
        path.write_bytes(os.urandom(megabytes * MB))
        return path

    return write


@pytest.fixture
def open_page(enter, key_visual):
    """`open_page("art")`: the deliverable's page, ready to take files."""

    def visit(name: str) -> Page:
        page = enter(name)
        page.on("dialog", lambda question: question.accept())  # "leave this page?"
        visit_row(page, key_visual)
        return page

    return visit


def visit_row(page: Page, row: Deliverable) -> None:
    page.goto(f"/deliverables/{row.pk}")
    page.wait_for_selector("[data-island='revisions/uploader'][data-ready]", state="attached")


def slow_down(page: Page, megabytes: float) -> Callable[[], None]:
    """So many MB a second upwards from now on; call the answer to lift that."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def limit(rate: float) -> None:
        conditions = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": rate}
        session.send("Network.emulateNetworkConditions", conditions)

    limit(megabytes * MB)
    return lambda: limit(-1)


def choose(page: Page, *files: Path) -> None:
    """Choose files in the dialog, which opens for it."""
    if not page.locator(".round-dialog[open]").count():
        page.get_by_role("link", name="New round").click()
    page.locator("[data-input]").set_input_files(list(files))


def row_of(page: Page, name: str):
    return page.locator(".upload-row").filter(has_text=name)


def wait_until_half(page: Page, name: str) -> None:
    """Between a third and the end."""
    bar = row_of(page, name).get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", re.compile(r"^(3[5-9]|[4-8]\d)$"), timeout=SOON)


def sums(*files: Path) -> list[tuple[str, str]]:
    return [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files]


def kept(media: Path) -> list[tuple[str, str]]:
    """The files of the round, with the sums of what the storage really has."""
    found = MediaFile.objects.order_by("position")
    return [(file.name, hashlib.sha256((media / file.key).read_bytes()).hexdigest()) for file in found]


def bytes_sent(page: Page) -> list[int]:
    """Fills with the size of each piece that the page sends from now on."""
    sent: list[int] = []
    page.on("request", lambda request: sent.append(piece_of(request)) if request.method == "PATCH" else None)
    return sent


def piece_of(request) -> int:
    return int(request.headers.get("upload-offset", "0"))


def test_three_files_outlive_the_loss_of_the_network(key_visual, open_page, on_disk, site_media):
    files = [on_disk("hero.tif", 12), on_disk("film.mov", 10), on_disk("legal.pdf", 1)]
    page = open_page("art")
    lift = slow_down(page, 6)
    choose(page, *files)
    page.get_by_label("What changed").fill("New headline")
    page.get_by_role("button", name="Add round 1 when they are here").click()
    expect(page.locator("[data-sum]")).to_have_text("Round 1 is made as soon as the files are here")
    wait_until_half(page, "hero.tif")

    page.context.set_offline(True)
    expect(row_of(page, "hero.tif")).to_contain_text("Waiting for the network")
    page.keyboard.press("Escape")
    expect(page.locator(".upload-tray")).to_contain_text("Waiting for the network")
    assert Revision.objects.count() == 0
    page.context.set_offline(False)
    lift()

    expect(page.locator(".toast-item")).to_contain_text("Round 1 is here", timeout=SOON)
    revision = Revision.objects.get()
    assert (revision.deliverable, revision.note) == (key_visual, "New headline")
    assert kept(site_media) == sums(*files)
    expect(page.locator("#deliverable-head")).to_contain_text("R1", timeout=SOON)
    expect(page.locator(".upload-tray")).to_be_hidden()

    page.locator(".toast-item [data-undo]").click()
    expect(page.locator(".toast-list")).to_contain_text("Round 1 is taken back", timeout=SOON)
    assert Revision.objects.count() == 0


def test_after_a_reload_only_the_rest_is_sent(key_visual, open_page, on_disk, site_media):
    hero, small = on_disk("hero.tif", 16), on_disk("legal.pdf", 1)
    page = open_page("art")
    slow_down(page, 5)
    choose(page, hero, small)
    page.get_by_label("What changed").fill("The sun is lower")
    expect(row_of(page, "legal.pdf")).to_contain_text("Here", timeout=SOON)
    wait_until_half(page, "hero.tif")
    page.reload()

    expect(page.locator(".upload-tray")).to_contain_text("2 files of a round that was not finished", timeout=SOON)
    expect(page.locator(".upload-tray")).to_contain_text(re.compile(r"hero.tif \d\d %"))
    offsets = bytes_sent(page)
    page.locator(".upload-tray-face").click()
    expect(page.get_by_label("What changed")).to_have_value("The sun is lower")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose the file again: hero.tif").click()
    chooser.value.set_files(hero)
    expect(page.locator("[data-sum]")).to_have_text("All 2 files are here", timeout=SOON)
    page.get_by_role("button", name="Add round 1", exact=True).click()

    expect(page.locator(".toast-item")).to_contain_text("Round 1 is here", timeout=SOON)
    assert kept(site_media) == sums(hero, small)
    assert [offset > 3 * MB for offset in offsets] == [True]
    assert Upload.objects.count() == 0


def test_a_server_that_dies_in_the_middle_costs_nothing(key_visual, open_page, on_disk, site_media, site_process: Site):
    files = [on_disk("hero.tif", 14), on_disk("film.mov", 14)]
    page = open_page("art")
    lift = slow_down(page, 6)
    choose(page, *files)
    page.get_by_role("button", name="Add round 1 when they are here").click()
    wait_until_half(page, "hero.tif")
    site_process.kill()
    expect(row_of(page, "hero.tif")).to_contain_text("goes on by itself", timeout=SOON)
    site_process.start()
    lift()
    expect(page.locator(".toast-item")).to_contain_text("Round 1 is here", timeout=2 * SOON)
    assert kept(site_media) == sums(*files)


def test_a_pause_lasts_until_it_is_lifted_and_the_order_is_the_one_that_was_given(open_page, on_disk, site_media):
    hero, film = on_disk("hero.tif", 12), on_disk("film.mov", 1)
    page = open_page("art")
    lift = slow_down(page, 5)
    choose(page, hero, film)
    wait_until_half(page, "hero.tif")
    page.get_by_role("button", name="Pause: hero.tif").press("Enter")
    expect(row_of(page, "hero.tif")).to_contain_text("Paused at")
    expect(page.get_by_role("button", name="Go on: hero.tif")).to_be_focused()
    page.get_by_role("button", name="Move up: film.mov").press("Enter")
    expect(page.get_by_role("button", name="Move down: film.mov")).to_be_focused()
    lift()
    expect(row_of(page, "film.mov")).to_contain_text("Here", timeout=SOON)
    page.wait_for_timeout(700)
    expect(row_of(page, "hero.tif")).to_contain_text("Paused at")
    page.get_by_role("button", name="Go on: hero.tif").press("Enter")
    expect(page.locator("[data-said]")).to_have_text("All 2 files are here", timeout=SOON)
    page.get_by_role("button", name="Add round 1", exact=True).click()
    expect(page.locator(".toast-item")).to_contain_text("Round 1 is here", timeout=SOON)
    assert kept(site_media) == sums(film, hero)

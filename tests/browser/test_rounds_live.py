"""Rounds as people see them become: previews that arrive by themselves, a film that cannot be shown, another try."""

import hashlib
import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from signoff.revisions.models import MediaFile
from tests.browser.test_upload import SOON, choose, kept, row_of, slow_down, sums, visit_row, wait_until_half
from tests.browser.waiting import until
from tests.integrations.media.making import clip, pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def noisy_picture(path: Path) -> Path:
    """Some 9 MB that no compression makes small."""
    Image.frombytes("RGB", (2000, 1500), os.urandom(2000 * 1500 * 3)).save(path)
    return path


def add_round(page: Page) -> None:
    expect(page.locator("[data-sum]")).to_contain_text("here", timeout=SOON)
    page.get_by_role("button", name="Add round 1", exact=True).click()
    expect(page.locator(".toast-item")).to_contain_text("Round 1 is here", timeout=SOON)


def test_three_files_outlive_the_network_and_their_thumbnails_come_by_themselves(
    enter, key_visual, run_jobs, site_media, tmp_path
):
    (tmp_path / "copy.pdf").write_bytes(pdf(["0.9 0.4 0.2 rg 0 0 200 100 re f", "0 0 1 rg 0 0 200 100 re f"]))
    files = [noisy_picture(tmp_path / "hero.png"), clip(tmp_path / "film.mp4"), tmp_path / "copy.pdf"]
    page, onlooker = enter("art"), enter("pat")
    visit_row(onlooker, key_visual)
    visit_row(page, key_visual)
    lift = slow_down(page, 4)
    choose(page, *files)
    wait_until_half(page, "hero.png")
    page.context.set_offline(True)
    expect(row_of(page, "hero.png")).to_contain_text("Waiting for the network")
    page.context.set_offline(False)
    lift()
    add_round(page)
    assert kept(site_media) == sums(*files)

    for one in (page, onlooker):
        expect(one.locator("#round-files .thumb.is-working")).to_have_count(3, timeout=SOON)
    run_jobs()
    for one in (page, onlooker):  # neither was touched since
        expect(one.locator("#round-files img.thumb")).to_have_count(3, timeout=SOON)
        expect(one.locator("#round-rail img.thumb")).to_have_count(1)
        until(one, "[...document.querySelectorAll('#round-files img')].every((img) => img.naturalWidth > 0)")


def test_a_broken_film_shows_its_error_and_is_shown_once_it_can_be_read(
    enter, key_visual, run_jobs, site_media, tmp_path
):
    film = clip(tmp_path / "film.mp4", frames=50)
    whole = film.read_bytes()
    film.write_bytes(whole[:400])  # cut off in a bad transfer: its name and first bytes still say that it is a film
    page = enter("art")
    visit_row(page, key_visual)
    choose(page, film)
    add_round(page)
    run_jobs()

    failed = page.locator(".viewer-failed")
    expect(failed).to_contain_text("No preview of film.mp4", timeout=SOON)
    said = failed.locator("p").nth(1).inner_text()
    assert said and "Traceback" not in said
    failed.get_by_role("button", name="Retry").click()
    expect(page.locator(".viewer-doing")).to_be_visible(timeout=SOON)
    run_jobs()
    expect(failed).to_contain_text(said, timeout=SOON)  # nothing about it is better now
    assert (
        hashlib.sha256((site_media / MediaFile.objects.get().key).read_bytes()).digest()
        == hashlib.sha256(whole[:400]).digest()
    )

    (site_media / MediaFile.objects.get().key).write_bytes(whole)  # as if the disk had been mended
    failed.get_by_role("button", name="Retry").click()
    expect(page.locator(".viewer-doing")).to_be_visible(timeout=SOON)
    run_jobs()
    expect(page.locator("video.viewer-media")).to_have_attribute("src", re.compile("."), timeout=SOON)
    until(page, "document.querySelector('video').readyState > 0")

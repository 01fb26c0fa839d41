"""The dialog of a new round: what it asks, and how it takes each refusal."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from signoff.deliverables.models import Deliverable
from signoff.revisions.models import MediaFile, Revision, Upload
from tests.browser.test_axe import AXE, RUN, SHOWS
from tests.browser.test_upload import SOON, choose, kept, on_disk, open_page, row_of, sums
from tests.files import add_round
from tests.revisions.test_coming import ask_for_changes

__all__ = ["on_disk", "open_page"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make_round(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"Add round {number}", exact=True).click()


def is_made(page: Page, number: int) -> None:
    expect(page.locator(".toast-list")).to_contain_text(f"Round {number} is here", timeout=SOON)
    expect(page.locator(".round-dialog")).to_be_hidden()


def test_a_round_beyond_the_agreed_ones_needs_a_reason(cast, key_visual, open_page, on_disk):
    ask_for_changes(cast, key_visual, "Internal review", "Bigger logo.")
    Deliverable.objects.filter(pk=key_visual.pk).update(rounds_included=0)
    page = open_page("art")
    choose(page, on_disk("hero.png", 1))
    expect(page.locator(".round-dialog")).to_contain_text("No rounds were agreed; this is number 1.")
    expect(page.locator(".round-answers")).to_contain_text("Bigger logo.")
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    make_round(page, 1)
    reason = page.get_by_label("Why is there one more?")
    expect(reason).to_be_focused()
    expect(page.locator(".field-error")).to_have_text("Say why there is one more round.")
    reason.fill("New copy from legal")
    expect(page.locator(".field-error")).to_have_count(0)
    page.get_by_label("Chargeable").uncheck()
    make_round(page, 1)
    is_made(page, 1)
    revision = Revision.objects.get()
    assert (revision.reason, revision.is_chargeable) == ("New copy from legal", False)


def test_an_allowance_that_ran_out_meanwhile_is_asked_for_at_its_place(key_visual, open_page, on_disk):
    page = open_page("art")
    choose(page, on_disk("hero.png", 1))
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    page.get_by_label("What changed").fill("First idea")
    Deliverable.objects.filter(pk=key_visual.pk).update(rounds_included=0)
    make_round(page, 1)
    expect(page.locator(".field-error")).to_contain_text("0 rounds were agreed", timeout=SOON)
    expect(page.get_by_label("What changed")).to_have_value("First idea")
    page.get_by_label("Why is there one more?").fill("It was agreed by phone")
    make_round(page, 1)
    is_made(page, 1)


def test_the_same_files_once_more_are_asked_about(cast, key_visual, open_page, on_disk):
    hero = on_disk("hero.png", 1)
    add_round(cast.actor("pat"), key_visual, hero.read_bytes(), name="hero.png")
    page = open_page("art")
    choose(page, hero)
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    make_round(page, 2)
    question = page.get_by_role("alert").filter(has_text="These are the files of round 1, byte for byte.")
    expect(question).to_be_visible(timeout=SOON)
    assert Revision.objects.count() == 1
    page.get_by_role("button", name="Make the round all the same").click()
    is_made(page, 2)


def test_somebody_elses_round_in_between_is_told_of(cast, key_visual, open_page, on_disk):
    page = open_page("art")
    choose(page, on_disk("hero.png", 1))
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    add_round(cast.actor("pat"), key_visual)
    make_round(page, 1)
    expect(page.get_by_role("alert").first).to_contain_text("yours would be round 2", timeout=SOON)
    expect(page.get_by_role("heading", name="Round 2 of Key visual")).to_be_visible()
    assert Revision.objects.count() == 1
    make_round(page, 2)
    is_made(page, 2)


def test_files_of_the_last_round_are_replaced_until_somebody_spoke(cast, key_visual, open_page, on_disk, site_media):
    revision = add_round(cast.actor("art"), key_visual)
    hero = on_disk("hero.png", 1)
    page = open_page("art")
    choose(page, hero)
    page.get_by_label("Replace the files of round 1 instead").check()
    expect(page.get_by_label("What changed")).to_be_hidden()
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    page.get_by_role("button", name="Replace the files of round 1", exact=True).click()
    expect(page.locator(".toast-list")).to_contain_text("Round 1 has its new files", timeout=SOON)
    assert [one.pk for one in Revision.objects.all()] == [revision.pk]
    assert kept(site_media) == sums(hero)


def test_a_file_that_can_never_be_sent_is_offered_to_be_taken_away(key_visual, open_page, on_disk, tmp_path: Path):
    empty = tmp_path / "empty.png"
    empty.write_bytes(b"")
    page = open_page("art")
    choose(page, on_disk("hero.png", 1), empty)
    expect(page.locator("[data-sum]")).to_have_text("1 of 2 files are here", timeout=SOON)
    make_round(page, 1)
    expect(page.get_by_role("alert").first).to_contain_text("empty.png cannot be sent.")
    assert Revision.objects.count() == 0
    page.get_by_role("button", name="Take it away", exact=True).click()
    make_round(page, 1)
    is_made(page, 1)
    assert [file.name for file in MediaFile.objects.all()] == ["hero.png"]


def test_a_refused_file_says_why_and_an_upload_that_is_gone_comes_again(key_visual, open_page, on_disk, tmp_path: Path):
    empty = tmp_path / "empty.png"
    empty.write_bytes(b"")
    page = open_page("art")
    choose(page, on_disk("hero.png", 1), empty)
    expect(row_of(page, "empty.png")).to_contain_text("This file is empty (0 bytes)")
    expect(row_of(page, "empty.png").get_by_role("button", name="Try again")).to_have_count(0)
    page.get_by_role("button", name="Take away: empty.png").click()
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    Upload.objects.all().delete()
    make_round(page, 1)
    expect(row_of(page, "hero.png")).to_contain_text("This upload is over", timeout=SOON)
    page.get_by_role("button", name="Try again: hero.png").click()
    expect(page.locator("[data-sum]")).to_have_text("The file is here", timeout=SOON)
    make_round(page, 1)
    is_made(page, 1)
    assert [file.name for file in MediaFile.objects.all()] == ["hero.png"]


DROP = """(names) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File([name.repeat(1000)], name, { lastModified: 1 }));
    const say = (kind) => document.body.dispatchEvent(
        new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    say("dragenter");
    const seen = !document.querySelector(".drop-page")?.hidden;
    say("dragover");
    say("drop");
    return seen;
}"""


def test_files_are_dropped_anywhere_on_the_page(key_visual, open_page):
    page = open_page("art")
    assert page.evaluate(DROP, ["a.png", "b.png"]) is True
    expect(page.locator(".upload-row")).to_have_count(2)
    expect(page.locator("[data-sum]")).to_have_text("All 2 files are here", timeout=SOON)
    page.evaluate(DROP, ["b.png", "c.png"])
    expect(page.locator("[data-sum]")).to_contain_text("3 files are here", timeout=SOON)


def test_a_picture_is_a_round_in_three_requests(key_visual, open_page, on_disk):
    page = open_page("art")
    page.get_by_role("link", name="New round").click()
    asked: list[str] = []
    ours = ("/uploads", "/rounds")
    page.on("request", lambda one: asked.append(one.method) if any(word in one.url for word in ours) else None)
    choose(page, on_disk("hero.png", 20))
    page.get_by_role("button", name="Add round 1").click()
    is_made(page, 1)
    assert [method for method in asked if method != "GET"] == ["POST", "PATCH", "POST"]


def test_who_only_looks_has_nothing_to_drop_on(enter, key_visual):
    page = enter("rev")
    page.goto(f"/deliverables/{key_visual.pk}")
    page.wait_for_selector("[data-island='deliverable/page'][data-ready]")
    expect(page.locator("[data-new-round], .drop-page, .upload-tray")).to_have_count(0)


def test_axe_finds_nothing_in_the_dialog_or_the_tray(cast, key_visual, open_page, on_disk):
    ask_for_changes(cast, key_visual, "Internal review", "Bigger logo.")
    Deliverable.objects.filter(pk=key_visual.pk).update(rounds_included=0)
    page = open_page("art")
    choose(page, on_disk("hero.png", 1), on_disk("film.mov", 1))
    expect(page.locator("[data-sum]")).to_have_text("All 2 files are here", timeout=SOON)
    page.context.set_offline(True)
    page.evaluate(DROP, ["c.png"])
    expect(row_of(page, "c.png")).to_contain_text("Waiting for the network")
    page.evaluate(AXE.read_text())
    found = findings(page)
    page.keyboard.press("Escape")
    expect(page.locator(".upload-tray")).to_be_visible()
    assert found + findings(page) == []


def findings(page: Page) -> list[str]:
    """What axe says of the page as it is, in each of the ways it is shown."""
    found = []
    for theme, width in SHOWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{theme} {width}: {one}" for one in page.evaluate(RUN, theme == "dark")]
    return found

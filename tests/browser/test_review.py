"""The review page at work: pictures to their pixels, pages and their words, sounds, what cannot be seen, keys."""

import io
import re

import pytest
from playwright.sync_api import expect
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from signoff.feedback.actions import add_comment, submit_round
from signoff.feedback.models import Comment
from signoff.feedback.said import Said
from signoff.feedback.shapes import Place
from signoff.revisions.models import MediaFile, Rendition, RenditionKind, Revision
from signoff.revisions.process import process_file
from signoff.revisions.storage import storage
from tests.browser.test_axe import AXE, ICONS, RUN, SHOWS
from tests.browser.waiting import until
from tests.files import noise, picture, send
from tests.integrations.media.making import clip, numbered, tone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURE = "document.querySelector('.view-picture')"

ON_WORDS = f"""(() => {{
  const words = document.querySelector(".textLayer span").getBoundingClientRect();
  const page = {PICTURE}.getBoundingClientRect();
  return [(words.left - page.left) / page.width, (words.bottom - page.top) / page.height];
}})()"""


@pytest.fixture
def round_of(enter, cast, key_visual):
    """`round_of(("hero.png", data), …)`: a round of these files, and where it is reviewed."""

    def made(*files, rendered=True):
        art = cast.actor("art")
        key_visual.refresh_from_db()
        uploads = [send(art, key_visual, data, name).pk for name, data in files]
        revision = submit_round(actor=art, deliverable=key_visual, uploads=uploads, same_is_meant=True)
        for file in revision.files.all() if rendered else ():
            process_file(file.pk)
        return f"/deliverables/{key_visual.pk}/review"

    return made


def document(pages, encrypt=None):
    made = io.BytesIO()
    paper = canvas.Canvas(made, pagesize=(400, 600), encrypt=encrypt)
    for number in range(1, pages + 1):
        paper.drawString(60, 500, f"Sparkling tea number {number}, nothing hidden")
        paper.showPage()
    paper.save()
    return made.getvalue()


def opened(page, address):
    page.goto(address)
    page.locator("[data-ready]").wait_for()
    return page


def where(page):
    """The picture's box in its frame: left, top, width, height in whole pixels."""
    return page.evaluate(f"['left', 'top', 'width', 'height'].map((n) => Math.round(parseFloat({PICTURE}.style[n])))")


def test_a_picture_is_seen_to_its_pixels_and_moved_about(round_of, enter):
    page = opened(enter("art"), round_of(("hero.png", picture(4000, 3000))))
    said = page.locator(".zoom-said")
    expect(said).to_have_text(re.compile(r"^Fit \d+ %$"))
    fitted, lies = said.text_content(), where(page)
    before = page.locator(".view-picture img").get_attribute("src")
    box = page.locator(".view").bounding_box()
    page.keyboard.press("Shift+)")
    expect(said).to_have_text("100 %")
    assert where(page)[2:] == [4000, 3000]
    expect(page.locator(".view-picture img")).not_to_have_attribute("src", before)  # the original now
    until(page, "document.querySelector('.view-picture img').naturalWidth === 4000")

    left, top, *_ = where(page)
    middle = (box["x"] + 300, box["y"] + 300)
    for button, key in (("middle", None), ("left", "Space")):
        page.mouse.move(*middle)
        page.keyboard.down(key) if key else None
        page.mouse.down(button=button)
        page.mouse.move(middle[0] - 50, middle[1] - 20)
        page.mouse.up(button=button)
        page.keyboard.up(key) if key else None
    assert where(page)[:2] == [left - 100, top - 40]

    page.mouse.move(*middle)
    held = page.evaluate(
        f"({middle[0] - box['x']} - parseFloat({PICTURE}.style.left)) / parseFloat({PICTURE}.style.width)"
    )
    page.mouse.wheel(0, -240)
    now = page.evaluate(
        f"({middle[0] - box['x']} - parseFloat({PICTURE}.style.left)) / parseFloat({PICTURE}.style.width)"
    )
    assert (abs(held - now) < 1e-6, where(page)[2] > 4000) == (True, True)  # what is under the pointer stays there
    page.keyboard.press("Shift+!")
    expect(said).to_have_text(fitted)
    assert where(page) == lies


def test_keys_go_from_comment_to_comment(round_of, enter, cast):
    address = round_of(("hero.png", picture(400, 300)))
    revision = Revision.objects.get()
    for text in ("First", "Second"):
        add_comment(actor=cast.actor("rev"), revision=revision, said=Said(text=text))
    page = opened(enter("art"), address)
    texts = page.locator(".comment .comment-text").all_inner_texts()
    for key, at in ((".", 0), (".", 1), (".", 1), (",", 0)):
        page.keyboard.press(key)
        expect(page.locator(".comment[aria-current] .comment-text")).to_have_text(texts[at])


def test_pages_are_turned_and_their_words_marked_found_and_quoted(round_of, enter):
    page = opened(enter("art"), round_of(("proof.pdf", document(3))))
    expect(page.locator(".page-tile")).to_have_count(3)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".page-bar .num")).to_have_text("Page 2 of 3")
    page.wait_for_url("**/review?round=1&page=2")

    page.get_by_role("button", name="Mark and copy text").click()
    words = page.locator(".textLayer span", has_text="Sparkling tea number 2")
    expect(words).to_have_count(1)
    left, bottom = page.evaluate(ON_WORDS)
    assert (abs(left - 60 / 400) < 0.01, abs(bottom - 100 / 600) < 0.02) == (True, True)

    words.click(click_count=3)
    page.locator("#new-comment").press_sequentially("Say it plainer")
    expect(page.locator(".composer")).to_contain_text("“Sparkling tea number 2, nothing hidden”")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment .comment-quote")).to_have_text("Sparkling tea number 2, nothing hidden")
    assert Comment.objects.get().quote["text"] == "Sparkling tea number 2, nothing hidden"

    page.get_by_label("Find in the text").fill("NUMBER 3")
    page.locator(".page-matches button").click()
    expect(page.locator(".page-bar .num")).to_have_text("Page 3 of 3")


def test_a_locked_document_says_so_and_shows_what_there_is(round_of, enter, tmp_path):
    """Its pages were made before somebody replaced the file in the storage by a locked one."""
    address = round_of(("proof.pdf", document(2)))
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(document(2, StandardEncryption("secret", strength=128)))
    storage().put(MediaFile.objects.get().key, locked, "application/pdf")
    page = opened(enter("art"), address)
    page.get_by_role("button", name="Mark and copy text").click()
    expect(page.locator(".toast-item")).to_contain_text("The document is locked with a password")
    expect(page.get_by_role("button", name="Mark and copy text")).to_be_disabled()
    expect(page.get_by_alt_text("Page 1 of proof.pdf")).to_be_visible()


def test_what_cannot_be_seen_is_said_and_downloaded(round_of, enter):
    page = opened(enter("art"), round_of(("source.bin", noise(500)), ("proof.pdf", b"%PDF-1.7\n" + b"0" * 600)))
    expect(page.locator(".panel")).to_contain_text("There is no preview of this kind of file")
    expect(page.locator(".panel a")).to_have_attribute(
        "href", f"/files/{MediaFile.objects.get(position=1).pk}/original"
    )
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".panel[data-state=failed]")).to_contain_text("proof.pdf")
    page.wait_for_url("**/review?round=1&file=2")


def test_a_file_in_the_making_is_shown_as_soon_as_it_is_made(round_of, enter, run_jobs, tmp_path):
    path = clip(tmp_path / "film.mp4", 30, 25, size=(192, 96), picture=numbered)
    page = opened(enter("art"), round_of(("film.mp4", path.read_bytes()), rendered=False))
    expect(page.locator(".panel[data-state=working]")).to_contain_text("it comes by itself")
    run_jobs()
    expect(page.locator(".player")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".playhead .num")).to_have_text("1")


def test_who_looks_hears_of_the_next_round(round_of, enter):
    page = opened(enter("pat"), round_of(("hero.png", picture())))
    round_of(("hero.png", picture(colour="#112233")), rendered=False)
    expect(page.locator("#room-banner")).to_contain_text("You are viewing round 1 of 2")
    expect(page.locator("#room-round-menu summary")).to_contain_text("of 2")
    expect(page.locator(".round-item")).to_have_count(2)
    page.get_by_role("link", name="Go to latest").click()
    expect(page.locator(".panel[data-state=working]")).to_be_visible()


def test_a_film_plays_on_while_another_file_of_its_round_is_made(round_of, enter, run_jobs, tmp_path):
    path = clip(tmp_path / "film.mp4", 250, 25, size=(192, 96), picture=numbered)
    page = opened(enter("art"), round_of(("film.mp4", path.read_bytes()), ("hero.png", picture())))
    page.keyboard.press(" ")
    until(page, "!document.querySelector('video').paused && document.querySelector('video').currentTime > 0.2")
    page.evaluate("document.querySelector('video').dataset.same = ''")
    page.evaluate("document.getElementById('room-ear').dispatchEvent(new CustomEvent('refresh'))")
    until(page, "document.getElementById('room-data').textContent.length > 10")
    until(
        page, "document.querySelector('video[data-same]')?.currentTime > 1 && !document.querySelector('video').paused"
    )


def test_a_sound_is_gone_through_by_its_wave(round_of, enter, tmp_path):
    path = tone(tmp_path / "radio.wav", "pcm_s16le", 4.0)
    page = opened(enter("art"), round_of(("radio.wav", path.read_bytes())))
    until(page, "document.querySelector('audio').readyState >= 1")
    box = page.locator(".sound-wave").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page.locator(".timecode-now")).to_have_value("0:02.0")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".timecode-now")).to_have_value("0:02.1")


def test_comments_stand_on_the_timeline_and_lead_to_their_frames(round_of, enter, cast, tmp_path):
    path = clip(tmp_path / "film.mp4", 100, 25, size=(192, 96), picture=numbered)
    address = round_of(("film.mp4", path.read_bytes()))
    revision, file = Revision.objects.select_related("deliverable__project").get(), MediaFile.objects.get()
    for first, last, text in ((10, None, "Too dark"), (60, 80, "Slower"), (90, None, "Logo")):
        place = Place(file=file.pk, frame_in=first, frame_out=last)
        add_comment(actor=cast.actor("rev"), revision=revision, said=Said(text=text, place=place))
    page = opened(enter("art"), address)
    expect(page.locator(".mark-dot")).to_have_count(2)
    page.locator(".mark-range").click()
    expect(page.locator(".playhead .num")).to_have_text("60")
    expect(page.locator(".mark-range")).to_have_attribute("aria-current", "true")
    page.wait_for_url("**&frame=60&c=*")
    address = page.url
    page.keyboard.press(".")
    expect(page.locator(".playhead .num")).to_have_text("90")
    opened(page, address)
    expect(page.locator(".playhead .num")).to_have_text("60")
    expect(page.locator(".mark-range")).to_have_attribute("aria-current", "true")


def test_a_range_is_set_moved_looped_and_cleared(round_of, enter, tmp_path):
    path = clip(tmp_path / "film.mp4", 100, 25, size=(192, 96), picture=numbered)
    page = opened(enter("art"), round_of(("film.mp4", path.read_bytes())))
    for key in ("Shift+ArrowRight", "i", "Shift+ArrowRight", "o"):
        page.keyboard.press(key)
        page.wait_for_timeout(150)
    expect(page.locator(".in-out")).to_be_visible()
    page.keyboard.press("Shift+L")
    page.keyboard.press(" ")
    page.wait_for_timeout(2000)
    assert 10 <= int(page.locator(".playhead .num").text_content()) <= 21
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator(".in-out")).to_be_hidden()


def test_the_room_is_dark_until_somebody_switches_the_light_on(round_of, enter, cast):
    page = opened(enter("art"), round_of(("hero.png", picture())))
    theme = page.locator("html")
    expect(theme).to_have_attribute("data-theme", "signoff-dark")
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="Switch between light and dark").click()
    page.reload()
    expect(theme).to_have_attribute("data-theme", "signoff-light")
    cast.people["art"].refresh_from_db()
    assert cast.people["art"].preferences == {"room": "light"}


def test_without_scripts_the_work_is_there(round_of, browser, enter):
    address = round_of(("hero.png", picture(640, 480)))
    signed_in = enter("art")
    context = browser.new_context(
        base_url=signed_in.evaluate("location.origin"),
        java_script_enabled=False,
        storage_state=signed_in.context.storage_state(),
    )
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_alt_text("hero.png")).to_be_visible()
    expect(page.locator(".round-item")).to_have_count(1)
    context.close()


def test_the_deliverable_leads_here(round_of, enter):
    address = round_of(("hero.png", picture()))
    page = enter("art")
    page.goto(address.removesuffix("/review"))
    page.locator(".deliverable[data-ready]").wait_for()
    page.keyboard.press("v")
    page.wait_for_url("**/review*")
    assert Rendition.objects.filter(kind=RenditionKind.PREVIEW).count() == 1


def test_everybody_can_use_it_in_the_dark_and_in_the_light_wide_and_on_a_phone(round_of, enter, cast, tmp_path):
    path = clip(tmp_path / "film.mp4", 100, 25, size=(192, 96), picture=numbered, sound="aac")
    address = round_of(("film.mp4", path.read_bytes()), ("proof.pdf", document(3)), ("source.bin", noise(500)))
    revision, file = Revision.objects.select_related("deliverable__project").get(), MediaFile.objects.get(position=1)
    for first, last in ((10, None), (11, None), (60, 80)):
        place = Place(file=file.pk, frame_in=first, frame_out=last)
        add_comment(actor=cast.actor("rev"), revision=revision, said=Said(text="Slower", place=place))
    page, wrong = enter("art"), []
    for theme, width in SHOWS:
        page.set_viewport_size({"width": width, "height": 900})
        for number in (1, 2, 3):
            opened(page, f"{address}?file={number}")
            page.evaluate(f"document.documentElement.dataset.theme = 'signoff-{theme}'")
            page.wait_for_timeout(300)
            page.evaluate(AXE.read_text())
            wrong += [(theme, width, number, one) for one in page.evaluate(f"({RUN})({str(theme == 'dark').lower()})")]
            wrong += [(number, name) for name in page.evaluate(f"({ICONS})()")]
    assert wrong == []

"""Two rounds compared: frames that carry their numbers, pictures of known colours, carried notes, keys and links."""

import io
from fractions import Fraction
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect

from signoff.feedback.actions import NoteChange, add_comment, change_note, submit_round
from signoff.feedback.models import Sighting
from signoff.feedback.said import Said
from signoff.feedback.shapes import Mark, Place
from signoff.revisions.actions import release_round
from signoff.revisions.models import Revision
from signoff.revisions.process import process_file
from tests.browser.test_axe import AXE, ICONS, RUN, SHOWS
from tests.browser.waiting import until
from tests.files import noise, picture, send
from tests.integrations.media.making import COLUMNS, ROWS, clip, numbered, pdf, tone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRAMES = 120
RED, GREEN = "#c02020", "#20c020"
# The numbers in the pictures of both sides, from a canvas: the middle of each block.
READ = f"""() => ["a", "b"].map((side) => {{
  const video = document.querySelector(`.pane[data-side=${{side}}] video`);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0);
  let number = 0;
  for (let bit = 0; bit < {COLUMNS * ROWS}; bit++) {{
    const [column, row] = [bit % {COLUMNS}, Math.floor(bit / {COLUMNS})];
    const at = [(column + 0.5) * canvas.width / {COLUMNS}, (row + 0.5) * canvas.height / {ROWS}];
    if (pen.getImageData(Math.floor(at[0]), Math.floor(at[1]), 1, 1).data[0] > 127) number |= 1 << bit;
  }}
  return number;
}})"""
REST = "[...document.querySelectorAll('video')].every((video) => !video.seeking && video.readyState >= 2)"
# Where marks and pins begin and end, in fiftieths of the picture.
PLACES = """() => ["a", "b"].map((side) => {
  const pane = document.querySelector(`.pane[data-side=${side}]`);
  const box = pane.querySelector(".view-picture").getBoundingClientRect();
  const within = (one) => [(one.left - box.left) / box.width, (one.bottom - box.top) / box.height];
  const found = [...pane.querySelectorAll(".mark-rect rect:last-child, .work-pin")];
  return found.map((one) => within(one.getBoundingClientRect()).map((part) => Math.round(part * 50)));
})"""
BOXES = """() => ["a", "b"].map((side) => {
  const pane = document.querySelector(`.pane[data-side=${side}]`).getBoundingClientRect();
  const box = document.querySelector(`.pane[data-side=${side}] .view-picture`).getBoundingClientRect();
  return [box.left - pane.left, box.top - pane.top, box.width, box.height].map(Math.round);
})"""


@pytest.fixture
def compared(enter, cast, key_visual):
    """`compared([("hero.png", data), …], …)`: a round of each list of files, and where the last two are compared."""

    def made(*rounds, process=True):
        art = cast.actor("art")
        for files in rounds:
            key_visual.refresh_from_db()
            uploads = [send(art, key_visual, data, name).pk for name, data in files]
            revision = submit_round(actor=art, deliverable=key_visual, uploads=uploads, same_is_meant=True)
            for file in revision.files.all() if process else ():
                process_file(file.pk)
        return f"/deliverables/{key_visual.pk}/compare"

    return made


@pytest.fixture
def films(compared, tmp_path):
    def made(frames=(FRAMES, FRAMES), rates=(25, 25), **more):
        def film(at):
            path = clip(tmp_path / f"{at}.mp4", frames[at], rates[at], size=(192, 96), picture=numbered, **more)
            return [("film.mp4", path.read_bytes())]

        return compared(film(0), film(1))

    return made


def opened(page, address):
    page.goto(address)
    return settled(page)


def settled(page):
    page.locator("[data-opened]").wait_for(state="attached")
    return page


def go(page, frame):
    field = page.get_by_label("Go to a timecode or a frame")
    field.fill(str(frame))
    field.press("Enter")
    until(page, f"document.querySelector('.playhead .num').textContent === '{frame}'")


def read(page):
    """The numbers in both pictures, once they rest."""
    page.wait_for_timeout(250)
    until(page, REST)
    page.wait_for_timeout(150)
    return page.evaluate(READ)


def pixel(page, x, y):
    """What is on the screen at this place of the stage, to eighths: previews lose a little."""
    shot = Image.open(io.BytesIO(page.locator("#room-canvas").screenshot())).convert("RGB")
    return tuple(round(value / 8) * 8 for value in shot.getpixel((int(x * shot.width), int(y * shot.height))))


def note(cast, text, who="rev", drawn=None, **place):
    """Said about round 1; `drawn`: the corners of a rectangle on its frame or its picture."""
    revision = Revision.objects.select_related("deliverable__project").get(round=1)
    where = {"file": str(revision.files.get().pk), **place}
    marks = []
    if drawn:
        (x, y), (to_x, to_y) = drawn
        where["region"] = {"x": x, "y": y, "w": to_x - x, "h": to_y - y}
        mark = {"id": uuid4(), "kind": "rect", "geometry": {"points": drawn}, "frame": place.get("frame_in")}
        marks = [Mark.model_validate(mark)]
    said = Said(text=text, place=Place.model_validate(where), marks=marks)
    return add_comment(actor=cast.actor(who), revision=revision, said=said).comment.item


def test_both_films_show_the_same_frame_and_step_together(films, enter):
    page = opened(enter("art"), films())
    seen = [read(page)]
    for frame in (1, 47, 88, FRAMES - 1):
        go(page, frame)
        seen.append(read(page))
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Home", "ArrowRight"):
        page.keyboard.press(key)
        seen.append(read(page))
    assert seen == [[n, n] for n in (0, 1, 47, 88, 119, 118, 108, 0, 1)]


def test_an_offset_holds_while_one_steps_and_after_a_reload(films, enter):
    page = opened(enter("art"), films())
    go(page, 40)
    for _ in range(3):
        page.keyboard.press("Shift+ArrowUp")
    seen = [read(page)]
    page.keyboard.press("ArrowRight")
    seen.append(read(page))
    expect(page.locator(".compare-offset")).to_have_text("+3 frames")
    page.wait_for_url("**/compare?a=1&b=2&frame=44&offset=3")
    page.reload()
    settled(page)
    seen.append(read(page))
    page.keyboard.press("ArrowLeft")
    seen.append(read(page))
    assert seen == [[40, 43], [41, 44], [41, 44], [40, 43]]


def test_sides_change_places_with_all_that_is_set(films, enter):
    page = opened(enter("art"), films() + "?mode=wipe&wipe=20&frame=43&offset=3")
    seen = [read(page)]
    page.get_by_role("link", name="Swap sides").click()
    page.wait_for_url("**/compare?a=2&b=1&mode=wipe&frame=40&offset=-3&wipe=20")
    seen.append(read(settled(page)))
    page.keyboard.press("ArrowRight")
    seen.append(read(page))
    assert seen == [[40, 43], [43, 40], [44, 41]]


def test_what_one_of_them_has_not_is_its_end(films, enter):
    page = opened(enter("art"), films(frames=(60, FRAMES)))
    go(page, 100)
    assert read(page) == [59, 100]
    expect(page.locator(".pane[data-side=a] .pane-tag")).to_have_text("Round 1frame 59, the last")


def test_films_of_different_rates_are_matched_by_their_time_and_say_so(films, enter):
    page = opened(enter("art"), films(rates=(25, 50), frames=(60, 120)))
    expect(page.locator("#compare-said")).to_have_text("25 fps beside 50 fps: frames are matched by their time.")
    seen = []
    for frame in (0, 1, 2, 3, 80, 81):
        go(page, frame)
        seen.append(read(page))
    assert seen == [[0, 0], [0, 1], [1, 2], [1, 3], [40, 80], [40, 81]]


def test_they_play_together_and_stand_on_the_same_frame(films, enter):
    page = opened(enter("art"), films(rates=(Fraction(24), Fraction(24)), frames=(200, 200)))
    read(page)
    page.keyboard.press("Space")
    until(page, "Number(document.querySelector('.playhead .num').textContent) > 40")
    page.keyboard.press("k")
    a, b = read(page)
    assert (a == b, b > 40) == (True, True)


def test_pictures_are_wiped_flipped_mixed_and_subtracted_from_the_keyboard(compared, enter):
    page = opened(
        enter("art"), compared([("hero.png", picture(800, 600, RED))], [("hero.png", picture(800, 600, GREEN))])
    )
    red, green = (192, 32, 32), (32, 192, 32)
    assert (pixel(page, 0.25, 0.5), pixel(page, 0.75, 0.5)) == (red, green)
    page.get_by_role("radio", name="Difference").click()
    page.keyboard.press("w")  # whatever was pressed last
    assert (pixel(page, 0.4, 0.4), pixel(page, 0.6, 0.4)) == (red, green)
    page.locator(".wipe-line").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert (pixel(page, 0.6, 0.4), pixel(page, 0.75, 0.4)) == (red, green)
    page.keyboard.press("`")
    seen = [pixel(page, 0.5, 0.5)]
    for _ in range(3):
        page.keyboard.press("`")
        seen.append(pixel(page, 0.5, 0.5))
    assert seen == [red, green, red, green]
    page.keyboard.press("b")
    assert pixel(page, 0.5, 0.5) == (112, 112, 32)
    page.keyboard.press("d")
    assert pixel(page, 0.5, 0.5) == (160, 160, 0)
    page.wait_for_url("**/compare?a=1&b=2&mode=difference")


def test_a_wipe_is_pulled_and_a_link_opens_it_where_it_was(compared, enter):
    page = opened(
        enter("art"), compared([("hero.png", picture(800, 600, RED))], [("hero.png", picture(800, 600, GREEN))])
    )
    page.get_by_role("radio", name="Wipe").click()
    stage = page.locator("#room-canvas").bounding_box()
    page.mouse.move(stage["x"] + stage["width"] / 2, stage["y"] + 100)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.3, stage["y"] + 100, steps=4)
    page.mouse.up()
    page.wait_for_url("**/compare?a=1&b=2&mode=wipe&wipe=30")
    other = opened(page.context.new_page(), page.url)
    line = other.get_by_role("slider", name="Position of the wipe")
    expect(line).to_have_attribute("aria-valuenow", "30")
    assert (pixel(other, 0.25, 0.5), pixel(other, 0.35, 0.5)) == ((192, 32, 32), (32, 192, 32))


def test_zoom_and_position_are_linked_whatever_the_sizes_are_and_a_link_keeps_them(compared, enter):
    page = opened(enter("art"), compared([("hero.png", picture(800, 600))], [("hero.png", picture(1600, 1200, GREEN))]))
    fitted = page.evaluate(BOXES)
    stage = page.locator(".pane[data-side=b]").bounding_box()
    page.mouse.move(stage["x"] + 60, stage["y"] + 200)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(100)
    zoomed = page.evaluate(BOXES)
    page.wait_for_url("**&zoom=*")
    other = opened(page.context.new_page(), page.url)
    until(other, "document.querySelector('.view-picture img').complete")
    again = other.evaluate(BOXES)
    assert (fitted[0] == fitted[1], zoomed[0] == zoomed[1], zoomed != fitted, again == zoomed) == (True,) * 4


def test_a_file_that_is_missing_of_another_kind_or_broken_says_so_and_the_rest_works(compared, enter):
    address = compared(
        [
            ("hero.png", picture(640, 480, RED)),
            ("gone.png", picture(64, 64)),
            ("bad.pdf", noise(900)),
            ("teaser.png", picture(99, 99)),
        ],
        [("hero.png", picture(640, 480, GREEN)), ("bad.pdf", noise(901)), ("teaser.mp4", noise(500))],
    )
    page = opened(enter("art"), address + "?mode=wipe")
    tabs = page.locator("#room-files a")
    expect(tabs).to_have_count(4)
    for name, words in (("gone.png", "Round 2 has no file like gone.png."), ("bad.pdf", "One of them has no picture")):
        tabs.filter(has_text=name).click()
        expect(page.locator("main")).to_contain_text(words)
        expect(page.locator("#room-canvas")).to_have_attribute("data-mode", "side")
    tabs.filter(has_text="hero.png").click()
    expect(page.locator("#room-canvas")).to_have_attribute("data-mode", "wipe")


@pytest.fixture
def carried(enter, compared, cast, tmp_path):
    """`carried(more=10)`: two notes of round 1, and a round 2, ten frames longer; art has addressed the first."""

    def made(more=0):
        def film(frames):
            return [
                ("film.mp4", clip(tmp_path / f"{frames}.mp4", frames, size=(192, 96), picture=numbered).read_bytes())
            ]

        compared(film(FRAMES))
        notes = [
            note(cast, "Lower the sun", frame_in=30, drawn=[(0.2, 0.3), (0.5, 0.6)]),
            note(cast, "Hold it longer", frame_in=90, frame_out=95),
        ]
        change_note(actor=cast.actor("art"), item=notes[0], change=NoteChange(state="addressed"))
        return compared(film(FRAMES + more)), *notes

    return made


def chosen(page):
    return page.locator(".carried[aria-current]")


def test_carried_notes_are_gone_through_and_settled_from_the_keyboard(carried, enter):
    address, sun, hold = carried()
    page = opened(enter("rev"), address)
    expect(page.locator(".carried-panel header").first).to_contain_text("2 notes carried, 0 of 2 verified")
    page.keyboard.press("n")
    seen = [read(page)]
    expect(chosen(page)).to_contain_text("Lower the sun")
    page.keyboard.press("v")
    expect(chosen(page)).to_have_attribute("data-state", "verified")
    page.keyboard.press("n")
    seen.append(read(page))
    page.keyboard.press("a")
    expect(chosen(page)).to_have_attribute("data-state", "open")  # that is for who makes it
    page.keyboard.press("p")
    page.keyboard.press("r")
    page.keyboard.type("Still too high")
    page.keyboard.press("Control+Enter")
    expect(chosen(page)).to_have_attribute("data-state", "reopened")
    expect(chosen(page)).to_contain_text("Still too high")
    seen.append(read(page))
    sun.refresh_from_db()
    assert (seen, sun.state, sun.reason) == ([[30, 30], [90, 90], [30, 30]], "reopened", "Still too high")


def test_marks_and_pins_stand_at_the_same_place_of_both_pictures(carried, enter):
    address, sun, _ = carried()
    page = opened(enter("rev"), f"{address}?c={sun.comment_id}")
    read(page)
    page.locator(".pane .mark-rect").nth(1).wait_for()
    places = page.evaluate(PLACES)
    assert places == [[[10, 30], [10, 15]]] * 2


def test_where_a_note_is_now_is_said_after_the_rounds_were_brought_together(carried, enter):
    """Round 2 begins with ten frames more, so nobody knows where the notes are."""
    address, sun, _ = carried(more=10)
    page = opened(enter("rev"), address)
    page.keyboard.press("n")
    expect(chosen(page)).to_contain_text("Check the place")
    seen = [read(page)]
    for _ in range(10):
        page.keyboard.press("Shift+ArrowUp")
    seen.append(read(page))
    page.keyboard.press("t")
    box = page.get_by_role("img", name="The place of note 1; arrows move it")
    box.focus()
    for key in ("ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(chosen(page)).not_to_contain_text("Check the place")
    kept = Sighting.objects.get(item=sun, revision__round=2)
    place = {name: kept.place[name] for name in ("frame_in", "region")}
    region = {name: round(value, 6) for name, value in place.pop("region").items()}
    assert (seen, place, region) == ([[30, 30], [30, 40]], {"frame_in": 40}, {"x": 0.21, "y": 0.35, "w": 0.3, "h": 0.3})
    page.reload()
    settled(page)
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert read(page) == [30, 40]


def test_what_another_one_settles_meanwhile_is_seen(carried, enter, cast):
    address, sun, hold = carried()
    page = opened(enter("rev"), address)
    card = page.locator(".carried", has_text="Hold it longer")
    change_note(actor=cast.actor("art"), item=hold, change=NoteChange(state="addressed"))
    expect(card).to_have_attribute("data-state", "addressed")


def test_clients_settle_nothing_that_is_not_theirs_and_read_no_internal_note(carried, enter, cast, key_visual):
    address, *_ = carried()
    for revision in Revision.objects.select_related("deliverable__project").order_by("round"):
        release_round(actor=cast.actor("pat"), revision=revision)
    page = opened(enter("mia"), address)
    expect(page.locator(".carried-nothing")).to_have_text("Nothing from round 1 is still to be settled in round 2.")
    assert (page.locator(".carried, .work-pin").count(), read(page)) == (0, [0, 0])


def test_pages_are_turned_together_and_pushed_apart_where_one_was_added(compared, enter):
    pages = ["0 0 1 rg 0 0 99 99 re f"] * 3
    page = opened(enter("art"), compared([("proof.pdf", pdf(pages[:2]))], [("proof.pdf", pdf(pages))]))

    def tags():
        return page.locator(".pane-tag .num").all_text_contents()

    said = []
    for key in ("ArrowRight", "Home", "Shift+ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
        said.append(tags())
    assert said == [
        ["page 2 of 2", "page 2 of 3"],
        ["page 1 of 2", "page 1 of 3"],
        ["page 1 of 2", "page 2 of 3"],
        ["page 2 of 2", "page 3 of 3"],
    ]
    page.wait_for_url("**/compare?a=1&b=2&page=3&offset=1")
    again = opened(page.context.new_page(), page.url)
    expect(again.locator(".pane-tag .num")).to_have_text(said[-1])


def test_of_two_sounds_one_is_heard_and_a_key_changes_which(compared, enter, tmp_path):
    sounds = [
        [("radio.flac", tone(tmp_path / f"{n}.flac", "flac", seconds=4, volume=n).read_bytes())] for n in (1, 0.5)
    ]
    page = opened(enter("art"), compared(*sounds))
    heard = "[...document.querySelectorAll('audio')].map((one) => !one.muted)"
    until(page, "[...document.querySelectorAll('audio')].every((one) => one.readyState >= 2)")
    before = page.evaluate(heard)
    page.keyboard.press("Space")
    until(page, "[...document.querySelectorAll('audio')].every((one) => one.currentTime > 0.6)")
    page.keyboard.press("h")
    until(page, "[...document.querySelectorAll('audio')].every((one) => !one.paused && one.currentTime > 1)")
    after = page.evaluate(heard)
    page.keyboard.press("k")
    page.wait_for_timeout(300)
    a, b = page.evaluate("[...document.querySelectorAll('audio')].map((one) => Math.round(one.currentTime * 100))")
    assert (before, after, abs(a - b) <= 1) == ([False, True], [True, False], True)


def test_on_a_phone_the_sides_stand_above_each_other_and_a_finger_flips_and_wipes(compared, enter, browser):
    address = compared([("hero.png", picture(800, 600, RED))], [("hero.png", picture(800, 600, GREEN))])
    page = enter("art")
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, address)
    red, green = (192, 32, 32), (32, 192, 32)
    assert (pixel(page, 0.5, 0.25), pixel(page, 0.5, 0.75)) == (red, green)
    page.get_by_role("radio", name="Flip").click()
    stage = page.locator("#room-canvas").bounding_box()
    seen = [pixel(page, 0.5, 0.5)]
    page.mouse.move(stage["x"] + 200, stage["y"] + 100)
    page.mouse.down()
    seen.append(pixel(page, 0.5, 0.5))
    page.mouse.up()
    seen.append(pixel(page, 0.5, 0.5))
    page.get_by_role("button", name="Round 2 is shown").click()
    seen.append(pixel(page, 0.5, 0.5))
    assert seen == [green, red, green, red]
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_everybody_can_use_it_in_the_dark_and_in_the_light_wide_and_on_a_phone(carried, enter):
    address, sun, _ = carried(more=10)
    page, wrong = enter("rev"), []
    for theme, width in SHOWS:
        page.set_viewport_size({"width": width, "height": 900})
        for mode in ("side", "wipe", "flip", "overlay", "difference"):
            opened(page, f"{address}?mode={mode}&c={sun.comment_id}")
            page.evaluate(f"document.documentElement.dataset.theme = 'signoff-{theme}'")
            page.wait_for_timeout(300)
            page.evaluate(AXE.read_text())
            wrong += [(theme, width, mode, one) for one in page.evaluate(f"({RUN})({str(theme == 'dark').lower()})")]
            wrong += [(mode, name) for name in page.evaluate(f"({ICONS})()")]
    assert sorted({one[-1] for one in wrong}) == []

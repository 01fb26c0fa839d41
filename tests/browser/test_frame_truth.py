"""Frame n is frame n: each frame of these films carries its number in black and white, and the screen is read."""

from fractions import Fraction

import pytest
from playwright.sync_api import expect

from signoff.revisions.process import process_file
from tests.browser.waiting import until
from tests.files import add_round
from tests.integrations.media.making import COLUMNS, ROWS, clip, numbered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRAMES = 100
RATES = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "30": Fraction(30),
    "50": Fraction(50),
    "59.94": Fraction(60000, 1001),
}
# The number in the picture, from a canvas: the middle of each block.
READ = f"""() => {{
  const video = document.querySelector(".view-picture video");
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
}}"""


@pytest.fixture
def film(enter, cast, key_visual, tmp_path):
    """A round of one film, ready to be looked at. `enter` comes first: it says where files are kept."""

    def made(rate, frames=FRAMES, **more):
        path = clip(tmp_path / "film.mp4", frames, rate, size=(192, 96), picture=numbered, **more)
        revision = add_round(cast.actor("art"), key_visual, path.read_bytes(), name="film.mp4")
        process_file(revision.files.get().pk)
        return f"/deliverables/{key_visual.pk}/review"

    return made


def opened(page, address):
    page.goto(address)
    page.locator("[data-ready]").wait_for(state="attached")
    return page


def go(page, frame):
    """As somebody types it: the frame's number at the timecode."""
    field = page.get_by_label("Go to a timecode or a frame")
    field.fill(str(frame))
    field.press("Enter")
    until(page, f"document.querySelector('.playhead .num').textContent === '{frame}'")
    page.evaluate("() => new Promise(requestAnimationFrame)")


def read(page):
    """The number in the picture, once it rests."""
    until(page, "!document.querySelector('video').seeking && document.querySelector('video').readyState >= 2")
    page.wait_for_timeout(60)
    return page.evaluate(READ)


@pytest.mark.parametrize("name", RATES)
def test_the_frame_that_is_asked_for_is_on_the_screen(film, enter, name):
    page = opened(enter("art"), film(RATES[name], sound="aac"))
    asked = [0, 1, 2, 11, 12, 13, 47, 61, 98, FRAMES - 1, 30]
    seen = []
    for frame in asked:
        go(page, frame)
        seen.append(read(page))
    assert seen == asked


def test_it_stays_that_frame_when_the_window_changes_and_in_full_screen(film, enter):
    page = opened(enter("art"), film(RATES["29.97"]))
    go(page, 77)
    seen = [read(page)]
    for size in ({"width": 900, "height": 700}, {"width": 390, "height": 844}, {"width": 1280, "height": 800}):
        page.set_viewport_size(size)
        seen.append(read(page))
    page.keyboard.press("f")
    until(page, "document.fullscreenElement")
    seen.append(read(page))
    page.keyboard.press("ArrowRight")
    until(page, "document.querySelector('.playhead .num').textContent === '78'")
    seen.append(read(page))
    assert seen == [77, 77, 77, 77, 77, 78]


def test_steps_shuttles_and_pauses_stand_on_the_frame_that_is_said(film, enter):
    page = opened(enter("art"), film(RATES["25"], frames=200))
    said, seen = [], []
    for keys in (["ArrowRight"] * 3, ["ArrowLeft"], ["Shift+ArrowRight"] * 2, ["Home"], ["End"], ["Shift+ArrowLeft"]):
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(400)
        said.append(int(page.locator(".playhead .num").text_content()))
        seen.append(read(page))
    assert (said, seen) == ([3, 2, 22, 0, 199, 189],) * 2
    page.keyboard.press("Home")
    page.keyboard.press("l")
    until(page, "Number(document.querySelector('.playhead .num').textContent) > 20")
    page.keyboard.press("k")
    page.wait_for_timeout(400)
    assert int(page.locator(".playhead .num").text_content()) == read(page)


def test_an_address_opens_the_frame_it_names_and_follows_to_the_next(film, enter):
    page = opened(enter("art"), film(RATES["23.976"]) + "?frame=61")
    assert read(page) == 61
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/review?round=1&frame=62")
    expect(page.locator(".timecode-now")).to_have_value("00:02:14")


def test_a_phone_clip_of_a_variable_rate_has_a_picture_for_each_number(film, enter):
    """Frames a tenth of a second apart, then a thirtieth: those at rest are repeated."""
    times = [Fraction(n, 10) for n in range(5)] + [Fraction(1, 2) + Fraction(n, 30) for n in range(10)]
    page = opened(enter("art"), film(30, frames=len(times), time=times.__getitem__))
    seen = []
    for frame in (0, 2, 3, 5, 12, 15, 16, 24):
        go(page, frame)
        seen.append(read(page))
    assert seen == [0, 0, 1, 1, 4, 5, 6, 14]

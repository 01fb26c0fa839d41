"""One mark, everywhere the same: drawn on frame n in one browser, read in another, in compare, and in the report.

Each frame of these films carries its number in its lower half; the screen and the report's pictures are read. Places
are compared in the film's own pixels.
"""

from fractions import Fraction

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from signoff.feedback.actions import submit_round
from signoff.revisions.models import Revision
from signoff.revisions.process import process_file
from tests.browser.reviewing import drag, opened, send
from tests.browser.test_frame_truth import RATES
from tests.browser.waiting import until
from tests.feedback.test_export import stills, taken
from tests.files import send as upload
from tests.integrations.media.making import COLUMNS, ROWS, clip, half_numbered, number_below

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
SIZE = (320, 180)
GREY = 110
PHONE = [Fraction(n, 10) for n in range(5)] + [Fraction(1, 2) + Fraction(n, 30) for n in range(10)]
DRAWN = {**{name: 37 + 3 * at for at, name in enumerate(RATES)}, "phone": 12}  # on which frame of each film
SEEN = {**DRAWN, "phone": 4}  # frames of a tenth of a second are shown three times each
AT = ((0.25, 0.1), (0.5, 0.4))
# Of each film on the page: its number, and the corners of its first mark in its own pixels.
READ = f"""() => [...document.querySelectorAll("video")].map((video) => {{
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0);
  let number = 0;
  for (let bit = 0; bit < {COLUMNS * ROWS}; bit++) {{
    const [column, row] = [bit % {COLUMNS}, Math.floor(bit / {COLUMNS})];
    const at = [(column + 0.5) / {COLUMNS}, 0.5 + (row + 0.5) / {ROWS} / 2];
    const [red] = pen.getImageData(Math.floor(at[0] * canvas.width), Math.floor(at[1] * canvas.height), 1, 1).data;
    if (red > 127) number |= 1 << bit;
  }}
  const picture = video.closest(".view-picture");
  const ground = picture.getBoundingClientRect();
  const mark = picture.querySelector("[data-mark] rect:last-child, .mark-rect rect:last-child");
  if (!mark) return [number, null];
  const {{ x, y, width, height }} = mark.getBBox();
  const corners = [[x, y], [x + width, y + height]].map(([at, down]) => {{
    const on = new DOMPoint(at, down).matrixTransform(mark.getScreenCTM());
    return [(on.x - ground.left) / ground.width * {SIZE[0]}, (on.y - ground.top) / ground.height * {SIZE[1]}];
  }});
  return [number, corners.flat().map((one) => Math.round(one))];
}})"""
PLACE = [80, 18, 160, 72]


def test_a_mark_is_on_its_frame_and_at_its_place_wherever_it_is_looked_at(enter, cast, key_visual, run_jobs, tmp_path):
    art, rev = enter("art"), enter("rev")
    round_of_films(cast, key_visual, tmp_path, 100)
    address = f"/deliverables/{key_visual.pk}"
    for position, (name, frame) in enumerate(DRAWN.items(), 1):
        opened(art, f"{address}/review?file={position}")
        go(art, frame)
        drag(art, "r", *AT)
        send(art, f"At {name}")
        expect(art.locator(".comment", has_text=f"At {name}")).to_have_count(1, timeout=20_000)

    round_of_films(cast, key_visual, tmp_path, 110)
    small, full, beside = {}, {}, {}
    for position, (name, frame) in enumerate(DRAWN.items(), 1):
        rev.set_viewport_size({"width": 1100, "height": 700})
        rev.goto(f"{address}/review?round=1&file={position}")
        rev.locator("[data-ready]").wait_for(state="attached")
        rev.locator(".comment", has_text=f"At {name}").click()
        until(rev, f"location.search.includes('frame={frame}')")
        small[name] = read(rev)
        rev.keyboard.press("f")
        until(rev, "document.fullscreenElement")
        full[name] = read(rev)
        rev.keyboard.press("f")
        until(rev, "!document.fullscreenElement")
        rev.goto(f"{address}/compare?a=1&b=2&file={position}&frame={frame}")
        rev.locator("[data-ready]").wait_for(state="attached")
        until(rev, "document.querySelectorAll('video').length === 2")
        beside[name] = [number for number, _ in read(rev)]

    there = {name: [[number, PLACE]] for name, number in SEEN.items()}
    assert (small, full) == (there, there)
    assert beside == {name: [number, number] for name, number in SEEN.items()}
    first = Revision.objects.get(round=1)
    assert taken(cast, "pat", first, "pdf") is None  # it takes a while, so it is promised
    run_jobs()
    made = stills(taken(cast, "pat", first, "pdf"))
    assert [number_below(one) for one in made] == list(SEEN.values())
    edges = [(80, 45), (160, 45), (120, 18), (120, 72)]
    assert [[is_drawn(one, edge) for edge in edges] for one in made] == [[True] * 4] * len(made)
    beside_them = [(76, 45), (84, 45), (120, 14), (120, 22)]
    assert [[is_drawn(one, place) for place in beside_them] for one in made] == [[False] * 4] * len(made)


def round_of_films(cast, row, folder, frames: int) -> None:
    """A film at every rate, and one as phones make them."""
    art = cast.actor("art")
    row.refresh_from_db()
    uploads = []
    for name in DRAWN:
        rate = RATES.get(name, Fraction(30))
        more = {"time": PHONE.__getitem__} if name == "phone" else {}
        count = len(PHONE) if name == "phone" else frames
        path = clip(folder / f"{name}.mp4", count, rate, size=SIZE, picture=half_numbered, **more)
        uploads.append(upload(art, row, path.read_bytes(), f"{name}.mp4").pk)
    revision = submit_round(actor=art, deliverable=row, uploads=uploads, same_is_meant=True)
    for file in revision.files.all():
        process_file(file.pk)


def go(page: Page, frame: int) -> None:
    field = page.get_by_label("Go to a timecode or a frame")
    field.fill(str(frame))
    field.press("Enter")
    until(page, f"location.search.includes('frame={frame}')")


def read(page: Page) -> list[list[object]]:
    """Once it rests."""
    page.wait_for_timeout(200)
    until(page, "[...document.querySelectorAll('video')].every((one) => !one.seeking && one.readyState >= 2)")
    page.wait_for_timeout(100)
    return list(page.evaluate(READ))


def is_drawn(picture: Image.Image, place: tuple[int, int]) -> bool:
    """Whether a line goes through this pixel or one next to it: the hand's place is no whole pixel."""
    x, y = place
    around = [picture.getpixel((x + right, y + down)) for right in (-1, 0, 1) for down in (-1, 0, 1)]
    return any(abs(blue - GREY) > 30 for _, _, blue in around)

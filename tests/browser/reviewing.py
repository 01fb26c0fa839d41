"""Rounds that are looked at in browsers, and the hands that draw on them."""

import pytest
from playwright.sync_api import expect

from signoff.revisions.process import process_file
from tests.files import add_round, picture
from tests.integrations.media.making import clip


@pytest.fixture
def hero(enter, cast, key_visual):
    """A round with one picture, ready to be looked at. `enter` comes first: it says where files are kept."""
    revision = add_round(cast.actor("art"), key_visual, picture(1600, 900))
    process_file(revision.files.get().pk)
    return f"/deliverables/{key_visual.pk}/review"


@pytest.fixture
def film(enter, cast, key_visual, tmp_path):
    path = clip(tmp_path / "film.mp4", 100)
    revision = add_round(cast.actor("art"), key_visual, path.read_bytes(), name="film.mp4")
    process_file(revision.files.get().pk)
    return f"/deliverables/{key_visual.pk}/review"


def opened(page, address):
    page.goto(address)
    page.locator("[data-ready]").wait_for(state="attached")
    page.locator(".toolbox").wait_for()
    return page


def drag(page, key, start, end, steps=8):
    """With the tool of this key, from one place of the picture to another, as fractions of it."""
    page.locator("#new-comment").blur()
    if page.locator(f'.toolbox [data-key="{key.lower()}"][aria-pressed="true"]').count() == 0:
        page.keyboard.press(key)
    expect(page.locator(f'.toolbox [data-key="{key.lower()}"]')).to_have_attribute("aria-pressed", "true")
    box = page.locator(".view-picture").bounding_box()
    (x, y), (to_x, to_y) = ((box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]) for at in (start, end))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=steps)
    page.mouse.up()


def write(page, text):
    page.locator("#new-comment").fill(text)


def send(page, text):
    write(page, text)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#new-comment")).to_have_value("")

"""Stills of films that carry each frame's number as a pattern: same frame, same place."""

from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from signoff.core import pdf
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.work import Still, stills
from tests.integrations.media.making import (
    LIMITS,
    NUMBERED,
    clip,
    number_in,
    number_of,
    numbered,
    numbered_film,
    worked,
)

RED = (255, 59, 48)
FONT = pdf.FONTS / "Inter-Bold.ttf"


def mark(kind: str, *points: tuple[float, float], width: int = 1, colour: str = "red", z: int = 0, **geometry) -> dict:
    return {
        "kind": kind,
        "geometry": {"points": [list(point) for point in points], **geometry},
        "style": {"colour": colour, "width": width},
        "z": z,
    }


def made_of(path: Path, media_type: str, wanted: list[Still], **more) -> dict[int, Image.Image]:
    """The stills by their places in the list."""
    into = path.parent / "stills"
    into.mkdir(exist_ok=True)
    made: list = []
    stills(path, media_type, wanted, into, LIMITS, made.append, font=FONT, **more)
    return {one.number: Image.open(one.path) for one in made}


def is_red(pixel: tuple[int, int, int]) -> bool:
    red, green, blue = pixel
    return red > 150 and green < 120 and blue < 120


def red_box(picture: Image.Image) -> tuple[int, int, int, int]:
    """The columns and rows, ends included, that hold red."""
    red = picture.convert("RGB")
    found = [(x, y) for y in range(red.height) for x in range(red.width) if is_red(red.getpixel((x, y)))]
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return min(xs), min(ys), max(xs), max(ys)


RATES = [Fraction(24000, 1001), Fraction(25), Fraction(60000, 1001)]
WANTED = [0, 1, 11, 12, 13, 47, 100, 149]
BOX = mark("rect", (0.25, 0.1), (0.5, 0.4), width=2)  # (80, 18) to (160, 72)


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("is_ours", [False, True], ids=["original", "proxy"])
def test_the_frame_is_the_one_that_was_named_and_the_mark_lies_where_it_was_drawn(tmp_path, rate, is_ours):
    film = numbered_film(tmp_path / "film.mp4", 150, rate)
    source = worked(film).one("proxy").path if is_ours else film
    made = made_of(source, "video/mp4", [Still([BOX], number) for number in WANTED], is_ours=is_ours)

    assert {place: number_in(picture) for place, picture in made.items()} == dict(enumerate(WANTED, 1))
    assert {picture.size for picture in made.values()} == {NUMBERED}
    boxes = {red_box(picture) for picture in made.values()}
    assert all(abs(a - b) <= 1 for box in boxes for a, b in zip(box, (79, 17, 160, 72), strict=True)), boxes


def test_the_frames_of_a_variable_rate_are_those_of_its_proxy(tmp_path):
    """Eight frames at 30 a second, four at 15, then nothing new for a third of a second, then one more."""
    starts = [*range(8), 9, 11, 13, 15, 25]
    film = clip(
        tmp_path / "phone.mp4", 13, 30, size=(192, 96), time=lambda n: Fraction(starts[n], 30), picture=numbered
    )
    proxy, wanted = worked(film).one("proxy"), [Still(frame=number) for number in range(27)]
    original, ours = (
        {place - 1: number_of(picture) for place, picture in made_of(path, "video/mp4", wanted, **more).items()}
        for path, more in ((film, {}), (proxy.path, {"is_ours": True}))
    )
    told = {number: sum(start <= number for start in starts) - 1 for number in range(26)}
    assert (original, ours, proxy.data["frames"]) == (told, told, 26)


def test_frames_are_asked_in_any_order_and_more_than_once(tmp_path):
    film = numbered_film(tmp_path / "film.mp4", 30, Fraction(25))
    made = made_of(film, "video/mp4", [Still(frame=20), Still([BOX], 3), Still(frame=3)])

    assert {place: number_in(picture) for place, picture in made.items()} == {1: 20, 2: 3, 3: 3}
    assert made[3].getpixel((80, 40)) != made[2].getpixel((80, 40))


def test_a_frame_that_is_not_there_is_left_out(tmp_path):
    film = numbered_film(tmp_path / "film.mp4", 30, Fraction(25))

    assert sorted(made_of(film, "video/mp4", [Still(frame=29), Still(frame=30)])) == [1]
    assert sorted(made_of(worked(film).one("proxy").path, "video/mp4", [Still(frame=40)], is_ours=True)) == []


def test_a_long_way_between_keyframes_and_open_groups_are_no_matter(tmp_path):
    film = numbered_film(tmp_path / "film.mkv", 120, Fraction(25), g="100", bf="4")
    made = made_of(film, "video/x-matroska", [Still(frame=number) for number in (50, 99, 101, 119)])

    assert [number_in(made[place]) for place in sorted(made)] == [50, 99, 101, 119]


def picture_at(tmp_path: Path, size=(400, 300), mode="RGB", colour=(110, 110, 110)) -> Path:
    Image.new(mode, size, colour).save(tmp_path / "picture.png")
    return tmp_path / "picture.png"


@pytest.mark.parametrize(
    ("one", "box"),
    [
        (mark("line", (0.25, 0.5), (0.75, 0.5), width=3), (98, 148, 301, 151)),
        (mark("pen", (0.25, 0.5), (0.5, 0.25), (0.75, 0.5), width=3), (98, 73, 301, 151)),
        (mark("pen", (0.5, 0.5), width=3), (198, 148, 201, 151)),
        (mark("rect", (0.75, 0.75), (0.25, 0.25), width=3), (98, 73, 301, 226)),
        (mark("ellipse", (0.25, 0.25), (0.75, 0.75), width=3), (98, 73, 301, 226)),
        (mark("arrow", (0.25, 0.5), (0.75, 0.5), width=3), (98, 141, 301, 158)),
        (mark("highlight", (0.25, 0.25), (0.75, 0.75)), None),
    ],
    ids=lambda one: one["kind"] if isinstance(one, dict) else "",
)
def test_each_mark_lies_where_it_was_drawn(tmp_path, one, box):
    [still] = made_of(picture_at(tmp_path), "image/png", [Still([one])]).values()

    if box is None:  # a third of the colour over the ground
        assert abs(still.getpixel((200, 150))[0] - 161) <= 3 and abs(still.getpixel((96, 150))[0] - 110) <= 3
        assert abs(still.getpixel((108, 84))[0] - 161) <= 4
    else:
        assert all(abs(a - b) <= 1 for a, b in zip(red_box(still), box, strict=True)), red_box(still)


def test_a_pin_points_with_its_lower_left_corner_and_bears_its_number(tmp_path):
    pins = [mark("pin", (0.5, 0.5), number=7), mark("pin", (0.5, 0.5), colour="white", number=8_888)]
    made = made_of(picture_at(tmp_path, (1000, 800)), "image/png", [Still([pin]) for pin in pins])

    left, top, right, bottom = red_box(made[1])
    assert (abs(left - 501) <= 2, abs(bottom - 398) <= 2, abs(top - 376) <= 2, abs(right - 524) <= 2) == (True,) * 4
    assert min(made[1].crop((505, 378, 521, 396)).convert("L").getdata()) < 120
    assert max(made[1].crop((508, 380, 518, 394)).convert("L").getdata()) > 200  # the figure
    assert min(made[2].crop((505, 378, 521, 396)).convert("L").getdata()) < 90


def test_words_stand_below_and_right_of_their_point(tmp_path):
    text = mark("text", (0.25, 0.25), width=3, text="Größer\n<b>ж</b>")
    [still] = made_of(picture_at(tmp_path, (1000, 800)), "image/png", [Still([text])]).values()
    left, top, right, bottom = red_box(still)

    assert 248 <= left <= 258 and 200 <= top <= 215 and right > 330 and bottom > 250


def test_what_lies_on_top_is_seen(tmp_path):
    over = [mark("line", (0, 0.5), (1, 0.5), width=3, z=2), mark("line", (0, 0.5), (1, 0.5), width=3, colour="white")]
    [still] = made_of(picture_at(tmp_path), "image/png", [Still(over)]).values()

    assert is_red(still.getpixel((200, 149)))


def test_marks_outside_and_beyond_the_edge_break_nothing(tmp_path):
    wild = [
        mark("line", (-0.1, -0.1), (-0.05, -0.1)),
        mark("ellipse", (0.5, 0.5), (0.5, 0.5)),
        mark("arrow", (0.5, 0.5), (0.5, 0.5)),
        mark("rect", (1.1, 1.1), (0.9, 0.9)),
        mark("pin", (1.1, -0.1)),
        mark("text", (1.05, 1.05), text="x" * 500),
        mark("highlight", (-0.1, 0), (1.1, 1)),
        mark("pen", *[(0.5, 0.5)] * 5_000),
    ]

    assert sorted(made_of(picture_at(tmp_path), "image/png", [Still(wild), Still()])) == [1, 2]


def test_a_large_picture_may_be_made_smaller_after_the_marks_are_in(tmp_path):
    box = mark("rect", (0.25, 0.25), (0.75, 0.75), width=3)
    [still] = made_of(picture_at(tmp_path, (4000, 3000)), "image/png", [Still([box])], most=400).values()

    assert still.size == (400, 300)
    assert all(abs(a - b) <= 1 for a, b in zip(red_box(still), (98, 73, 301, 226), strict=True))


def test_what_is_transparent_lies_on_white(tmp_path):
    [still] = made_of(picture_at(tmp_path, mode="RGBA", colour=(0, 0, 0, 0)), "image/png", [Still()]).values()

    assert still.getpixel((10, 10)) == (255, 255, 255)


def test_without_fonts_there_are_letters_all_the_same(tmp_path):
    path, into, made = picture_at(tmp_path), tmp_path / "into", []
    into.mkdir()
    stills(
        path,
        "image/png",
        [Still([mark("pin", (0.5, 0.5), number=3), mark("text", (0, 0), text="Ж日")])],
        into,
        LIMITS,
        made.append,
    )

    assert [(one.kind, one.number, one.width, one.height) for one in made] == [("still", 1, 400, 300)]


@pytest.mark.parametrize("media_type", ["image/png", "video/mp4"])
def test_a_damaged_file_is_said_in_words(tmp_path, media_type):
    (tmp_path / "broken").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500)

    with pytest.raises(MediaError):
        made_of(tmp_path / "broken", media_type, [Still()])

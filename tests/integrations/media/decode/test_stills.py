"""Stills of films that carry each frame's number as a pattern: same frame, same place."""

from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from signoff.core import pdf
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.work import Still, stills
from tests.integrations.media.making import LIMITS, clip, half_numbered, number_below, worked

SIZE = (320, 180)
FONT = pdf.FONTS / "Inter-Bold.ttf"


def mark(kind: str, *points: tuple[float, float], width: int = 1, colour: str = "red", z: int = 0, **geometry) -> dict:
    return {
        "kind": kind,
        "geometry": {"points": [list(point) for point in points], **geometry},
        "style": {"colour": colour, "width": width},
        "z": z,
    }


def film_at(path: Path, frames: int, rate: Fraction = Fraction(25), **more) -> Path:
    """A film whose frames carry their numbers; x264 puts B-frames and far keyframes in it."""
    return clip(path, frames, rate, size=SIZE, picture=half_numbered, **more)


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
BOX = mark("rect", (0.25, 0.1), (0.5, 0.4), width=3)  # (80, 18) to (160, 72)


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("is_ours", [False, True], ids=["original", "proxy"])
def test_the_frame_is_the_one_that_was_named_and_the_mark_lies_where_it_was_drawn(tmp_path, rate, is_ours):
    film = film_at(tmp_path / "film.mp4", 150, rate)
    source = worked(film).one("proxy").path if is_ours else film
    made = made_of(source, "video/mp4", [Still([BOX], number) for number in WANTED], is_ours=is_ours)

    assert {place: number_below(picture) for place, picture in made.items()} == dict(enumerate(WANTED, 1))
    assert {picture.size for picture in made.values()} == {SIZE}
    boxes = {red_box(picture) for picture in made.values()}
    assert all(abs(a - b) <= 1 for box in boxes for a, b in zip(box, (79, 17, 160, 72), strict=True)), boxes


def test_frames_are_asked_in_any_order_and_more_than_once(tmp_path):
    film = film_at(tmp_path / "film.mp4", 30)
    made = made_of(film, "video/mp4", [Still(frame=20), Still([BOX], 3), Still(frame=3)])

    assert {place: number_below(picture) for place, picture in made.items()} == {1: 20, 2: 3, 3: 3}
    assert made[3].getpixel((80, 40)) != made[2].getpixel((80, 40))


def test_a_frame_that_is_not_there_is_left_out(tmp_path):
    film = film_at(tmp_path / "film.mp4", 30)

    assert sorted(made_of(film, "video/mp4", [Still(frame=29), Still(frame=30)])) == [1]
    assert sorted(made_of(worked(film).one("proxy").path, "video/mp4", [Still(frame=40)], is_ours=True)) == []


def test_a_film_of_a_variable_rate_is_counted_as_its_proxy_is(tmp_path):
    """Slower in the dark, then nothing new for half a second: the page's numbers are the proxy's."""
    times = [Fraction(number, 30) for number in range(8)]
    times += [times[-1] + Fraction(number, 15) for number in range(1, 7)]
    times += [times[-1] + Fraction(1, 2), times[-1] + Fraction(1, 2) + Fraction(1, 30)]
    film = film_at(tmp_path / "phone.mp4", len(times), Fraction(30), time=times.__getitem__)
    outcome = worked(film)
    count = outcome.one("proxy").data["frames"]
    wanted = [Still(frame=number) for number in range(count + 1)]
    own = made_of(film, "video/mp4", wanted, lasts_ms=outcome.probed.duration_ms)
    proxy = made_of(outcome.one("proxy").path, "video/mp4", wanted, is_ours=True)

    shown = [number_below(proxy[place]) for place in sorted(proxy)]
    assert (len(shown), len(set(shown))) == (count, len(times)) and count > len(times)
    assert [number_below(own[place]) for place in sorted(own)] == shown


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
        (mark("arrow", (0.25, 0.5), (0.75, 0.5), width=3), (98, 143, 301, 157)),
        (mark("highlight", (0.25, 0.25), (0.75, 0.75)), None),
    ],
    ids=lambda one: one["kind"] if isinstance(one, dict) else "",
)
def test_each_mark_lies_where_it_was_drawn(tmp_path, one, box):
    [still] = made_of(picture_at(tmp_path), "image/png", [Still([one])]).values()

    if box is None:  # grey, multiplied by two fifths of the red
        inside, outside = still.getpixel((108, 84)), still.getpixel((96, 150))
        assert all(abs(a - b) <= 4 for a, b in zip(inside, (107, 75, 77), strict=True)), inside
        assert all(abs(a - 110) <= 4 for a in outside), outside
    else:
        assert all(abs(a - b) <= 1 for a, b in zip(red_box(still), box, strict=True)), red_box(still)


def test_a_pin_lies_around_its_point_and_bears_its_number(tmp_path):
    [still] = made_of(
        picture_at(tmp_path, (1280, 960)), "image/png", [Still([mark("pin", (0.5, 0.5), number=7)])]
    ).values()

    assert all(abs(a - b) <= 1 for a, b in zip(red_box(still), (628, 468, 651, 491), strict=True)), red_box(still)
    assert max(still.crop((635, 475, 645, 486)).convert("L").getdata()) > 240  # the figure


def test_a_comments_spot_points_with_its_lower_left_corner(tmp_path):
    spots = [mark("spot", (0.5, 0.5), number=number) for number in (7, 8_888)]
    made = made_of(picture_at(tmp_path, (1280, 960)), "image/png", [Still([spot]) for spot in spots])

    left, top, right, bottom = red_box(made[1])  # in a white ring
    assert all(abs(a - b) <= 1 for a, b in zip((left, top, right, bottom), (643, 451, 669, 476), strict=True))
    assert all(min(made[place].getpixel((641, 478))) > 230 for place in (1, 2))
    assert max(made[1].crop((650, 457, 662, 472)).convert("L").getdata()) > 240


def test_words_stand_below_and_right_of_their_point(tmp_path):
    text = mark("text", (0.25, 0.25), width=3, text="Größer\n<b>ж</b>")
    [still] = made_of(picture_at(tmp_path, (1000, 800)), "image/png", [Still([text])]).values()
    left, top, right, bottom = red_box(still)

    assert 250 <= left <= 258 and 200 <= top <= 212 and 320 < right < 420 and 260 < bottom < 275


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

import wave
from pathlib import Path

import av
import pytest
from PIL import Image, ImageChops, ImageStat

from signoff.integrations.media.types import HEAD_BYTES, expected_kind, type_of
from signoff.ops.demo.drawing.files import PICTURES, DrawnFile, rounds_for
from signoff.ops.demo.drawing.plates import picture
from signoff.ops.demo.drawing.reels import FILMS
from signoff.ops.demo.drawing.sheet import every_round
from signoff.ops.demo.plan import RowPlan
from signoff.ops.demo.work import ardent, kolibri, maren, norra, northlight
from signoff.revisions.names import clean_file_name

ROWS = {
    (project.job_number, row.name): row
    for house in (kolibri, ardent, maren, norra, northlight)
    for project in house.PROJECTS
    for row in project.rows
}
VISIBLE = 1.0  # of 255, on average over the whole picture
LOOKED_AT = (
    ("20418", "Key visual, landscape"),
    ("20418", "Packshot, peach"),
    ("20418", "Shop banner set"),
    ("20433", "Gift box sleeve"),
    ("20451", "Club mailer"),
    ("20482", "Night oil, mailer"),
    ("20490", "Day cream, 50 ml, back"),
    ("20495", "By night, station poster"),
    ("20377", "Crossing sign, night"),
    ("NP-0031", "Harbour, titles"),
)


def last_file(job_number: str, name: str) -> DrawnFile:
    return rounds_for(job_number, name, ROWS[job_number, name].round)[-1].files[0]


def drawn(file: DrawnFile, folder: Path) -> Path:
    file.write(folder / file.name)
    return folder / file.name


def with_files() -> list[tuple[tuple[str, str], RowPlan]]:
    return [(key, row) for key, row in ROWS.items() if rounds_for(*key, row.round)]


def test_every_set_belongs_to_a_row_of_the_tables_that_has_a_round():
    assert {key for key, row in ROWS.items() if row.round} >= {*PICTURES, *FILMS}
    assert 60 <= len(with_files()) <= 90


def test_the_newest_drawn_round_is_the_one_that_the_row_stands_at():
    for key, row in with_files():
        numbers = [one.number for one in rounds_for(*key, row.round)]
        assert numbers == list(range(row.round - len(numbers) + 1, row.round + 1)), key


def test_a_row_without_a_round_has_no_files():
    assert rounds_for("20418", "Making of", 0) == []
    assert rounds_for("20418", "Tastes of nothing", 3) == []


def test_names_are_what_the_house_would_call_them_and_nobody_has_the_same():
    names = [file.name for key, row in with_files() for one in rounds_for(*key, row.round) for file in one.files]
    assert len(set(names)) == len(names)
    assert [clean_file_name(name) for name in names] == names
    assert None not in [expected_kind(name) for name in names]


@pytest.mark.parametrize("key", LOOKED_AT, ids=" ".join)
def test_rounds_differ_so_that_one_sees_it(key: tuple[str, str], tmp_path: Path):
    pictures = []
    for one in rounds_for(*key, ROWS[key].round):
        with Image.open(drawn(one.files[0], tmp_path)) as image:
            pictures.append(image.convert("RGB"))
    assert len(pictures) > 1
    for before, after in zip(pictures, pictures[1:], strict=False):
        difference = ImageStat.Stat(ImageChops.difference(before, after)).mean
        assert sum(difference) / 3 > VISIBLE


@pytest.mark.parametrize(
    "key",
    [
        ("20418", "Key visual, landscape"),
        ("20418", "Wobbler"),
        ("20499", "Icon, winter"),
        ("20418", "First sip, 6 s bumper"),
        ("20495", "Sleeper trains, radio"),
        ("20402", "Pocket timetable"),
    ],
    ids=" ".join,
)
def test_files_are_what_their_names_say(key: tuple[str, str], tmp_path: Path):
    path = drawn(last_file(*key), tmp_path)
    found = type_of(path.read_bytes()[:HEAD_BYTES], path.name)
    assert found.kind == expected_kind(path.name)
    assert 10_000 < path.stat().st_size < 5_000_000  # some 170 files: the whole set stays below 120 MB


def test_the_same_is_drawn_twice(tmp_path: Path):
    keys = [("20418", "Feed square, mint"), ("20402", "Pocket timetable"), ("20433", "Long way home, radio 20 s")]
    for name in ("once", "twice"):
        (tmp_path / name).mkdir()
    for key in keys:
        once, twice = (drawn(last_file(*key), tmp_path / name).read_bytes() for name in ("once", "twice"))
        assert once == twice


def test_print_files_are_cmyk_and_other_rounds_are_not(tmp_path: Path):
    rounds = rounds_for("20418", "Key visual, landscape", 4)
    assert [one.files[0].name.rpartition(".")[2] for one in rounds] == ["jpg", "jpg", "jpg", "tif"]
    with Image.open(drawn(rounds[-1].files[0], tmp_path)) as image:
        assert (image.mode, image.size) == ("CMYK", (2000, 1000))


def test_one_film_arrives_cut_off_and_no_player_opens_it(tmp_path: Path):
    broken = [file for one in every_round() for file in one.files if file.is_broken]
    assert [file.name for file in broken] == ["ardent_trail3_60s_opening_r1.mp4"]
    with pytest.raises(av.error.InvalidDataError):
        av.open(str(drawn(broken[0], tmp_path)))


def test_a_film_has_the_frames_that_its_cut_says_and_they_move(tmp_path: Path):
    path = drawn(last_file("20418", "First sip, 6 s bumper"), tmp_path)
    with av.open(str(path)) as film:
        video = film.streams.video[0]
        assert (video.average_rate, video.frames, video.width, video.height) == (25, 150, 1280, 720)
        assert film.streams.audio[0].codec.name == "aac"
        frames = [frame.to_image() for frame in film.decode(video=0)]
    assert sum(ImageStat.Stat(ImageChops.difference(frames[0], frames[80])).mean) / 3 > VISIBLE


def test_a_spot_lasts_as_long_as_it_says(tmp_path: Path):
    with wave.open(str(drawn(last_file("20433", "Long way home, radio 20 s"), tmp_path))) as file:
        assert (file.getframerate(), file.getnframes() / file.getframerate()) == (48_000, 20)


def test_what_changed_is_told_from_the_looks():
    notes = [one.what_changed for one in rounds_for("20418", "Key visual, landscape", 4)]
    assert notes == [
        "First layout.",
        "New headline “Tastes like morning.”, leaves added, legal line added.",
        "New headline “Tastes like first light.”, colours warmer.",
        "Sun moved to the left third, can 8 % larger, new legal line.",
    ]


def test_of_a_round_whose_forerunner_is_not_drawn_nothing_is_claimed():
    assert [one.what_changed for one in rounds_for("20418", "First sip, 40 s hero film", 3)] == [
        "After the notes on round 1.",
        "Lake 8 frames shorter, can 16 frames longer, friends 16 frames shorter, end frame 8 frames longer, "
        "bass added to the music.",
    ]


def test_a_picture_is_as_large_as_its_plate():
    plate = PICTURES["20418", "Newsletter header"].plates[0]
    assert picture(plate, plate.look).size == (1200, 600)

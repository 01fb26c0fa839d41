"""Names of frames. `timecodes.json` is the table that the pages' own (`room/timecodes.test.ts`) agrees with, too."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from signoff.core.timecode import base_of, clock, frame_named, milliseconds, rate_of, timecode

TABLE = json.loads((Path(__file__).parent / "timecodes.json").read_text())
CASES = [(Fraction(one["num"], one["den"]), int(frame), name) for one in TABLE for frame, name in one["names"].items()]
RATES = sorted({rate for rate, _, _ in CASES})


@pytest.mark.parametrize(("rate", "frame", "name"), CASES)
def test_a_frame_has_its_name_and_is_found_by_it(rate, frame, name):
    assert timecode(frame, rate) == name
    assert frame_named(name, rate) == frame


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_every_frame_of_the_first_half_hour_is_found_by_its_name(rate):
    last = base_of(rate) * 1_800

    assert [frame_named(timecode(frame, rate), rate) for frame in range(last)] == list(range(last))


@pytest.mark.parametrize("rate", [Fraction(30_000, 1_001), Fraction(60_000, 1_001)], ids=str)
def test_names_that_are_dropped_name_no_frame(rate):
    drops = base_of(rate) // 15

    assert [frame_named(f"00:01:00;{n:02}", rate) for n in range(drops)] == [None] * drops
    assert frame_named("00:10:00;00", rate) is not None


@pytest.mark.parametrize(
    "said", ["", "x", "00:00:00", "00:60:00:00", "00:00:60:00", "00:00:00:25", "-1:00:00:00", "٠٠:00:00:00"]
)
def test_what_is_no_timecode_names_nothing(said):
    assert frame_named(said, Fraction(25)) is None


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_drop_frame_keeps_to_the_clock(rate):
    hour = frame_named("01:00:00:00", rate)

    assert abs(milliseconds(hour, rate) - 3_600_000) <= (4_000 if rate == Fraction(24_000, 1_001) else 10)


def test_what_is_not_known_counts_as_25():
    assert (rate_of(None, None), rate_of(24_000, 1_001)) == (25, Fraction(24_000, 1_001))


def test_moments_of_a_sound():
    assert [clock(ms) for ms in (0, 1_250, 61_007, 3_723_250)] == ["00:00.000", "00:01.250", "01:01.007", "1:02:03.250"]

"""Which frame of a constant rate each frame is."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from signoff.integrations.media.decode.clock import Clock

FILM = Fraction(24000, 1001)
MS = Fraction(1, 1000)


def numbers(clock: Clock, *stamps: int | None) -> list[int | None]:
    return [clock.number(pts, MS) for pts in stamps]


def test_a_coarse_containers_rounding_is_undone() -> None:
    assert numbers(Clock(FILM), *(round(number / FILM / MS) for number in range(100))) == list(range(100))


def test_what_is_shown_longer_leaves_numbers_to_be_repeated() -> None:
    assert numbers(Clock(Fraction(30)), 500, 533, 567, 1500) == [0, 1, 2, 30]


def test_frames_that_come_unevenly_are_all_kept() -> None:
    assert numbers(Clock(Fraction(30)), 0, 33, 51, 82, 133) == [0, 1, 2, 3, 4]


def test_what_is_too_close_is_left_out() -> None:
    assert numbers(Clock(Fraction(25)), 0, 10, 20, 30, 40, 80) == [0, 1, None, None, 2, 3]


def test_a_frame_without_a_time_follows_the_one_before() -> None:
    assert numbers(Clock(Fraction(25)), 0, None, None, 200) == [0, 1, 2, 5]


def test_times_that_begin_anew_go_on() -> None:
    """Two recordings behind each other, as some recorders write them."""
    assert numbers(Clock(Fraction(25)), 4000, 4040, 0, 40, 120) == [0, 1, 2, 3, 5]


def test_a_leap_behind_the_end_is_none() -> None:
    assert numbers(Clock(Fraction(25), 1000), 0, 40, 3_600_000, 3_600_040) == [0, 1, 2, 3]
    assert numbers(Clock(Fraction(25)), 0, 40, 3_600_000, 3_600_040) == [0, 1, 2, 3]


def test_a_pause_as_long_as_the_file_is_one() -> None:
    assert numbers(Clock(Fraction(25), 60_000), 0, 40, 59_960) == [0, 1, 1499]


@given(st.lists(st.one_of(st.none(), st.integers(-10_000, 10_000)), min_size=2, max_size=40))
def test_time_only_goes_forward(stamps: list[int | None]) -> None:
    clock = Clock(FILM)
    found = [number for number in numbers(clock, *stamps) if number is not None]
    assert [late > early for early, late in zip(found, found[1:], strict=False)] == [True] * (len(found) - 1)

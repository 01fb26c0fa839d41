"""When frames are shown."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from signoff.integrations.media.decode.clock import Clock

FILM = Fraction(24000, 1001)
MS = Fraction(1, 1000)


def test_a_coarse_containers_rounding_is_undone() -> None:
    clock = Clock(FILM)
    times = [clock.ticks(round(number / FILM / MS), MS) * clock.time_base for number in range(100)]
    assert times == [number / FILM for number in range(100)]


def test_a_time_of_its_own_is_kept() -> None:
    clock = Clock(Fraction(30))
    times = [clock.ticks(pts, MS) * clock.time_base for pts in (500, 533, 550, 1500)]
    assert [round(time * 1000) for time in times] == [0, 33, 50, 1000]


def test_a_frame_without_a_time_follows_the_one_before() -> None:
    clock = Clock(Fraction(25))
    times = [clock.ticks(pts, MS) * clock.time_base for pts in (0, None, None, 200)]
    assert times == [0, Fraction(1, 25), Fraction(2, 25), Fraction(1, 5)]


@given(st.lists(st.one_of(st.none(), st.integers(-10_000, 10_000)), min_size=2, max_size=40))
def test_time_only_goes_forward(stamps: list[int | None]) -> None:
    clock = Clock(FILM)
    ticks = [clock.ticks(pts, MS) for pts in stamps]
    assert [late > early for early, late in zip(ticks, ticks[1:], strict=False)] == [True] * (len(stamps) - 1)

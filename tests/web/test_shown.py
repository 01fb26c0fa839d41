from datetime import UTC, date, datetime, timedelta

import pytest

from signoff.web import shown

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=4), "4 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=2), "2 h ago"),
        (timedelta(hours=20), "yesterday"),
        (timedelta(days=3), "3 d ago"),
        (timedelta(days=8), "14 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
    ],
)
def test_ago_says_how_long_in_the_largest_unit_that_helps(before: timedelta, words: str) -> None:
    assert shown.ago(NOW - before, NOW) == words


@pytest.mark.parametrize(("day", "days"), [(date(2026, 11, 20), -2), (date(2026, 11, 22), 0), (None, None)])
def test_days_until_counts_down_to_and_past_the_day(day: date | None, days: int | None) -> None:
    assert shown.days_until(day, date(2026, 11, 22)) == days


def test_a_date_has_its_year_when_it_is_another_one() -> None:
    today = date(2026, 11, 22)
    assert [shown.short_date(day, today) for day in (date(2026, 12, 12), date(9999, 1, 1), None)] == [
        "12 Dec",
        "1 Jan 9999",
        "",
    ]


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1 kB"),
        (999_400, "999 kB"),
        (999_600, "1.0 MB"),
        (4_200_000, "4.2 MB"),
        (212_000_000, "212 MB"),
        (1_900_000_000, "1.9 GB"),
        (5_000_000_000_000_000, "5000 TB"),
        (None, ""),
    ],
)
def test_file_size_has_the_unit_that_fits(size: int | None, words: str) -> None:
    assert shown.file_size(size) == words


def test_counts_agree_with_their_noun() -> None:
    assert [shown.count_of(n, "project", "projects") for n in (0, 1, 12_000)] == [
        "0 projects",
        "1 project",
        "12,000 projects",
    ]


def test_moments_and_times_of_nothing_are_empty() -> None:
    assert [shown.ago(None), shown.time_of_day(None), shown.full_time(None), shown.number(None)] == ["", "", "", ""]


def test_a_moment_is_said_in_full() -> None:
    assert (shown.full_time(NOW), shown.time_of_day(NOW)) == ("22 Nov 2026, 14:00", "14:00")

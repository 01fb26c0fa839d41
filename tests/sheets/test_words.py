from datetime import date, datetime

import pytest

from signoff.sheets.dates import day_order, read_date
from signoff.sheets.statuses import read_priority, read_project_status, read_stage_status, read_status
from signoff.sheets.words import (
    BadWord,
    near,
    read_checkbox,
    read_choice,
    read_decimal,
    read_tags,
    read_whole,
    text_of,
    write_tags,
)

DAYS = [
    ("2026-12-04", None, date(2026, 12, 4)),
    ("2026-12-04T10:00:00Z", None, date(2026, 12, 4)),
    ("2026/1/2", None, date(2026, 1, 2)),
    ("20261204", None, date(2026, 12, 4)),
    ("25/12/2026", None, date(2026, 12, 25)),
    ("12/25/2026", None, date(2026, 12, 25)),
    ("5.5.26", None, date(2026, 5, 5)),
    ("03/04/2026", True, date(2026, 4, 3)),
    ("03/04/2026", False, date(2026, 3, 4)),
    ("03.04.26 14:30", True, date(2026, 4, 3)),
    ("4 Dec 2026", None, date(2026, 12, 4)),
    ("Dec 4th, 2026", None, date(2026, 12, 4)),
    ("Fri 4. Dezember 26", None, date(2026, 12, 4)),
    ("04-déc-2026", None, None),
    (1, None, date(1900, 1, 1)),
    (59, None, date(1900, 2, 28)),
    (61.0, None, date(1900, 3, 1)),
    (46360, None, date(2026, 12, 4)),
    (46360.75, None, date(2026, 12, 4)),
    ("46360", None, date(2026, 12, 4)),
    (2_958_465, None, date(9999, 12, 31)),
    ("9999-12-31", None, date(9999, 12, 31)),
    ("1900-01-01", None, date(1900, 1, 1)),
    (datetime(2026, 12, 4, 9), None, date(2026, 12, 4)),
]


@pytest.mark.parametrize(("cell", "day_first", "day"), [one for one in DAYS if one[2]])
def test_days_are_read_as_people_write_them(cell, day_first, day):
    assert read_date(cell, day_first) == day


@pytest.mark.parametrize(
    ("cell", "reason", "guess"),
    [
        ("31.11.26", "This is not a date: November 2026 has 30 days.", "2026-11-30"),
        ("29/02/2027", "This is not a date: February 2027 has 28 days.", "2027-02-28"),
        ("2026-13-01", "This is not a date: there is no month 13.", ""),
        ("soon", "This is not a date.", ""),
        ("Q4 2026", "This is not a date.", ""),
        (0, "This number is not a date.", ""),
        (-3, "This number is not a date.", ""),
        (3_000_000, "This number is not a date.", ""),
        (True, "This is not a date.", ""),
    ],
)
def test_what_is_no_day_says_why(cell, reason, guess):
    with pytest.raises(BadWord) as bad:
        read_date(cell, True)
    assert (bad.value.reason, bad.value.guess) == (reason, guess)


def test_a_day_that_could_be_two_is_asked():
    with pytest.raises(BadWord) as bad:
        read_date("03/04/2026", None)
    assert bad.value.asks == "day_first"


@pytest.mark.parametrize(
    ("cell", "order"),
    [("25/12/2026", "day"), ("12/25/2026", "month"), ("3/4/26", "either"), ("5/5/26", ""), ("2026-03-04", ""), (3, "")],
)
def test_what_a_date_tells_about_its_order(cell, order):
    assert day_order(cell) == order


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("WIP", "in_progress"), ("Approved by client", "approved"), ("In QA", "in_review"),
        ("Retake", "changes_requested"),
        ("to-do", "not_started"), ("Delivered", "delivered"), ("On Hold", "on_hold"), ("KILLED", "cancelled"),
        ("in_progress", "in_progress"), ("Changes requested", "changes_requested"),
    ],
)  # fmt: skip
def test_statuses_of_other_tools(word, status):
    assert read_status(word, {}) == status


def test_what_was_taught_wins_over_the_tables():
    assert read_status("WIP", {"wip": "in_review"}) == "in_review"
    assert read_stage_status("Delivered", {}) == "approved"
    assert read_stage_status("N/A", {}) == "skipped"
    assert (read_project_status("Live", {}), read_priority("ASAP")) == ("active", "urgent")


@pytest.mark.parametrize("read", [read_status, read_stage_status, read_project_status])
def test_an_unknown_status_names_the_known_ones(read):
    with pytest.raises(BadWord) as bad:
        read("Aproved-ish by nobody", {})
    assert (bad.value.asks, "write one of:" in bad.value.reason) == ("status", True)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12),
        (12.0, 12),
        (1.5, 1.5),
        ("1,5", 1.5),
        ("1 234.5", 1234.5),
        ("-3", -3),
        ("0,125", 0.125),
        ("1e3", 1000.0),
    ],
)
def test_numbers(cell, number):
    assert read_decimal(cell) == number


@pytest.mark.parametrize("cell", ["1,234", "1.234", "twelve", True, "", "1e999", float("nan")])
def test_what_is_no_number_or_could_be_two(cell):
    with pytest.raises(BadWord):
        read_decimal(cell)


@pytest.mark.parametrize(("cell", "number"), [("R3", 3), ("v03", 3), (2.0, 2), ("Round 4", 4)])
def test_rounds(cell, number):
    assert read_whole(cell) == number


@pytest.mark.parametrize("cell", ["-1", "3.5", "99999", True, "three"])
def test_what_is_no_round(cell):
    with pytest.raises(BadWord):
        read_whole(cell)


@pytest.mark.parametrize("tags", [[], ["a"], ["a, b", "c"], ['say "x"', "d;e", "=f"], ["Über", "日本"]])
def test_tags_there_and_back(tags):
    assert read_tags(write_tags(tags), 60) == tags


def test_small_things():
    assert read_tags("a; b ;a", 60) == ["a", "b"]
    assert (read_checkbox("Ja"), read_checkbox(False)) == (True, False)
    assert read_choice("second", ["First", "Second"]) == "Second"
    assert near("Ardant Running", ["Ardent Running", "Norra Rail"]) == "Ardent Running"
    assert near("Zebra", ["Ardent Running"]) == ""
    assert [text_of(cell) for cell in (None, True, 3.0, 3.5, date(2026, 1, 2))] == [
        "",
        "TRUE",
        "3",
        "3.5",
        "2026-01-02",
    ]
    for bad in (lambda: read_checkbox("perhaps"), lambda: read_choice("third", ["First"])):
        with pytest.raises(BadWord):
            bad()

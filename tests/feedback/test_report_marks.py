"""Markers for an editor: an EDL that DaVinci Resolve reads, and the same as CSV."""

import csv as reader
import io
from fractions import Fraction

import pytest

from signoff.core.timecode import frame_named
from signoff.feedback.actions import NoteChange, change_note
from signoff.feedback.models import FeedbackItem, State
from signoff.feedback.report import report_of
from signoff.feedback.report_marks import BadStart, NoFilm, csv, edl
from signoff.feedback.shapes import Place
from signoff.revisions.models import MediaFile, Revision

RATES = {
    "23.976": (24_000, 1_001),
    "24": (24, 1),
    "25": (25, 1),
    "29.97": (30_000, 1_001),
    "30": (30, 1),
    "50": (50, 1),
    "59.94": (60_000, 1_001),
}


@pytest.fixture
def report(cast, first, film):
    """A function that reads the report anew."""

    def it(who="pat"):
        rows = Revision.objects.select_related("deliverable__project__organization")
        return report_of(cast.actor(who), rows.get(pk=first.pk))

    return it


def test_an_edl_as_resolve_writes_it(cast, film, say, report):
    said = say("rev", "Too low | and\ndark", place=Place(file=film.pk, frame_in=30, frame_out=49), is_must_fix=True)
    say("art", "Mine?", parent=said.pk)
    say("rev", "2 more", place=Place(file=film.pk, frame_in=99))

    assert edl(report(), None, "01:00:00:00").decode().split("\r\n") == [
        "TITLE: Key visual Round 1",
        "FCM: NON-DROP FRAME",
        "",
        "001  001      V     C        01:00:01:05 01:00:01:06 01:00:01:05 01:00:01:06  ",
        "Rev Reviewer: Too low / and dark / Art Maker: Mine? |C:ResolveColorRed |M:Round 1 - 1 |D:20",
        "",
        "002  001      V     C        01:00:03:24 01:00:04:00 01:00:03:24 01:00:04:00  ",
        "Rev Reviewer: 2 more |C:ResolveColorBlue |M:Round 1 - 2 |D:1",
        "",
        "",
    ]


@pytest.mark.parametrize("rate", RATES.values(), ids=RATES)
def test_markers_stand_at_their_frames_at_every_rate(cast, film, say, report, rate):
    MediaFile.objects.update(fps_num=rate[0], fps_den=rate[1], frames=100_000)
    frames = [0, 1_799, 1_800, 17_981, 17_982, 53_946, 99_999]
    for frame in frames:
        say("rev", place=Place(file=film.pk, frame_in=frame))
    lines = edl(report(), None, "01:00:00:00").decode().split("\r\n")
    events = [line.split() for line in lines if line[:3].isdigit()]
    begin = frame_named("01:00:00:00", Fraction(*rate))

    assert lines[1] == ("FCM: DROP FRAME" if rate in (RATES["29.97"], RATES["59.94"]) else "FCM: NON-DROP FRAME")
    assert [frame_named(event[4], Fraction(*rate)) - begin for event in events] == frames
    assert [frame_named(event[5], Fraction(*rate)) - begin for event in events] == [frame + 1 for frame in frames]
    assert all(event[4:6] == event[6:8] for event in events)


def test_drop_frame_is_written_with_semicolons(cast, film, say, report):
    MediaFile.objects.update(fps_num=30_000, fps_den=1_001, frames=100_000)
    say("rev", place=Place(file=film.pk, frame_in=1_800))

    assert "01:01:00;02 01:01:00;03" in edl(report(), None, "01:00:00:00").decode()
    assert "00:01:00;02 00:01:00;03" in edl(report(), None, "00:00:00;00").decode()


def test_colours_say_how_a_note_stands(cast, film, say, report):
    say("rev", place=Place(file=film.pk, frame_in=1))
    item = FeedbackItem.objects.get()
    change_note(actor=cast.actor("art"), item=item, change=NoteChange(state=State.ADDRESSED), version=item.version)

    assert "ResolveColorYellow" in edl(report(), None, "01:00:00:00").decode()


@pytest.mark.parametrize("text", ["1. first", "* star", "", "|C:ResolveColorRed |M:x |D:9", "a\r\nTITLE: x\u2028y"])
def test_no_words_break_a_line_or_look_like_another_one(cast, film, say, report, text):
    say("rev", text or " x", place=Place(file=film.pk, frame_in=1))
    lines = edl(report(), None, "01:00:00:00").decode().splitlines()

    assert len(lines) == 6 and lines[4].startswith("Rev Reviewer: ") and lines[4].count("|") == 3


def test_a_csv_has_the_same_markers(cast, film, say, report):
    say("rev", "=1+1", place=Place(file=film.pk, frame_in=30, frame_out=49))
    (row,) = reader.DictReader(io.StringIO(csv(report(), None, "01:00:00:00").decode("utf-8-sig")))

    assert row == {
        "#": "1",
        "Record In": "01:00:01:05",
        "Record Out": "01:00:02:00",
        "Duration": "20",
        "Name": "Round 1 - 1",
        "Color": "Blue",
        "Notes": "Rev Reviewer: =1+1",
        "Author": "Rev Reviewer",
        "State": "Open",
        "Frame": "30",
    }


def test_no_film_no_markers(cast, first, film, say, report):
    with pytest.raises(NoFilm):
        edl(report(), 2, "01:00:00:00")
    MediaFile.objects.update(kind="image")
    with pytest.raises(NoFilm):
        csv(report(), None, "01:00:00:00")


@pytest.mark.parametrize("start", ["", "x", "25:61:00:00", "01:00:00:25", "00:01:00", "9" * 20])
def test_a_timeline_begins_at_a_timecode(cast, film, report, start):
    with pytest.raises(BadStart):
        edl(report(), None, start)


def test_an_editor_at_the_client_reads_the_clients_words(cast, film, say, report):
    say("rev", "Secret", place=Place(file=film.pk, frame_in=1))

    assert "Secret" in edl(report(), None, "01:00:00:00").decode()
    assert "Secret" not in edl(report("mia"), None, "01:00:00:00").decode()

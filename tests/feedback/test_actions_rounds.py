"""Rounds and the notes that go along with them."""

import pytest

from signoff.audit.models import Event
from signoff.feedback.actions import NoteChange, change_note, replace_files, withdraw_round
from signoff.feedback.models import Kind, Sighting, State
from signoff.feedback.room import comments_of
from signoff.feedback.shapes import Place
from signoff.revisions.models import MediaFile
from tests.feedback.conftest import fresh, next_round
from tests.files import add_round, picture, send
from tests.together import at_once


@pytest.fixture
def read(cast):
    """What pat reads in a round."""
    return lambda revision: comments_of(cast.actor("pat"), fresh(revision))


@pytest.fixture
def seen(read):
    """The notes of a round: text, whether in a file here, whether that is a guess."""
    return lambda revision: [
        (one["text"], one["file"] is not None, one["note"]["is_approximate"]) for one in read(revision) if one["note"]
    ]


def test_what_asks_for_something_goes_on(cast, first, say, seen):
    for kind in Kind:
        say("rev", kind.label, kind=kind)
    done = say("rev", "Done").item
    change_note(actor=cast.actor("rev"), item=done, change=NoteChange(state=State.VERIFIED))
    addressed = say("rev", "Addressed").item
    change_note(actor=cast.actor("art"), item=addressed, change=NoteChange(state=State.ADDRESSED))
    second = next_round(cast, first)

    assert [one[0] for one in seen(second)] == ["To do", "Question", "Addressed"]
    assert Event.objects.filter(verb="round.added").latest("pk").data["carried"] == 3


def test_a_place_is_a_hint_in_the_file_at_the_same_position(cast, first, say, read, seen):
    file = first.files.get()
    say("rev", "Everywhere")
    say("rev", "Here", place=Place(file=file.pk))
    second = next_round(cast, first)

    assert seen(second) == [("Everywhere", False, False), ("Here", True, False)]
    assert read(second)[1]["file"] == second.files.get().pk


def test_in_another_kind_of_file_it_is_lost(cast, first, say, seen):
    say("rev", "Here", place=Place(file=first.files.get().pk))
    second = add_round(cast.actor("art"), fresh(first).deliverable, b"%PDF-1.7 x", name="hero.pdf")

    assert seen(second) == [("Here", False, True)]


@pytest.mark.parametrize(("frames", "is_guess"), [(100, False), (101, True), (None, True)])
def test_in_a_film_of_another_length_it_is_a_guess(cast, first, film, say, frames, is_guess, seen):
    """How long the new one is becomes known only later."""
    say("rev", "Here", place=Place(file=film.pk, frame_in=10))
    second = add_round(cast.actor("art"), fresh(first).deliverable, b"\0\0\0\x18ftypmp42 x", name="hero.mp4")
    MediaFile.objects.filter(revision=second).update(frames=frames)

    assert seen(second) == [("Here", True, is_guess)]


def test_where_it_was_found_last_is_where_it_is_looked_for_next(cast, first, film, say, read, seen):
    item = say("rev", "Here", place=Place(file=film.pk, frame_in=10)).item
    second = add_round(cast.actor("art"), fresh(first).deliverable, b"\0\0\0\x18ftypmp42 x", name="hero.mp4")
    MediaFile.objects.filter(revision=second).update(frames=120)
    place = Place(file=second.files.get().pk, frame_in=30)
    change_note(actor=cast.actor("art"), item=item, change=NoteChange(revision=fresh(second), place=place))
    assert (seen(second), read(second)[0]["frame_in"]) == ([("Here", True, False)], 30)
    third = add_round(cast.actor("art"), fresh(first).deliverable, b"\0\0\0\x18ftypmp42 y", name="hero.mp4")
    MediaFile.objects.filter(revision=third).update(frames=120)

    assert (seen(third), read(third)[0]["frame_in"]) == ([("Here", True, False)], 30)
    assert read(first)[0]["frame_in"] == 10


def test_answers_are_read_up_to_the_round_that_is_looked_at(cast, first, say, read):
    head = say("rev", "Lower")
    say("art", "Will do", parent=head.pk)
    second = next_round(cast, first)
    say("art", "Done", parent=head.pk, round=second)

    assert [[one["text"] for one in read(one)] for one in (first, second)] == [
        ["Lower", "Will do"],
        ["Lower", "Will do", "Done"],
    ]


def test_taken_back_a_round_was_not_there(cast, first, say):
    addressed, refused = say("rev").item, say("rev").item
    second = next_round(cast, first)
    change_note(actor=cast.actor("art"), item=addressed, change=NoteChange(state=State.ADDRESSED))
    change_note(actor=cast.actor("rev"), item=refused, change=NoteChange(state=State.WONT_FIX, reason="No"))
    withdraw_round(actor=cast.actor("art"), revision=second)

    for item in (addressed, refused):
        item.refresh_from_db()
    assert (addressed.state, refused.state) == ("open", "wont_fix")
    assert list(Sighting.objects.values_list("revision", flat=True)) == [first.pk, first.pk]


def test_other_files_are_looked_at_anew(cast, first, say, read, seen):
    say("rev", "Here", place=Place(file=first.files.get().pk))
    second = next_round(cast, first)
    upload = send(cast.actor("art"), second.deliverable, picture(colour="#123456"))
    replace_files(actor=cast.actor("art"), revision=second, uploads=[upload.pk])

    assert seen(second) == [("Here", True, False)]
    assert read(second)[0]["file"] == fresh(second).files.get().pk


@pytest.mark.django_db(transaction=True)
def test_said_and_superseded_at_once_is_either_carried_or_refused(cast, first, say, seen):
    outcome = at_once(lambda: say("rev"), lambda: next_round(cast, first))
    second = first.deliverable.revisions.get(round=2)

    assert (outcome, len(seen(second))) in [(["done", "done"], 1), (["done", "old_round"], 0)]

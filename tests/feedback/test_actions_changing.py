"""Saying something anew, taking it back, showing it to the client."""

import pytest
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed
from signoff.core.ids import new_id
from signoff.feedback.actions import Anew, change_comment, release_comment, remove_comment
from signoff.feedback.errors import AlreadyRemoved, BadMark, EmptyComment, ParentIsInternal, RoundLocked
from signoff.feedback.models import Annotation, Audience, Comment, FeedbackItem
from signoff.feedback.room import comments_of
from signoff.feedback.shapes import Geometry, Mark, Place
from signoff.notifications.models import Notification
from signoff.revisions.errors import OldRound
from signoff.revisions.models import Revision
from tests.feedback.conftest import fresh, next_round
from tests.together import at_once


def a_mark(text: str = "") -> Mark:
    geometry = Geometry(points=[(0.5, 0.5)], text=text or None)
    return Mark(id=new_id(), kind="text" if text else "pin", geometry=geometry)


def texts(cast, who, revision):
    return [(one["text"], one["is_removed"]) for one in comments_of(cast.actor(who), fresh(revision))]


def last():
    event = Event.objects.latest("pk")
    return event.verb, {row.recipient.name.split()[0]: row.reason for row in Notification.objects.filter(event=event)}


# --- anew


def test_one_says_ones_own_comment_anew(cast, first, say):
    comment = say("rev")
    changed = change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(text="Lower"), version=1)

    assert (changed.text, changed.version, changed.edited_at is not None) == ("Lower", 2, True)
    assert last() == ("comment.changed", {})
    assert Event.objects.latest("pk").changes == {"text": ["The sun is too low", "Lower"]}


def test_marks_take_the_place_of_those_that_were_there(cast, first, say):
    place = Place(file=first.files.get().pk)
    comment = say("rev", place=place, marks=[a_mark(), a_mark()])
    kept = a_mark("Here")
    change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(marks=[kept]))

    assert list(Annotation.objects.values_list("pk", "kind")) == [(kept.id, "text")]


def test_a_place_that_is_left_out_stays(cast, film, say):
    comment = say("rev", place=Place(file=film.pk, frame_in=10))
    changed = change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(text="Lower"))
    moved = change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(place=Place(file=film.pk, frame_in=12)))

    assert (changed.frame_in, moved.frame_in) == (10, 12)


def test_a_place_does_not_run_away_from_its_marks(cast, film, say):
    comment = say("rev", place=Place(file=film.pk, frame_in=10), marks=[a_mark()])
    for place in (Place(), Place(file=film.pk), Place(file=film.pk, frame_in=11)):
        with pytest.raises(BadMark):
            change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(place=place))
    wider = Place(file=film.pk, frame_in=8, frame_out=12)
    assert change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(place=wider)).frame_out == 12


def test_only_who_is_named_now_is_told(cast, say):
    comment = say("rev", mentions=[cast.ada.pk])
    people = [cast.ada.pk, cast.pat.pk]
    change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(mentions=people))

    assert last() == ("comment.changed", {"Pat": "mentioned"})


def test_nothing_is_nothing(cast, first, say):
    comment = say("rev")
    with pytest.raises(EmptyComment):
        change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(text=" "))
    with pytest.raises(BadMark):
        change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(marks=[a_mark()]))
    comment.refresh_from_db()
    assert (comment.text, comment.version) == ("The sun is too low", 1)


@pytest.mark.parametrize("who", ["pat", "ada", "mia"])
def test_another_ones_words_are_not_changed(cast, say, who):
    with pytest.raises(NotAllowed):
        change_comment(actor=cast.actor(who), comment=say("rev"), anew=Anew(text="Fine"))


def test_who_is_late_sees_how_it_is_now(cast, say):
    comment = say("rev")
    change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(text="Lower"), version=1)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(text="Higher"), version=1)
    assert refused.value.detail == {"current": {"version": 2, "text": "Lower"}}


def test_what_was_said_before_a_decision_or_a_new_round_stays(cast, first, say):
    comment = say("rev")
    Revision.objects.filter(pk=first.pk).update(locked_at=now())
    later = say("rev", "Thank you")
    for act in (
        lambda: change_comment(actor=cast.actor("rev"), comment=comment, anew=Anew(text="Lower")),
        lambda: remove_comment(actor=cast.actor("rev"), comment=comment),
    ):
        with pytest.raises(RoundLocked):
            act()
    assert change_comment(actor=cast.actor("rev"), comment=later, anew=Anew(text="Thanks")).text == "Thanks"
    next_round(cast, first)
    with pytest.raises(OldRound):
        remove_comment(actor=cast.actor("rev"), comment=later)


# --- taken back


def test_a_comment_that_is_taken_back_is_gone_and_asks_for_nothing(cast, first, say):
    comment = say("rev", place=Place(file=first.files.get().pk), marks=[a_mark()], is_must_fix=True)
    remove_comment(actor=cast.actor("rev"), comment=comment)

    comment.refresh_from_db()
    assert (comment.text, comment.removed_at is not None, Annotation.objects.count()) == ("", True, 0)
    assert list(FeedbackItem.objects.to_settle()) == []
    assert texts(cast, "pat", first) == []
    assert (last(), Event.objects.latest("pk").subject_label) == (("comment.removed", {}), "The sun is too low")


def test_with_answers_it_stays_without_words_for_who_reads_the_answers(cast, first, say):
    head = say("pat", audience=Audience.CLIENT)
    answer = say("art", "Which one?", parent=head.pk)
    remove_comment(actor=cast.actor("pat"), comment=head)

    assert (texts(cast, "art", first), texts(cast, "mia", first)) == ([("", True), ("Which one?", False)], [])
    remove_comment(actor=cast.actor("art"), comment=answer)
    assert texts(cast, "art", first) == []


@pytest.mark.parametrize("who", ["pat", "art", "mia"])
def test_others_do_not_take_it_back(cast, say, who):
    with pytest.raises(NotAllowed):
        remove_comment(actor=cast.actor(who), comment=say("rev"))


def test_an_admin_does(cast, first, say):
    remove_comment(actor=cast.actor("ada"), comment=say("rev"))
    assert texts(cast, "pat", first) == []


def test_twice_is_refused(cast, say):
    comment = say("rev")
    remove_comment(actor=cast.actor("rev"), comment=comment)
    with pytest.raises(AlreadyRemoved):
        remove_comment(actor=cast.actor("rev"), comment=comment)


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_answered_at_once_leaves_no_loose_end(cast, first, say):
    head, rev = say("rev"), cast.actor("rev")
    outcome = at_once(lambda: remove_comment(actor=rev, comment=head), lambda: say("art", "Which one?", parent=head.pk))

    found = texts(cast, "pat", first)
    assert (outcome, found) in [
        (["already_removed", "done"], []),
        (["done", "done"], [("", True), ("Which one?", False)]),
    ]


# --- shown to the client


def test_released_in_other_words(cast, first, say):
    comment = say("rev", "Mia will hate the blue", mentions=[cast.mia.pk])
    say("art", "She will", parent=comment.pk)
    release_comment(actor=cast.actor("pat"), comment=comment, client_text="A warmer blue?")

    assert texts(cast, "mia", first) == [("A warmer blue?", False)]
    assert texts(cast, "art", first) == [("Mia will hate the blue", False), ("She will", False)]
    assert last() == ("comment.released", {"Rev": "said", "Mia": "mentioned"})
    assert Event.objects.latest("pk").subject_label == "A warmer blue?"
    assert FeedbackItem.objects.get().client_number == 1


def test_other_words_take_the_texts_in_the_drawing_along(cast, first, say):
    place = Place(file=first.files.get().pk)
    comment = say("rev", "Blue", place=place, marks=[a_mark("She will hate it"), a_mark()])
    release_comment(actor=cast.actor("pat"), comment=comment, client_text="A warmer blue?")

    shown = {who: comments_of(cast.actor(who), first)[0]["marks"] for who in ("mia", "art")}
    assert {who: sorted(one["kind"] for one in marks) for who, marks in shown.items()} == {
        "mia": ["pin"],
        "art": ["pin", "text"],
    }


def test_released_twice_is_once_and_with_other_words_is_mended(cast, first, say):
    comment = say("rev", "Too blue")
    pat = cast.actor("pat")
    release_comment(actor=pat, comment=comment)
    events = Event.objects.count()
    release_comment(actor=pat, comment=comment)
    assert Event.objects.count() == events
    release_comment(actor=pat, comment=comment, client_text="A warmer blue?")
    assert (texts(cast, "mia", first), last()) == ([("A warmer blue?", False)], ("comment.changed", {}))


@pytest.mark.parametrize("who", ["art", "rev", "mia"])
def test_releasing_is_the_producers(cast, say, who):
    comment = say("rev")
    with pytest.raises(NotAllowed):
        release_comment(actor=cast.actor(who), comment=comment)
    comment.refresh_from_db()
    assert comment.audience == "internal"


def test_an_answer_is_released_after_what_it_answers(cast, first, say):
    head = say("rev", "Too blue")
    answer = say("art", "Warmer?", parent=head.pk)
    with pytest.raises(ParentIsInternal):
        release_comment(actor=cast.actor("pat"), comment=answer)
    for one in (head, answer):
        release_comment(actor=cast.actor("pat"), comment=one)
    assert texts(cast, "mia", first) == [("Too blue", False), ("Warmer?", False)]


def test_clients_see_nothing_of_a_round_that_is_not_released(cast, first, say):
    second = next_round(cast, first)
    release_comment(actor=cast.actor("pat"), comment=say("rev", round=second, mentions=[cast.mia.pk]))

    assert (last()[1], list(Comment.objects.visible_to(cast.actor("mia")))) == ({"Rev": "said"}, [])

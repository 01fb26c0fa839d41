"""Saying something about a round."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, NotFound
from signoff.core.ids import new_id
from signoff.core.text import BadText
from signoff.deliverables.actions import change_deliverable
from signoff.deliverables.models import Deliverable
from signoff.feedback.actions import add_comment, remove_comment
from signoff.feedback.errors import (
    AlreadyRemoved,
    BadMark,
    BadPlace,
    EmptyComment,
    SaidElsewhere,
    UnknownParent,
    UnknownPerson,
)
from signoff.feedback.models import Annotation, Audience, Comment, Draft, FeedbackItem, Kind, Sighting
from signoff.feedback.said import Said
from signoff.feedback.shapes import Geometry, Mark, Place, Region
from signoff.notifications.models import Notification
from signoff.revisions.actions import withhold_round
from signoff.revisions.errors import OldRound
from signoff.revisions.models import MediaFile, Revision
from tests import factories
from tests.feedback.conftest import fresh, next_round
from tests.files import add_round
from tests.together import at_once

ARROW = Geometry(points=[(0.1, 0.1), (0.5, 0.5)])


def arrow(**values: Any) -> Mark:
    return Mark(**({"id": new_id(), "kind": "arrow", "geometry": ARROW} | values))


def told() -> dict[str, str]:
    """Who has been told of the last comment, and why."""
    event = Event.objects.filter(verb__startswith="comment.").latest("pk")
    rows = Notification.objects.filter(event=event).select_related("recipient")
    return {row.recipient.name.split()[0]: row.reason for row in rows}


def numbers(revision: Revision) -> list[tuple[int, int | None]]:
    notes = FeedbackItem.objects.filter(comment__revision=revision).order_by("number")
    return [(one.number, one.client_number) for one in notes]


# --- what is kept


def test_what_begins_a_thread_is_a_note(cast, first, say):
    comment = say("rev", " The sun is too low ", kind=Kind.ACTION, is_must_fix=True)

    item, sighting = FeedbackItem.objects.get(), Sighting.objects.get()
    assert (comment.text, comment.audience, str(comment.author)) == ("The sun is too low", "internal", "Rev Reviewer")
    assert (item.comment, item.number, item.kind, item.is_must_fix, item.state) == (comment, 1, "action", True, "open")
    assert (sighting.item, sighting.revision, sighting.state, sighting.file) == (item, first, "open", None)


def test_an_answer_is_none(cast, first, say):
    head = say("rev")
    answer = say("art", "Lower?", parent=head.pk)
    deeper = say("rev", "Yes", parent=answer.pk)

    assert (answer.parent, deeper.parent, FeedbackItem.objects.count()) == (head, head, 1)


@pytest.mark.parametrize(("kind", "kept"), [(Kind.ACTION, True), (Kind.QUESTION, True), (Kind.PRAISE, False)])
def test_only_what_asks_for_something_can_be_a_must(first, say, kind, kept):
    say("rev", kind=kind, is_must_fix=True)
    assert FeedbackItem.objects.get().is_must_fix is kept


def test_numbers_go_on_in_a_round_and_clients_count_what_they_see(cast, first, say):
    say("rev")
    say("mia")
    say("rev")
    say("pat", audience=Audience.CLIENT)
    assert numbers(first) == [(1, None), (2, 1), (3, None), (4, 2)]
    second = next_round(cast, first)
    say("rev", round=second)
    assert numbers(second) == [(1, None)]


def test_a_number_is_never_given_twice(cast, first, say):
    say("rev")
    remove_comment(actor=cast.actor("rev"), comment=say("rev"))
    say("rev")
    assert [one for one, _ in numbers(first)] == [1, 2, 3]


def test_a_drawing_may_speak_for_itself(first, say):
    file = first.files.get()
    comment = say("art", "", place=Place(file=file.pk, region=Region(x=0.1, y=0.1, w=0.4, h=0.4)), marks=[arrow()])

    kept = Annotation.objects.get()
    assert (comment.file, comment.region) == (file, {"x": 0.1, "y": 0.1, "w": 0.4, "h": 0.4})
    assert (kept.kind, kept.geometry, kept.style, kept.frame) == (
        "arrow",
        {"points": [[0.1, 0.1], [0.5, 0.5]]},
        {"colour": "red", "width": 2},
        None,
    )


def test_on_a_film_a_mark_belongs_to_a_frame_of_the_range(film, say):
    comment = say("rev", place=Place(file=film.pk, frame_in=10, frame_out=12), marks=[arrow(), arrow(frame=12, z=1)])

    assert (comment.fps_num, comment.fps_den) == (25, 1)
    assert list(Annotation.objects.values_list("frame", flat=True)) == [10, 12]


def test_a_marks_id_that_is_taken_is_a_new_one(first, say):
    place, mark = Place(file=first.files.get().pk), arrow()
    say("rev", place=place, marks=[mark])
    say("art", place=place, marks=[mark])

    assert Annotation.objects.filter(pk=mark.id).get().comment.author.name == "Rev Reviewer"
    assert Annotation.objects.count() == 2


def test_the_round_is_settled_and_the_draft_gone(cast, first, say):
    sent_as = new_id()
    Draft.objects.create(revision=first, author=cast.rev, content={"sent_as": str(sent_as)})
    other = Draft.objects.create(revision=first, author=cast.art, content={"sent_as": str(sent_as)})
    say("rev", sent_as=sent_as)

    assert (fresh(first).settled_at is not None, list(Draft.objects.all())) == (True, [other])


def test_a_decided_round_gets_no_more_notes(first, say):
    Revision.objects.filter(pk=first.pk).update(locked_at=now())
    comment = say("mia", "Lovely, thank you")

    assert (comment.is_after_lock, FeedbackItem.objects.count(), Sighting.objects.count()) == (True, 0, 0)


# --- who reads it


@pytest.mark.parametrize(
    ("who", "wanted", "kept"),
    [
        ("rev", Audience.INTERNAL, "internal"),
        ("rev", Audience.CLIENT, "client"),
        ("mia", Audience.INTERNAL, "client"),
        ("mia", Audience.CLIENT, "client"),
    ],
)
def test_clients_speak_to_both_sides(say, who, wanted, kept):
    assert say(who, audience=wanted).audience == kept


@pytest.mark.parametrize(
    ("head", "answer", "kept"),
    [
        (Audience.INTERNAL, Audience.CLIENT, "internal"),
        (Audience.CLIENT, Audience.CLIENT, "client"),
        (Audience.CLIENT, Audience.INTERNAL, "internal"),
    ],
)
def test_an_answer_is_heard_by_no_more_people_than_what_it_answers(say, head, answer, kept):
    asked = say("pat", audience=head)
    assert say("rev", parent=asked.pk, audience=answer).audience == kept


def test_an_answer_to_an_internal_answer_stays_internal(say):
    head = say("mia")
    between = say("rev", parent=head.pk)
    assert (between.audience, say("pat", parent=between.pk, audience=Audience.CLIENT).audience) == ("internal",) * 2


# --- what is refused


@pytest.mark.parametrize("who", ["nils", "stranger"])
def test_others_may_not(cast, first, who):
    with pytest.raises((NotAllowed, NotFound)):
        add_comment(actor=cast.actor(who), revision=first, said=Said(text="Hello"))
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_nothing(say, text):
    with pytest.raises(EmptyComment) as refused:
        say("rev", text)
    assert refused.value.detail == {"field": "text"}


@pytest.mark.parametrize("text", ["x" * 10_001, "a\x00b"])
def test_text_that_cannot_be_kept_is_refused_at_its_field(say, text):
    with pytest.raises(BadText) as refused:
        say("rev", text)
    assert refused.value.detail == {"field": "text"}


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"frame_in": 100}, "frame_in"),
        ({"frame_in": 10, "frame_out": 100}, "frame_out"),
        ({"frame_in": 10, "frame_out": 9}, "frame_out"),
        ({"frame_out": 9}, "frame_in"),
        ({"page": 1}, "page"),
    ],
)
def test_there_is_no_such_place_in_the_film(film, say, place, field):
    with pytest.raises(BadPlace) as refused:
        say("rev", place=Place(file=film.pk, **place))
    assert refused.value.detail == {"field": field}


@pytest.mark.parametrize("place", [{"frame_in": 1}, {"ms_in": 1}, {"page": 1}])
def test_a_picture_has_neither_time_nor_pages(first, say, place):
    with pytest.raises(BadPlace):
        say("rev", place=Place(file=first.files.get().pk, **place))


def test_a_place_is_in_a_file_of_this_round(cast, first, say):
    second = next_round(cast, first)
    for place in (Place(file=first.files.get().pk), Place(file=new_id()), Place(region=Region(x=0, y=0))):
        with pytest.raises(BadPlace) as refused:
            say("rev", round=second, place=place)
        assert refused.value.detail == {"field": "file"}


def test_marks_need_a_file_and_on_a_film_a_frame(film, say):
    mark = arrow()
    for place, marks in [
        (Place(), [mark]),
        (Place(file=film.pk), [mark]),
        (Place(file=film.pk, frame_in=10), [arrow(frame=11)]),
        (Place(file=film.pk, frame_in=10), [mark, mark]),
    ]:
        with pytest.raises(BadMark):
            say("rev", place=place, marks=marks)
    assert (Comment.objects.count(), Annotation.objects.count()) == (0, 0)


def test_an_answer_has_neither_place_nor_marks(first, say):
    head, file = say("rev"), first.files.get()
    for said in ({"place": Place(file=file.pk)}, {"marks": [arrow()]}):
        with pytest.raises((BadPlace, BadMark)):
            say("art", parent=head.pk, **said)


def test_what_is_answered_must_be_there(cast, first, say):
    hidden = say("rev")
    gone = say("rev")
    remove_comment(actor=cast.actor("rev"), comment=gone)
    elsewhere = factories.deliverable(first.deliverable.project, "Banner")
    other = say("rev", round=add_round(cast.actor("art"), elsewhere))
    for who, parent, error in [
        ("mia", hidden.pk, UnknownParent),
        ("rev", new_id(), UnknownParent),
        ("rev", other.pk, UnknownParent),
        ("rev", gone.pk, AlreadyRemoved),
    ]:
        with pytest.raises(error):
            say(who, parent=parent)


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_only_people_who_see_the_deliverable_can_be_named(cast, say, who):
    with pytest.raises(UnknownPerson) as refused:
        say("rev", mentions=[cast.people[who].pk])
    assert (refused.value.detail, Comment.objects.count()) == ({"field": "mentions"}, 0)


def test_old_rounds_stay_as_they_are(cast, first, say):
    next_round(cast, first)
    with pytest.raises(OldRound) as refused:
        say("rev")
    assert refused.value.detail == {"round": 2}


def test_the_newest_round_that_clients_see_is_theirs_to_talk_about(cast, first, say):
    """Nothing tells them that there is a newer one; what they say stands there as well."""
    second = next_round(cast, first)
    comment = say("mia")

    assert list(Sighting.objects.order_by("revision__round").values_list("revision", "state", "item__comment")) == [
        (first.pk, "open", comment.pk),
        (second.pk, "open", comment.pk),
    ]
    assert (fresh(first).settled_at is not None, fresh(second).settled_at) == (True, None)


def test_a_round_that_was_taken_out_of_their_sight_meanwhile_is_not_there(cast, first):
    withhold_round(actor=cast.actor("pat"), revision=first)
    with pytest.raises(NotFound):
        add_comment(actor=cast.actor("mia"), revision=first, said=Said(text="Hello"))


def test_a_number_set_by_a_spreadsheet_stops_nobody(cast, first, say):
    change_deliverable(actor=cast.actor("pat"), deliverable=first.deliverable, changes={"name": "Key visual 2"})
    Deliverable.objects.filter(pk=first.deliverable_id).update(round=7)
    assert say("rev").revision == first


# --- who is told


def test_owner_and_assignee_are_told_and_not_the_speaker(say):
    say("rev")
    assert told() == {"Pat": "owned", "Art": "said"}
    say("art")
    assert told() == {"Pat": "owned"}


def test_who_is_named_and_who_spoke_in_the_thread(cast, say):
    head = say("rev", mentions=[cast.ada.pk, cast.ada.pk])
    assert told() == {"Pat": "owned", "Art": "said", "Ada": "mentioned"}
    say("ada", parent=head.pk)
    assert told() == {"Pat": "owned", "Art": "said", "Rev": "said"}


def test_clients_are_told_only_of_what_they_see(cast, first, say):
    say("rev", mentions=[cast.mia.pk])
    assert told() == {"Pat": "owned", "Art": "said"}
    head = say("mia")
    say("rev", parent=head.pk)
    assert told() == {"Pat": "owned", "Art": "said"}
    say("rev", parent=head.pk, audience=Audience.CLIENT)
    assert told() == {"Pat": "owned", "Art": "said", "Mia": "said"}
    second = next_round(cast, first)
    say("rev", round=second, audience=Audience.CLIENT, mentions=[cast.mia.pk])
    assert told() == {"Pat": "owned", "Art": "said"}


def test_clients_are_told_of_no_answer_to_what_they_do_not_see(cast, first, say):
    head = say("rev", audience=Audience.CLIENT)
    second = next_round(cast, first, is_released=True)
    withhold_round(actor=cast.actor("pat"), revision=fresh(first))
    say("rev", round=second, parent=head.pk, audience=Audience.CLIENT, mentions=[cast.mia.pk])
    assert (told(), Event.objects.latest("pk").data["is_internal"]) == ({"Pat": "owned", "Art": "said"}, True)


def test_who_left_is_told_nothing(cast, say):
    User.objects.filter(pk=cast.art.pk).update(is_active=False)
    say("rev")
    assert told() == {"Pat": "owned"}


def test_the_wire_says_what_is_not_for_clients(cast, first, say):
    flags = []
    for who, audience in [("rev", Audience.INTERNAL), ("rev", Audience.CLIENT), ("mia", Audience.CLIENT)]:
        say(who, audience=audience)
        flags.append(Event.objects.latest("pk").data["is_internal"])
    say("rev", audience=Audience.CLIENT, round=next_round(cast, first))
    assert [*flags, Event.objects.latest("pk").data["is_internal"]] == [True, False, False, True]


# --- twice, and at once


def test_sent_twice_is_said_once(cast, first, say):
    sent_as = new_id()
    said = Said(text="Too low", sent_as=sent_as)
    answers = [add_comment(actor=cast.actor("rev"), revision=first, said=said) for _ in range(2)]

    assert [(one.comment.pk, one.is_new) for one in answers] == [
        (answers[0].comment.pk, True),
        (answers[0].comment.pk, False),
    ]
    assert (Comment.objects.count(), Event.objects.filter(verb="comment.added").count()) == (1, 1)


def test_another_person_may_use_the_same_id(say):
    sent_as = new_id()
    assert say("rev", sent_as=sent_as) != say("art", sent_as=sent_as)


def test_the_same_id_about_another_round_is_refused(cast, first, say):
    sent_as = new_id()
    say("rev", sent_as=sent_as)
    with pytest.raises(SaidElsewhere):
        say("rev", round=next_round(cast, first), sent_as=sent_as)


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_the_same_moment_is_said_once(cast, first):
    said, rev = Said(text="Too low", sent_as=new_id()), cast.actor("rev")

    assert at_once(*[lambda: add_comment(actor=rev, revision=first, said=said)] * 3) == ["done"] * 3
    assert (Comment.objects.count(), FeedbackItem.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_two_numbers(cast, first):
    acts = [
        lambda who=who: add_comment(actor=who, revision=first, said=Said(text="Too low"))
        for who in (cast.actor("rev"), cast.actor("art"), cast.actor("mia"))
    ]
    assert at_once(*acts) == ["done"] * 3
    assert [one for one, _ in numbers(first)] == [1, 2, 3]


def test_statements_do_not_grow_with_what_was_said(cast, first, say):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            say("rev", place=Place(file=MediaFile.objects.get().pk), marks=[arrow(), arrow()], mentions=[cast.ada.pk])
        return len([one for one in captured if "SAVEPOINT" not in one["sql"]])

    first_time = count()
    for _ in range(4):
        say("art")
    assert count() == first_time

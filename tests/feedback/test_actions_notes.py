"""What becomes of a note, and who may say so."""

import pytest

from signoff.audit.models import Event
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed
from signoff.feedback.actions import NoteChange, change_note, remove_comment
from signoff.feedback.checklist import checklist_of, note_as_seen
from signoff.feedback.errors import AlreadyRemoved, BadPlace, BadSuperseder, NotALegalMove, NoteReasonNeeded
from signoff.feedback.models import Audience, FeedbackItem, Kind, State
from signoff.feedback.room import comments_of
from signoff.feedback.shapes import Place
from signoff.feedback.states import MOVES
from signoff.notifications.models import Notification
from signoff.revisions.errors import OldRound
from tests.feedback.conftest import fresh, next_round
from tests.together import at_once

S = State
WAY: dict[State, list[State]] = {  # how a note comes to stand so
    S.OPEN: [],
    S.ADDRESSED: [S.ADDRESSED],
    S.VERIFIED: [S.ADDRESSED, S.VERIFIED],
    S.REOPENED: [S.ADDRESSED, S.REOPENED],
    S.WONT_FIX: [S.WONT_FIX],
    S.SUPERSEDED: [S.SUPERSEDED],
}


@pytest.fixture
def note(say):
    return say("rev").item


@pytest.fixture
def other(say):
    return say("rev", "Another one").item


def move(cast, who, item, to, **values):
    said = {"reason": "Out of scope"} if to == S.WONT_FIX else {}
    return change_note(actor=cast.actor(who), item=item, change=NoteChange(state=to, **(said | values)))


def told():
    rows = Notification.objects.filter(event=Event.objects.latest("pk"))
    return {row.recipient.name.split()[0]: row.reason for row in rows}


# --- moves


@pytest.mark.parametrize("came", list(State))
@pytest.mark.parametrize("to", list(State))
def test_a_note_moves_as_the_table_says(cast, note, other, came, to):
    for step in WAY[came]:
        move(cast, "ada", note, step, superseded_by=other if step == S.SUPERSEDED else None)
    by = other if to == S.SUPERSEDED else None
    if to in MOVES[came] or to == came:
        assert move(cast, "ada", note, to, superseded_by=by).state == to
        return
    with pytest.raises(NotALegalMove if to != S.OPEN else (NotALegalMove, NotAllowed)) as refused:
        move(cast, "ada", note, to, superseded_by=by)
    assert refused.value.detail["legal"] == [str(one) for one in MOVES[came]]


def test_a_refusal_names_the_legal_moves(cast, note):
    move(cast, "rev", note, S.VERIFIED)
    with pytest.raises(NotALegalMove) as refused:
        move(cast, "rev", note, S.ADDRESSED)
    assert str(refused.value) == "This note is verified; from there it can be reopened."


@pytest.mark.parametrize(
    ("to", "allowed"),
    [
        (S.ADDRESSED, {"ada", "pat", "art", "rev"}),
        (S.VERIFIED, {"ada", "pat", "rev", "mia"}),
        (S.WONT_FIX, {"ada", "pat", "rev"}),
    ],
)
def test_who_may_move_a_clients_note(cast, say, to, allowed):
    """Who raised it may always verify it."""
    may = set()
    for who in ("ada", "pat", "art", "rev", "mia"):
        item = say("mia", f"For {who}").item
        try:
            move(cast, who, item, to)
            may.add(who)
        except NotAllowed:
            pass
    assert may == allowed


def test_a_maker_verifies_and_reopens_what_they_raised(cast, say):
    own = say("art").item
    for to in (S.ADDRESSED, S.VERIFIED, S.REOPENED):
        assert move(cast, "art", own, to).state == to


def test_who_addressed_it_may_take_that_back_and_no_other_maker(cast, note):
    move(cast, "art", note, S.ADDRESSED)
    assert move(cast, "art", note, S.REOPENED).state == S.REOPENED
    move(cast, "rev", note, S.ADDRESSED)
    with pytest.raises(NotAllowed):
        move(cast, "art", note, S.REOPENED)


def test_what_will_not_be_done_has_a_reason(cast, note):
    with pytest.raises(NoteReasonNeeded):
        move(cast, "rev", note, S.WONT_FIX, reason=" ")
    move(cast, "rev", note, S.WONT_FIX, reason="Out of scope")
    note.refresh_from_db()
    assert (note.state, note.reason, note.state_by, note.version) == ("wont_fix", "Out of scope", cast.rev, 2)


def test_what_takes_its_place_is_another_living_note_here(cast, note, other):
    for by in (None, note):
        with pytest.raises(BadSuperseder):
            move(cast, "rev", note, S.SUPERSEDED, superseded_by=by)
    assert move(cast, "rev", note, S.SUPERSEDED, superseded_by=other).superseded_by == other
    with pytest.raises(BadSuperseder):
        move(cast, "rev", other, S.SUPERSEDED, superseded_by=note)


def test_twice_is_once(cast, note):
    move(cast, "art", note, S.ADDRESSED)
    move(cast, "rev", note, S.ADDRESSED)
    assert Event.objects.filter(verb="note.addressed").count() == 1


def test_a_removed_one_moves_no_more(cast, note):
    remove_comment(actor=cast.actor("rev"), comment=note.comment)
    with pytest.raises(AlreadyRemoved):
        move(cast, "rev", note, S.REOPENED)


def test_who_is_late_is_told(cast, note):
    move(cast, "art", note, S.ADDRESSED)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_note(actor=cast.actor("rev"), item=note, change=NoteChange(state=S.VERIFIED), version=1)
    assert refused.value.detail == {"current": {"version": 2, "state": "addressed"}}


@pytest.mark.django_db(transaction=True)
def test_two_who_saw_the_same_version_notice(cast, note):
    acts = [
        lambda who=who, to=to: change_note(actor=who, item=note, change=NoteChange(state=to, reason="No"), version=1)
        for who, to in ((cast.actor("rev"), S.VERIFIED), (cast.actor("pat"), S.WONT_FIX))
    ]
    assert at_once(*acts) == ["changed_meanwhile", "done"]
    assert Event.objects.filter(verb__startswith="note.").count() == 1


# --- what it asks for


@pytest.mark.parametrize(("who", "is_allowed"), [("rev", True), ("pat", True), ("art", False), ("ada", True)])
def test_what_it_asks_for_is_said_anew_by_its_raiser_and_reviewers(cast, note, who, is_allowed):
    change = NoteChange(kind=Kind.QUESTION, is_must_fix=True)
    try:
        change_note(actor=cast.actor(who), item=note, change=change)
    except NotAllowed:
        assert not is_allowed
        return
    note.refresh_from_db()
    assert (note.kind, note.is_must_fix, note.version, is_allowed) == ("question", True, 2, True)
    assert Event.objects.latest("pk").changes == {"kind": ["action", "question"], "is_must_fix": [False, True]}


def test_praise_is_no_must(cast, note):
    change_note(actor=cast.actor("rev"), item=note, change=NoteChange(is_must_fix=True))
    item = change_note(actor=cast.actor("rev"), item=note, change=NoteChange(kind=Kind.PRAISE))
    assert (item.kind, item.is_must_fix) == ("praise", False)


# --- rounds


def states(cast, item, who="pat"):
    return [(one["round"], one["state"]) for one in note_as_seen(cast.actor(who), item)["rounds"]]


def test_the_round_before_keeps_how_it_stood(cast, first, note):
    move(cast, "art", note, S.ADDRESSED)
    next_round(cast, first)
    move(cast, "rev", note, S.REOPENED)
    assert states(cast, note) == [(1, "addressed"), (2, "reopened")]
    next_round(cast, first)
    move(cast, "rev", note, S.VERIFIED)
    next_round(cast, first)
    assert states(cast, note) == [(1, "addressed"), (2, "reopened"), (3, "verified")]


def test_what_is_opened_again_later_stands_in_the_newest(cast, first, note):
    move(cast, "rev", note, S.VERIFIED)
    third = [next_round(cast, first) for _ in range(2)][-1]
    move(cast, "rev", note, S.REOPENED)
    assert [one["note"]["state"] for one in comments_of(cast.actor("pat"), third)] == ["reopened"]
    assert states(cast, note) == [(1, "verified"), (2, "reopened"), (3, "reopened")]


def test_what_becomes_a_question_later_stands_in_the_newest(cast, first, say):
    remark = say("rev", kind=Kind.NOTE).item
    second = next_round(cast, first)
    assert comments_of(cast.actor("pat"), second) == []
    change_note(actor=cast.actor("rev"), item=remark, change=NoteChange(kind=Kind.QUESTION))
    assert [one["note"]["kind"] for one in comments_of(cast.actor("pat"), second)] == ["question"]


def test_a_judgement_settles_the_round_and_work_does_not(cast, first, note):
    second = next_round(cast, first)
    move(cast, "art", note, S.ADDRESSED)
    assert fresh(second).settled_at is None
    move(cast, "rev", note, S.VERIFIED)
    assert fresh(second).settled_at is not None


def test_where_it_is_found_now_is_said_in_the_newest_round(cast, first, note):
    second = next_round(cast, first)
    place, art = Place(file=second.files.get().pk), cast.actor("art")
    change_note(actor=art, item=note, change=NoteChange(state=S.ADDRESSED, revision=second, place=place))

    seen = note_as_seen(art, note)
    assert (seen["state"], seen["place"]["file"], seen["is_approximate"]) == ("addressed", second.files.get().pk, False)
    for round, error in ((None, BadPlace), (fresh(first), OldRound)):
        with pytest.raises(error):
            change_note(actor=art, item=note, change=NoteChange(revision=round, place=place))
    with pytest.raises(NotAllowed):
        change_note(actor=cast.actor("mia"), item=note, change=NoteChange(revision=second, place=place))


def test_where_it_was_raised_the_comment_says_where(cast, first, note):
    with pytest.raises(BadPlace):
        change_note(actor=cast.actor("rev"), item=note, change=NoteChange(revision=first, place=Place()))


# --- clients


def test_clients_are_told_of_their_notes_while_they_see_the_newest_round(cast, first, say):
    item = say("mia").item
    move(cast, "art", item, S.ADDRESSED)
    assert told() == {"Pat": "owned", "Mia": "said"}
    next_round(cast, first)
    move(cast, "rev", item, S.REOPENED)
    assert (told(), Event.objects.latest("pk").data["is_internal"]) == ({"Pat": "owned", "Art": "said"}, True)
    assert states(cast, item, "mia") == [(1, "addressed")]


def test_clients_read_why_something_is_not_done_and_not_what_the_house_says(cast, first, say):
    item = say("mia").item
    move(cast, "rev", item, S.WONT_FIX, reason="The sun stays, as agreed")
    assert note_as_seen(cast.actor("mia"), item)["reason"] == "The sun stays, as agreed"
    move(cast, "rev", item, S.REOPENED, reason="She will not let go")
    assert [note_as_seen(cast.actor(who), item)["reason"] for who in ("mia", "art")] == ["", "She will not let go"]


def test_what_a_client_says_of_the_round_they_see_counts_from_there_on(cast, first, say):
    item = say("mia").item
    next_round(cast, first)
    move(cast, "mia", item, S.VERIFIED)
    assert (states(cast, item, "mia"), states(cast, item)) == ([(1, "verified")], [(1, "verified"), (2, "verified")])


@pytest.mark.parametrize("version", [None, 1])
def test_a_refusal_tells_clients_nothing_of_a_round_that_they_do_not_see(cast, first, say, version):
    item = say("mia").item
    next_round(cast, first)
    move(cast, "rev", item, S.WONT_FIX)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_note(actor=cast.actor("mia"), item=item, change=NoteChange(state=S.VERIFIED), version=version)
    assert refused.value.detail["current"] == {"version": 2, "state": "open"}


def test_progress_counts_verified_ones_of_what_is_waited_for(cast, first, say):
    items = [say("rev", f"Note {number}").item for number in range(5)]
    say("rev", "Lovely", kind=Kind.PRAISE)
    say("mia")
    move(cast, "rev", items[0], S.VERIFIED)
    move(cast, "rev", items[1], S.WONT_FIX)
    move(cast, "rev", items[2], S.SUPERSEDED, superseded_by=items[3])
    say("pat", audience=Audience.CLIENT)

    found = {who: checklist_of(cast.actor(who), first)["progress"] for who in ("pat", "mia")}
    assert found == {"pat": {"verified": 1, "of": 5}, "mia": {"verified": 0, "of": 2}}
    assert FeedbackItem.objects.to_settle().count() == 4

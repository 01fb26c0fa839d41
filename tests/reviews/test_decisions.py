from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from signoff.access.limits import TooManyTries
from signoff.access.own_password import WrongPassword
from signoff.accounts.errors import LookingAsSomebodyElse
from signoff.accounts.models import Membership
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from signoff.deliverables.actions import change_stage, undo_act
from signoff.deliverables.errors import DeliverableStopped, NothingToUndo
from signoff.deliverables.models import Deliverable, Stage
from signoff.feedback.models import Comment, FeedbackItem
from signoff.notifications.models import Notification
from signoff.projects.errors import ProjectArchived
from signoff.projects.models import Project
from signoff.reviews import chain
from signoff.reviews.actions import Saying, decide, send_decision_code, set_delegation
from signoff.reviews.errors import (
    FilesNotChecked,
    IdentityNeeded,
    MustFixOpen,
    NoSuchChoice,
    NotAnApprover,
    NotFormal,
    NothingToDecideOn,
    NotYourTurn,
    ReasonNeeded,
    RoundSuperseded,
    StageNotInReview,
    WrongCode,
)
from signoff.reviews.models import Decision
from signoff.reviews.standing import today_of
from signoff.revisions.models import Revision
from tests import factories
from tests.cast import PASSWORD
from tests.reviews.conftest import SHA
from tests.together import at_once


def test_two_approvers_approve_and_the_stage_is_approved_the_round_locked(cast, key_visual, round_one, named, says):
    named(["rev", "pat"])

    first = says("rev", "approve")
    assert factories.stage(key_visual, "Internal review").status == "in_review"
    last = says("pat", "approve")

    stage = factories.stage(key_visual, "Internal review")
    round_one.refresh_from_db()
    assert (stage.status, stage.approved_by, stage.deliverable.status) == ("approved", cast.pat, "in_progress")
    assert round_one.locked_at is not None
    assert (first.result, last.result, last.previous_hash) == ("", "approve", first.hash)
    assert Decision.objects.get(number=1).files == [{"name": "hero.png", "size": 1000, "sha256": SHA}]
    assert chain.verify(cast.organization.pk) == (2, None)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "approvers.changed",
        "decision.given",
        "decision.given",
        "stage.approved",
        "round.locked",
    ]


def verbs_of(cast, who):
    """What stands in somebody's inbox: verb and reason."""
    rows = Notification.objects.filter(recipient=cast.people[who]).order_by("id")
    return [(row.event.verb, row.reason) for row in rows]


def note(cast, round_one, *, audience="internal", **values):
    comment = Comment.objects.create(
        revision=round_one, author=cast.rev, author_label="Rev", text="The sun is too low", audience=audience
    )
    values = {"number": 1, "is_must_fix": True} | values
    return FeedbackItem.objects.create(comment=comment, deliverable=round_one.deliverable, **values)


@pytest.mark.parametrize(("choice", "stage", "locked"), [
    ("approve", "approved", True),
    ("approve_with_changes", "approved", True),
    ("request_changes", "changes_requested", False),
    ("not_my_call", "in_review", False),
])  # fmt: skip
def test_what_a_single_approver_says_is_the_result(key_visual, round_one, named, says, choice, stage, locked):
    named(["rev"])
    decision = says("rev", choice)
    round_one.refresh_from_db()
    assert factories.stage(key_visual, "Internal review").status == stage
    assert (round_one.locked_at is not None, round_one.settled_at is not None) == (locked, True)
    assert decision.result == ("" if choice == "not_my_call" else choice)


def test_worst_wins_at_once(key_visual, named, says):
    named(["rev", "pat", "ada"])
    says("ada", "approve")
    assert says("rev", "request_changes").result == "request_changes"
    with pytest.raises(StageNotInReview):
        says("pat", "approve")


@pytest.mark.parametrize(("who", "refusal"), [("ada", NotAnApprover), ("art", NotAllowed), ("mia", NotAnApprover)])
def test_who_is_not_named_does_not_decide(named, says, who, refusal):
    named(["rev"])
    with pytest.raises(refusal):
        says(who, "approve")
    assert not Decision.objects.exists()


def test_another_house_does_not_decide(named, says):
    named(["rev"])
    with pytest.raises(NotAllowed):
        says("stranger", "approve")


def test_where_nobody_is_named_whoever_may_approve_decides(cast, key_visual, formal, says):
    assert says("rev", "not_my_call").result == ""
    decision = says("ada", "approve")
    assert (decision.result, decision.group, decision.approver_id) == ("approve", "", cast.ada.pk)
    assert factories.stage(key_visual, "Internal review").status == "approved"


def test_a_reason_goes_with_everything_but_approve(named, says):
    named(["rev"])
    for choice in ("approve_with_changes", "request_changes", "not_my_call"):
        with pytest.raises(ReasonNeeded):
            says("rev", choice, reason="  ")
    with pytest.raises(BadText):
        says("rev", "request_changes", reason="x" * 100_000)
    assert says("rev", "approve").reason == ""


@pytest.mark.parametrize("choice", ["", "maybe", "APPROVE"])
def test_there_are_four_choices(named, says, choice):
    named(["rev"])
    with pytest.raises(NoSuchChoice):
        says("rev", choice)
    assert not Decision.objects.exists()


def test_the_same_again_is_the_same_and_another_mind_supersedes(cast, named, says):
    named(["rev", "pat"])
    first = says("rev", "approve")
    assert says("rev", "approve", reason="Once more") == first
    other = says("rev", "approve_with_changes")
    assert (other.supersedes_id, Decision.objects.count()) == (first.pk, 2)
    assert says("pat", "approve").result == "approve_with_changes"
    assert says("pat", "approve").number == 3
    assert chain.verify(cast.organization.pk) == (3, None)


def test_an_older_round_is_not_decided(key_visual, round_one, named, says):
    named(["rev"])
    factories.media_file(factories.revision(key_visual), sha256=SHA)
    with pytest.raises(RoundSuperseded) as refusal:
        says("rev", "approve", round=1)
    assert refusal.value.detail == {"round": 2}
    assert says("rev", "approve", round=2).round == 2


def test_a_new_round_asks_everybody_anew(key_visual, named, says):
    named(["rev", "pat"])
    says("rev", "approve")
    factories.media_file(factories.revision(key_visual), sha256=SHA)
    assert says("pat", "approve").result == ""
    assert says("rev", "approve").result == "approve"


def test_a_stage_without_a_round_is_not_decided(key_visual, formal, says):
    Revision.objects.all().delete()
    key_visual.round = 0
    key_visual.save()
    with pytest.raises(NothingToDecideOn):
        says("rev", "approve")


def test_groups_decide_in_their_order_and_are_told_when_it_is_their_turn(cast, named, says):
    named(["rev"], ["ada"], is_serial=True)
    with pytest.raises(NotYourTurn) as refusal:
        says("ada", "approve")
    assert refusal.value.detail == {"waits_for": "Group 1"}
    assert verbs_of(cast, "ada") == []
    says("rev", "approve")
    assert verbs_of(cast, "ada") == [("decision.given", "waiting")]
    assert says("ada", "approve").result == "approve"


def test_approving_is_closed_while_must_fix_notes_are_open(cast, round_one, named, says):
    named(["rev"])
    item = note(cast, round_one)
    with pytest.raises(MustFixOpen, match="1 of round 1 “The sun is too low”"):
        says("rev", "approve")
    item.state = "verified"
    item.save()
    assert says("rev", "approve").open_notes == []


def test_an_approval_that_comes_with_whose_call_it_is_not_is_closed_as_well(cast, round_one, named, says):
    named(["rev", "pat"])
    says("rev", "approve")
    note(cast, round_one)
    with pytest.raises(MustFixOpen):
        says("pat", "not_my_call")
    assert says("pat", "approve_with_changes").result == "approve_with_changes"


def test_approving_with_changes_says_which_notes_are_open(cast, round_one, named, says):
    named(["rev"])
    note(cast, round_one)
    assert says("rev", "approve_with_changes").open_notes == [
        {
            "number": 1,
            "round": 1,
            "text": "The sun is too low",
            "state": "open",
            "must_fix": True,
            "client_number": None,
            "client_text": None,
        }
    ]


def test_an_internal_note_neither_holds_a_client_up_nor_is_named_to_them(cast, round_one, named, says):
    named(["mia"])
    note(cast, round_one)
    assert says("mia", "approve").result == "approve"


def test_a_clients_note_holds_a_client_up_in_their_wording(cast, round_one, named, says):
    named(["mia"])
    item = note(cast, round_one, audience="client")
    Comment.objects.filter(pk=item.comment_id).update(client_text="A higher sun, please")
    FeedbackItem.objects.update(number=7, client_number=2)
    with pytest.raises(MustFixOpen, match="2 of round 1 “A higher sun, please”"):
        says("mia", "approve")


def test_a_client_decides_the_round_that_is_shown_to_them_and_no_other(key_visual, round_one, named, says):
    named(["mia"])
    factories.media_file(factories.revision(key_visual), sha256=SHA)
    with pytest.raises(RoundSuperseded) as refusal:
        says("mia", "approve")
    assert refusal.value.detail == {"round": 1}


def test_an_approval_holds_checksums(round_one, named, says):
    named(["rev"])
    factories.media_file(round_one, "late.png")
    with pytest.raises(FilesNotChecked) as refusal:
        says("rev", "approve")
    assert refusal.value.detail == {"names": ["late.png"]}
    assert says("rev", "request_changes").result == "request_changes"


@pytest.mark.parametrize(("field", "value", "refusal"), [
    ("status", "in_progress", StageNotInReview),
    ("approval_type", "simple", NotFormal),
])  # fmt: skip
def test_what_is_not_in_formal_review_is_not_decided(formal, named, says, field, value, refusal):
    named(["rev"])
    Stage.objects.filter(pk=formal.pk).update(**{field: value})
    with pytest.raises(refusal):
        says("rev", "approve")


def test_what_is_on_hold_or_archived_is_not_decided(key_visual, named, says):
    named(["rev"])
    Deliverable.objects.update(held="on_hold")
    with pytest.raises(DeliverableStopped):
        says("rev", "approve")
    Project.objects.update(archived_on=date(2026, 1, 1))
    with pytest.raises(ProjectArchived):
        says("rev", "approve")


def test_who_looks_as_somebody_else_decides_nothing(cast, formal, named):
    named(["rev"])
    with pytest.raises(LookingAsSomebodyElse):
        decide(actor=replace(cast.actor("rev"), is_looking=True), stage=formal, saying=Saying("approve"))


def test_a_stage_that_comes_back_in_the_same_round_is_decided_anew(cast, key_visual, named, says):
    named(["rev", "pat"])
    says("pat", "approve")
    says("rev", "request_changes")
    change_stage(
        actor=cast.actor("art"), stage=factories.stage(key_visual, "Internal review"), changes={"status": "in_review"}
    )
    assert says("rev", "approve").result == ""
    assert says("pat", "approve").result == "approve"
    assert list(Decision.objects.values_list("choice", flat=True)) == [
        "approve",
        "request_changes",
        "approve",
        "approve",
    ]


def test_the_general_undo_leaves_a_result_alone(cast, named, says):
    named(["rev"])
    says("rev", "approve")
    act = Event.objects.get(verb="stage.approved").act
    with pytest.raises(NothingToUndo):
        undo_act(actor=cast.actor("ada"), act=act)


def test_a_deputy_decides_on_their_days_only(cast, named, says):
    named(["rev"])
    days = {"begins_on": date(2026, 3, 2), "ends_on": date(2026, 3, 4)}
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        set_delegation(actor=cast.actor("rev"), absent=cast.rev, deputy=cast.pat, **days)
        with pytest.raises(NotAnApprover):
            says("pat", "approve")
    with time_machine.travel("2026-03-05 12:00Z", tick=False), pytest.raises(NotAnApprover):
        says("pat", "approve")
    with time_machine.travel("2026-03-04 12:00Z", tick=False):
        decision = says("pat", "approve")
    assert (decision.user_id, decision.approver_id, decision.deputy_of) == (cast.pat.pk, cast.rev.pk, "Rev Reviewer")
    assert ("decision.given", "decided") in verbs_of(cast, "rev")


def test_nobody_decides_for_who_has_left(cast, key_visual, named, says):
    named(["rev"])
    today = today_of(cast.organization)
    set_delegation(actor=cast.actor("rev"), absent=cast.rev, deputy=cast.pat, begins_on=today, ends_on=today)
    Membership.objects.filter(user=cast.rev).update(role="maker")
    with pytest.raises(NotAnApprover):
        says("pat", "approve")


def test_who_is_named_and_a_deputy_says_for_whom(cast, named, says):
    named(["rev", "pat"])
    today = now().date()
    set_delegation(actor=cast.actor("rev"), absent=cast.rev, deputy=cast.pat, begins_on=today, ends_on=today)
    assert says("pat", "approve").deputy_of == ""
    last = says("pat", "approve", speaks_for=cast.rev.pk)
    assert (last.deputy_of, last.result) == ("Rev Reviewer", "approve")


def test_a_password_is_asked_for_again(cast, named, says):
    named(["rev"], identity="password")
    with pytest.raises(IdentityNeeded) as refusal:
        says("rev", "approve")
    assert refusal.value.detail == {"identity": "password"}
    with pytest.raises(WrongPassword):
        says("rev", "approve", password="something else")
    with pytest.raises(NotAnApprover):
        says("ada", "approve")
    assert says("rev", "approve", password=PASSWORD).identity == "password"


def test_guessing_passwords_ends(named, says):
    named(["rev"], identity="password")
    for _ in range(5):
        with pytest.raises(WrongPassword):
            says("rev", "approve", password="something else")
    with pytest.raises(TooManyTries):
        says("rev", "approve", password=PASSWORD)


@pytest.fixture
def code(cast, formal, settings, mail_server):
    """A function that has a code sent, and reads it in the letter."""

    def ask(who):
        send_decision_code(actor=cast.actor(who), stage=factories.stage(formal.deliverable, "Internal review"))
        return str(mail_server.letters[-1]["Subject"]).split()[0]

    return ask


def test_a_mailed_code_opens_one_decision(named, says, code):
    named(["rev", "pat"], identity="code")
    old = code("rev")
    sent = code("rev")
    with pytest.raises(IdentityNeeded):
        says("rev", "approve")
    if old != sent:
        with pytest.raises(WrongCode):
            says("rev", "approve", code=old)
    with pytest.raises(WrongCode):
        says("pat", "approve", code=sent)
    with time_machine.travel(now() + timedelta(minutes=11)), pytest.raises(WrongCode):
        says("rev", "approve", code=sent)
    assert says("rev", "approve", code=f" {sent[:3]} {sent[3:]}").identity == "code"
    with pytest.raises(WrongCode):
        says("rev", "approve_with_changes", code=sent)


@pytest.mark.django_db(transaction=True)
def test_a_mailed_code_opens_no_second_one_at_once(named, says, code):
    named(["rev", "pat"], identity="code")
    sent = code("rev")
    acts = [lambda: says("rev", "approve", code=sent), lambda: says("rev", "approve_with_changes", code=sent)]
    assert at_once(*acts) == ["done", "wrong_code"]
    assert Decision.objects.count() == 1


def test_guessing_codes_ends(named, says, code):
    named(["rev"], identity="code")
    sent = code("rev")
    for _ in range(5):
        with pytest.raises(WrongCode):
            says("rev", "approve", code="wrong")
    with pytest.raises(TooManyTries):
        says("rev", "approve", code=sent)


def test_who_has_no_password_proves_themselves_by_a_code(cast, named, says, code):
    named(["rev"], identity="password")
    cast.rev.set_unusable_password()
    cast.rev.save()
    with pytest.raises(IdentityNeeded) as refusal:
        says("rev", "approve", password="anything")
    assert refusal.value.detail == {"identity": "code"}
    assert says("rev", "approve", code=code("rev")).identity == "code"


@pytest.mark.django_db(transaction=True)
def test_twice_at_once_is_once(cast, named, says):
    named(["rev"])
    assert at_once(*[lambda: says("rev", "approve")] * 4) == ["done"] * 4
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_at_once_make_one_result(cast, named, says):
    named(["rev", "pat", "ada"])
    says("ada", "approve")
    assert at_once(lambda: says("rev", "approve"), lambda: says("pat", "approve")) == ["done", "done"]
    assert sorted(Decision.objects.values_list("result", flat=True)) == ["", "", "approve"]
    assert Event.objects.filter(verb="stage.approved").count() == 1
    assert chain.verify(cast.organization.pk) == (3, None)

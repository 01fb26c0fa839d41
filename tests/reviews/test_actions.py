import pytest
import time_machine
from django.utils.timezone import now, timedelta

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, NotFound
from signoff.deliverables.actions import change_stage, undo_act
from signoff.deliverables.errors import FormalDecisionNeeded, NothingToUndo
from signoff.deliverables.models import Stage
from signoff.reviews.actions import approve_stage, request_changes, withdraw_approval
from signoff.reviews.errors import NotApproved, NothingToApprove, StageNotInReview, TooLateToWithdraw
from tests import factories


@pytest.fixture
def in_review(cast, key_visual):
    review = factories.stage(key_visual, "Internal review")
    change_stage(actor=cast.actor("art"), stage=review, changes={"status": "in_review"})
    return factories.stage(key_visual, "Internal review")


@pytest.mark.parametrize(("who", "may"), [("ada", 1), ("pat", 1), ("rev", 1), ("art", 0), ("mia", 0), ("stranger", 0)])
def test_who_may_approve(cast, in_review, who, may):
    try:
        approve_stage(actor=cast.actor(who), stage=in_review)
    except NotAllowed:
        assert not may
    else:
        assert may
    in_review.refresh_from_db()
    assert (in_review.status == "approved") is bool(may)


def test_a_client_approves_where_named(cast, in_review):
    Stage.objects.filter(pk=in_review.pk).update(assignee=cast.mia)
    approved = approve_stage(actor=cast.actor("mia"), stage=in_review)
    assert (approved.status, approved.approved_by) == ("approved", cast.mia)


def test_only_what_is_in_review_is_approved(cast, key_visual):
    with pytest.raises(StageNotInReview):
        approve_stage(actor=cast.actor("rev"), stage=factories.stage(key_visual, "Internal review"))


def test_approving_twice_is_once(cast, in_review):
    before = Event.objects.count()
    approve_stage(actor=cast.actor("rev"), stage=in_review)
    approve_stage(actor=cast.actor("rev"), stage=in_review)
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize(("approval", "refusal"), [("formal", FormalDecisionNeeded), ("none", NothingToApprove)])
def test_one_click_approves_simple_stages_only(cast, in_review, approval, refusal):
    Stage.objects.filter(pk=in_review.pk).update(approval_type=approval)
    with pytest.raises(refusal):
        approve_stage(actor=cast.actor("ada"), stage=in_review)
    with pytest.raises(refusal):
        withdraw_approval(actor=cast.actor("ada"), stage=in_review)


def test_an_approval_is_withdrawn_within_ten_minutes(cast, in_review):
    approve_stage(actor=cast.actor("rev"), stage=in_review)
    withdrawn = withdraw_approval(actor=cast.actor("rev"), stage=in_review)
    assert (withdrawn.status, withdrawn.approved_at, withdrawn.approved_by) == ("in_review", None, None)
    with pytest.raises(NotApproved):
        withdraw_approval(actor=cast.actor("rev"), stage=in_review)


def test_an_approval_is_not_withdrawn_later(cast, in_review):
    approve_stage(actor=cast.actor("rev"), stage=in_review)
    with time_machine.travel(now() + timedelta(minutes=10, seconds=1)), pytest.raises(TooLateToWithdraw):
        withdraw_approval(actor=cast.actor("pat"), stage=in_review)


def test_somebody_elses_approval_is_withdrawn_by_a_producer_only(cast, in_review):
    Stage.objects.filter(pk=in_review.pk).update(assignee=cast.mia)
    approve_stage(actor=cast.actor("mia"), stage=in_review)
    with pytest.raises(NotAllowed):
        withdraw_approval(actor=cast.actor("rev"), stage=in_review)
    assert withdraw_approval(actor=cast.actor("pat"), stage=in_review).status == "in_review"


def test_the_general_undo_leaves_an_approval_alone(cast, in_review):
    approve_stage(actor=cast.actor("rev"), stage=in_review)
    with pytest.raises(NothingToUndo):
        undo_act(actor=cast.actor("rev"), act=Event.objects.order_by("-id")[0].act)


def test_changes_are_requested_with_a_note_that_the_diary_keeps(cast, key_visual, in_review):
    request_changes(actor=cast.actor("rev"), stage=in_review, note="  Sun <lower>  ")
    event = Event.objects.order_by("-id")[0]
    assert (event.verb, event.data["note"], event.data["deliverable_status"]) == (
        "stage.changes_requested",
        "Sun <lower>",
        ["in_review", "changes_requested"],
    )


def test_a_stage_that_was_taken_away_is_not_found(cast, in_review):
    Stage.objects.filter(pk=in_review.pk).delete()
    with pytest.raises(NotFound):
        approve_stage(actor=cast.actor("rev"), stage=in_review)

from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.reviews.offers import UNDO_TIME, Offer, offer_of
from tests import factories


@pytest.fixture
def offered(cast, key_visual):
    """What a stage of this kind and status offers somebody; `rev` is named on it."""

    def offer(who, approval_type, status, **values):
        stage = factories.stage(key_visual, "Internal review")
        stage.approval_type, stage.status, stage.assignee = approval_type, status, cast.rev
        for name, value in values.items():
            setattr(stage, name, value)
        return offer_of(cast.actor(who), stage, now(), is_stopped=False)

    return offer


@pytest.mark.parametrize(
    ("who", "approval_type", "status", "control", "moves", "why"),
    [
        ("art", "none", "not_started", "start", ("in_review", "approved", "skipped"), ""),
        ("art", "none", "in_progress", "finish", ("not_started", "in_review", "skipped"), ""),
        ("rev", "none", "in_progress", "", (), ""),
        ("art", "simple", "in_progress", "hand_in", ("not_started", "skipped"), ""),
        ("art", "simple", "in_review", "", ("in_progress", "skipped"), "somebody_else"),
        ("rev", "simple", "in_review", "approve", (), ""),
        ("mia", "simple", "in_review", "", (), "somebody_else"),
        ("art", "formal", "in_progress", "hand_in", ("not_started", "skipped"), ""),
        ("rev", "formal", "in_review", "", ("changes_requested",), "formal"),
        ("pat", "formal", "in_review", "", ("in_progress", "changes_requested", "skipped"), "formal"),
        ("pat", "simple", "skipped", "", ("not_started", "in_progress"), ""),
    ],
)
def test_each_row_offers_what_its_kind_and_its_reader_allow(offered, who, approval_type, status, control, moves, why):
    offer = offered(who, approval_type, status)

    assert (offer.control, offer.moves, offer.why) == (control, moves, why)


def test_changes_are_requested_with_a_note_where_one_click_approves(offered):
    assert [offered(who, "simple", "in_review").may_request_changes for who in ("rev", "pat", "art", "mia")] == [
        True,
        True,
        False,
        False,
    ]
    assert offered("rev", "formal", "in_review").may_request_changes is False


def test_an_approval_can_be_withdrawn_for_ten_minutes_by_who_gave_it_or_plans(cast, offered):
    given = {"approved_at": now() - timedelta(minutes=4), "approved_by": cast.rev}

    assert offered("rev", "simple", "approved", **given).undo_until == given["approved_at"] + UNDO_TIME
    assert offered("pat", "simple", "approved", **given).control == "withdraw"
    assert offered("art", "simple", "approved", **given).control == ""
    late = {"approved_at": now() - timedelta(minutes=11), "approved_by": cast.rev}
    assert offered("rev", "simple", "approved", **late).control == ""


def test_a_formal_approval_is_opened_again_by_admins_only(cast, offered):
    given = {"approved_at": now(), "approved_by": cast.rev}

    assert offered("ada", "formal", "approved", **given).moves == ("in_progress",)
    assert offered("pat", "formal", "approved", **given).moves == ()


def test_a_stopped_deliverable_offers_nothing(cast, key_visual):
    stage = factories.stage(key_visual, "Design")

    assert offer_of(cast.actor("ada"), stage, now(), is_stopped=True) == Offer(why="stopped")

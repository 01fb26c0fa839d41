from threading import Barrier, Thread

import pytest
from django.db import connection

from signoff.audit.models import Event
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed, SignoffError
from signoff.deliverables.actions import change_deliverable, change_stage, undo_act
from signoff.deliverables.errors import (
    ApprovalNeeded,
    ApprovedFormally,
    DeliverableStopped,
    FormalDecisionNeeded,
    IllegalMove,
)
from signoff.deliverables.models import Deliverable, Stage
from signoff.notifications.models import Notification
from tests import factories


def told():
    return set(Notification.objects.values_list("recipient__name", "event__verb", "reason"))


def test_art_starts_and_finishes_a_stage_without_approval(cast, key_visual):
    design = factories.stage(key_visual, "Design")
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "in_progress"})
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "approved"})

    design.refresh_from_db()
    key_visual.refresh_from_db()
    assert (design.status, design.approved_by, design.version) == ("approved", cast.art, 3)
    assert key_visual.status == "in_progress"
    assert list(Event.objects.order_by("id").values_list("verb", "changes__status")) == [
        ("stage.changed", ["not_started", "in_progress"]),
        ("stage.approved", ["in_progress", "approved"]),
    ]
    assert Event.objects.get(verb="stage.approved").data["is_finished"] is True


def test_an_illegal_move_names_the_legal_ones_and_changes_nothing(cast, key_visual):
    review = factories.stage(key_visual, "Internal review")
    with pytest.raises(IllegalMove) as refusal:
        change_stage(actor=cast.actor("pat"), stage=review, changes={"status": "changes_requested"})
    assert refusal.value.detail == {
        "legal": ["in_progress", "in_review", "skipped"],
        "status": "not_started",
    }
    review.refresh_from_db()
    assert (review.status, review.version, Event.objects.count()) == ("not_started", 1, 0)


@pytest.mark.parametrize(("approval", "refusal"), [("simple", ApprovalNeeded), ("formal", FormalDecisionNeeded)])
def test_approval_cannot_be_set_as_a_status(cast, key_visual, approval, refusal):
    review = factories.stage(key_visual, "Internal review")
    Stage.objects.filter(pk=review.pk).update(approval_type=approval, status="in_review")
    with pytest.raises(refusal):
        change_stage(actor=cast.actor("ada"), stage=review, changes={"status": "approved"})


def test_a_formal_approval_is_opened_again_by_an_admin_only(cast, key_visual):
    review = factories.stage(key_visual, "Internal review")
    Stage.objects.filter(pk=review.pk).update(
        approval_type="formal", status="approved", approved_at="2026-01-01T00:00Z"
    )
    with pytest.raises(ApprovedFormally):
        change_stage(actor=cast.actor("pat"), stage=review, changes={"status": "in_progress"})
    assert (
        change_stage(actor=cast.actor("ada"), stage=review, changes={"status": "in_progress"}).status == "in_progress"
    )


def test_a_deliverable_on_hold_does_not_move(cast, key_visual):
    change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"held": "on_hold"})
    with pytest.raises(DeliverableStopped):
        change_stage(
            actor=cast.actor("art"), stage=factories.stage(key_visual, "Design"), changes={"status": "in_progress"}
        )


@pytest.mark.parametrize(
    ("who", "changes", "may"),
    [
        ("art", {"status": "in_progress"}, True),
        ("rev", {"status": "in_progress"}, False),
        ("mia", {"status": "in_progress"}, False),
        ("pat", {"due_on": None}, True),
        ("art", {"due_on": None}, False),
    ],
)
def test_who_may_change_what(cast, key_visual, who, changes, may):
    design = factories.stage(key_visual, "Design")
    try:
        change_stage(actor=cast.actor(who), stage=design, changes=changes)
        done = True
    except NotAllowed:
        done = False
    assert done is may


def test_a_stranger_may_nothing(cast, key_visual):
    with pytest.raises(NotAllowed):
        change_stage(
            actor=cast.actor("stranger"), stage=factories.stage(key_visual, "Design"), changes={"status": "skipped"}
        )


def test_a_maker_takes_what_nobody_has_and_gives_back_only_that(cast, key_visual):
    design = factories.stage(key_visual, "Design")
    art = cast.actor("art")
    assert change_stage(actor=art, stage=design, changes={"assignee": cast.art}).assignee == cast.art
    assert change_stage(actor=art, stage=design, changes={"assignee": None}).assignee is None
    with pytest.raises(NotAllowed):
        change_stage(actor=art, stage=design, changes={"assignee": cast.rev})


def test_handing_in_tells_the_reviewer_and_the_owner(cast, key_visual):
    review = factories.stage(key_visual, "Internal review")
    change_stage(actor=cast.actor("ada"), stage=review, changes={"assignee": cast.rev})
    change_stage(actor=cast.actor("art"), stage=review, changes={"status": "in_review"})
    assert told() == {
        ("Rev Reviewer", "stage.assigned", "assigned"),
        ("Rev Reviewer", "stage.submitted", "waiting"),
        ("Pat Producer", "stage.submitted", "waiting"),
    }


def test_an_old_version_is_refused_with_what_stands_now(cast, key_visual):
    design = factories.stage(key_visual, "Design")
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "in_progress"}, version=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        change_stage(actor=cast.actor("pat"), stage=design, changes={"status": "skipped"}, version=1)
    assert refusal.value.detail["current"] == {
        "id": str(design.pk),
        "status": "in_progress",
        "assignee_id": None,
        "due_on": None,
        "version": 2,
    }


def test_changing_nothing_says_nothing(cast, key_visual):
    design = factories.stage(key_visual, "Design")
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "not_started"})
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_the_other_is_told(cast, key_visual):
    design, start = factories.stage(key_visual, "Design"), Barrier(2)
    outcomes = []

    def change(who, status):
        start.wait()
        try:
            change_stage(actor=who, stage=design, changes={"status": status}, version=1)
            outcomes.append("done")
        except SignoffError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    people = [(cast.actor("art"), "in_progress"), (cast.actor("pat"), "skipped")]
    threads = [Thread(target=change, args=pair) for pair in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed_meanwhile", "done"]
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_stages_of_one_deliverable_at_once_leave_its_status_right(cast, key_visual):
    """Each finishes the last open stage of the other's view; together everything is done."""
    Stage.objects.filter(deliverable=key_visual).update(approval_type="none")
    stages = [factories.stage(key_visual, n) for n in ("Design", "Internal review", "Client approval")]
    start = Barrier(3)

    def finish(stage):
        start.wait()
        change_stage(actor=art, stage=stage, changes={"status": "approved"})
        connection.close()

    art = cast.actor("art")
    threads = [Thread(target=finish, args=[s]) for s in stages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Deliverable.objects.get(pk=key_visual.pk).status == "approved"


def test_undo_puts_the_stage_and_the_deliverable_back(cast, key_visual):
    design = factories.stage(key_visual, "Design")
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "approved"})
    act = Event.objects.get().act
    assert undo_act(actor=cast.actor("art"), act=act).undone == 1

    design.refresh_from_db()
    key_visual.refresh_from_db()
    assert (design.status, design.approved_at, design.approved_by, key_visual.status) == (
        "not_started",
        None,
        None,
        "not_started",
    )

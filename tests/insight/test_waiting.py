from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from signoff.insight.waiting import waiting_for
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def waits(cast):
    """(kind, stage or nothing, status) of what waits for somebody."""

    def of(name):
        rows = waiting_for(cast.actor(name), TODAY, now()).rows
        return [(str(row.kind), row.stage and row.stage.definition.name, row.offer.control) for row in rows]

    return of


@pytest.fixture
def move(key_visual):
    """Puts a stage of the key visual somewhere, as history would have left it."""

    def put(name, status, assignee=None, deliverable=None):
        stage = factories.stage(deliverable or key_visual, name)
        stage.status, stage.assignee = status, assignee or stage.assignee
        stage.approved_at = now() if status == "approved" else None
        stage.save()
        return stage

    return put


def test_a_maker_has_the_next_stage_to_start_and_not_the_ones_after(cast, key_visual, move, waits):
    move("Design", "not_started", cast.art)

    assert waits("art") == [("do", "Design", "start")]
    assert waits("rev") == []
    assert waits("pat") == []


def test_a_maker_hands_in_what_was_made(cast, key_visual, move, waits):
    move("Design", "approved", cast.art)
    move("Internal review", "not_started", cast.rev)

    assert waits("art") == [("do", "Internal review", "hand_in")]
    assert waits("rev") == []


def test_changes_wait_for_who_made_it_and_not_for_who_asked(cast, key_visual, move, waits):
    move("Design", "approved", cast.art)
    move("Internal review", "changes_requested", cast.rev)

    assert waits("art") == [("do", "Internal review", "hand_in")]
    assert waits("rev") == []


def test_the_deliverables_assignee_is_its_maker_too(cast, key_visual, move, waits):
    key_visual.assignee = cast.art
    key_visual.save()
    move("Design", "approved", cast.pat)

    assert waits("art") == [("do", "Internal review", "hand_in")]


def test_a_review_is_decided_by_who_is_named_and_reviewed_by_who_may(cast, key_visual, move, waits):
    move("Design", "approved", cast.art)
    move("Internal review", "in_review", cast.rev)

    assert waits("rev") == [("decide", "Internal review", "approve")]
    assert waits("pat") == [("review", "Internal review", "approve")]
    assert waits("art") == []
    assert waits("mia") == []


def test_what_a_client_was_asked_waits_for_that_client_only(cast, key_visual, move, waits):
    stage = move("Client approval", "in_review", cast.mia)
    stage.definition.is_with_client = True
    stage.definition.save()

    assert waits("mia") == [("decide", "Client approval", "approve")]
    assert waits("rev") == []
    assert waits("nils") == []


def test_a_formal_stage_waits_for_the_named_without_a_button(cast, key_visual, move, waits):
    stage = move("Client approval", "in_review", cast.rev)
    stage.approval_type = "formal"
    stage.save()

    assert waits("rev") == [("decide", "Client approval", "")]
    assert waits("pat") == []


def test_an_owner_sees_what_is_overdue_in_own_projects(cast, first_light, key_visual, waits):
    key_visual.due_on = TODAY - timedelta(days=1)
    key_visual.save()
    factories.deliverable(factories.project(cast.organization, "Of nobody"), due_on=TODAY - timedelta(days=1))

    assert waits("pat") == [("overdue", None, "")]
    assert waits("ada") == []


@pytest.mark.parametrize("field", ["held", "archived", "cancelled"])
def test_nothing_waits_where_work_was_stopped(cast, first_light, key_visual, move, waits, field):
    move("Internal review", "in_review", cast.rev)
    if field == "held":
        key_visual.held, key_visual.status = "on_hold", "on_hold"
        key_visual.save()
    elif field == "archived":
        first_light.archived_on = TODAY
        first_light.save()
    else:
        first_light.status = "cancelled"
        first_light.save()

    assert waits("rev") == []


def test_late_rows_of_any_kind_count_as_overdue(cast, key_visual, move):
    stage = move("Internal review", "in_review", cast.rev)
    stage.due_on = TODAY - timedelta(days=3)
    stage.save()
    waiting = waiting_for(cast.actor("rev"), TODAY, now())

    assert {kind: waiting.count(kind) for kind in ("all", "decide", "review", "do", "overdue")} == {
        "all": 1,
        "decide": 1,
        "review": 0,
        "do": 0,
        "overdue": 1,
    }


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_two_queries_however_much_waits(cast, first_light, campaign, django_assert_num_queries, many):
    for number in range(many):
        row = factories.deliverable(first_light, f"Row {number}", due_on=TODAY - timedelta(days=1))
        stage = factories.stage(row, "Internal review")
        stage.status = "in_review"
        stage.save()
        factories.deliverable(first_light, f"Late {number}", due_on=TODAY - timedelta(days=1))
    actor = cast.actor("pat")

    with django_assert_num_queries(2):
        rows = waiting_for(actor, TODAY, now()).rows
        assert [row.deliverable.project.client_team.name for row in rows] == ["Kolibri Drinks"] * 2 * many

from datetime import date, timedelta

import pytest

from signoff.insight.health import health_of, week_of
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def studio(cast, first_light):
    """Kolibri's project with one of each, and a draft of Norra's."""
    for name, values in {
        "late": {"status": "in_progress", "due_on": TODAY - timedelta(days=2)},
        "soon": {"status": "in_review", "due_on": TODAY + timedelta(days=6)},
        "next week": {"status": "not_started", "due_on": TODAY + timedelta(days=7)},
        "done": {"status": "approved", "due_on": TODAY, "round": 2},
        "sent": {"status": "delivered", "due_on": TODAY, "round": 3},
        "held": {"status": "on_hold", "held": "on_hold", "due_on": TODAY},
    }.items():
        factories.deliverable(first_light, name, **values)
    draft = factories.project(cast.organization, "Draft", status="draft", client_team=cast.norra)
    factories.deliverable(draft, "planned")
    archived = factories.project(cast.organization, "Archived", archived_on=TODAY, client_team=cast.norra)
    factories.deliverable(archived, "forgotten", due_on=TODAY - timedelta(days=9))


def test_figures_count_what_is_open_due_and_late(cast, studio):
    health = health_of(cast.actor("pat"), TODAY)

    assert (health.active_projects, health.open, health.due_this_week, health.late) == (1, 4, 1, 1)
    assert health.rounds == 2.5
    assert dict(health.by_status) == {
        "delivered": 1,
        "approved": 1,
        "in_review": 1,
        "changes_requested": 0,
        "in_progress": 1,
        "not_started": 2,
    }
    assert sum(percent for _, percent in health.parts) == pytest.approx(100)


def test_an_empty_studio_has_no_figures_and_no_division_by_nothing(cast):
    health = health_of(cast.actor("stranger"), TODAY)

    assert (health.open, health.late, health.rounds, health.parts) == (0, 0, None, [])


def test_the_week_has_seven_days_with_what_is_due_on_each(cast, studio):
    week = week_of(cast.actor("pat"), TODAY)

    assert [(day.day, [row.name for row in day.rows]) for day in week if day.rows] == [
        (TODAY + timedelta(days=6), ["soon"])
    ]
    assert [day.load for day in week] == [0, 0, 0, 0, 0, 0, 100]


def test_clients_count_only_their_own(cast, studio):
    assert health_of(cast.actor("mia"), TODAY).total == 5
    assert health_of(cast.actor("nils"), TODAY).total == 0


@pytest.mark.parametrize("many", [1, 3])
def test_figures_and_week_take_three_queries(cast, first_light, django_assert_num_queries, many):
    for number in range(many):
        factories.deliverable(first_light, f"Row {number}", due_on=TODAY)
    actor = cast.actor("pat")

    with django_assert_num_queries(3):
        assert health_of(actor, TODAY).open == many
        assert [row.project.client_team.name for row in week_of(actor, TODAY)[0].rows] == ["Kolibri Drinks"] * many

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.insight.client_time import Wait, client_time, stretches
from tests import factories

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
STAGE, PROJECT = uuid4(), uuid4()


def test_a_stretch_goes_from_being_handed_in_to_being_decided():
    told = [(STAGE, PROJECT, NOON, "not_started", "in_review"), (STAGE, PROJECT, NOON + DAY, "in_review", "approved")]

    assert stretches(told) == [Wait(PROJECT, NOON, NOON + DAY)]


def test_a_stretch_of_one_stage_is_not_ended_by_another():
    other = uuid4()
    told = [(STAGE, PROJECT, NOON, "not_started", "in_review"), (other, PROJECT, NOON + DAY, "in_review", "approved")]

    assert stretches(told) == []


def test_a_stretch_whose_end_is_not_told_is_left_out():
    told = [
        (STAGE, PROJECT, NOON, "not_started", "in_review"),
        (STAGE, PROJECT, NOON + 5 * DAY, "not_started", "in_review"),
        (STAGE, PROJECT, NOON + 6 * DAY, "in_review", "changes_requested"),
    ]

    assert stretches(told) == [Wait(PROJECT, NOON + 5 * DAY, NOON + 6 * DAY)]


@pytest.fixture
def history(cast, first_light, campaign):
    """A function that lets a client approval of a new deliverable wait from `begin` to `end` days ago."""

    def wait(begin, end, project=first_light):
        stage = factories.stage(factories.deliverable(project, f"Row {begin}"), "Client approval")
        stage.definition.is_with_client = True
        stage.definition.save()
        tell(stage, now() - begin * DAY, "not_started", "in_review")
        if end is None:
            stage.status, stage.status_since = "in_review", now() - begin * DAY
            stage.save()
        else:
            tell(stage, now() - end * DAY, "in_review", "approved")

    def tell(stage, at, old, new):
        Event.objects.create(
            organization_id=cast.organization.pk,
            verb="stage.changed",
            created_at=at,
            actor_kind="user",
            actor_label="Pat",
            project_id=stage.deliverable.project_id,
            subject_kind="stage",
            subject_id=stage.pk,
            subject_label="Client approval",
            changes={"status": [old, new]},
        )

    return wait


def test_waits_are_averaged_by_team_and_compared_with_the_month_before(cast, history):
    history(6, 4)  # two days
    history(5, 1)  # four days
    history(50, 49)  # a day, last month
    found = client_time(cast.actor("pat"), now())

    assert (round(found.days, 2), round(found.change, 2)) == (3, 2)
    assert [(one.team.name, round(one.days, 2), one.share) for one in found.teams] == [("Kolibri Drinks", 3, 100)]
    assert (found.longest, found.longest_days) == (None, 0)


def test_what_still_waits_counts_and_is_named(cast, history):
    history(8, None)
    found = client_time(cast.actor("pat"), now())

    assert (round(found.days, 1), found.change, found.longest.deliverable.name, found.longest_days) == (
        8.0,
        None,
        "Row 8",
        8,
    )


def test_another_house_knows_nothing_of_it(cast, history):
    history(6, 4)
    found = client_time(cast.actor("stranger"), now())

    assert (found.days, found.change, found.teams, found.longest) == (None, None, [], None)


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_three_queries(cast, history, django_assert_num_queries, many):
    for number in range(many):
        history(6 + number, 4)
        history(9 + number, None)
    actor = cast.actor("pat")

    with django_assert_num_queries(3):
        assert client_time(actor, now()).longest.deliverable.name == f"Row {8 + many}"

from datetime import date, timedelta

import pytest
from django.utils.timezone import now

from signoff.insight.work import WorkFilter, group_of, work_of
from tests import factories

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "group"),
    [
        (None, "none"),
        (MONDAY - timedelta(days=1), "late"),
        (MONDAY, "today"),
        (MONDAY + timedelta(days=6), "week"),
        (MONDAY + timedelta(days=7), "later"),
        (date(1900, 1, 1), "late"),
        (date(9999, 12, 31), "later"),
    ],
)
def test_work_is_grouped_by_when_it_is_due(due_on, group):
    assert group_of(due_on, MONDAY) == group


@pytest.fixture
def mine(cast, first_light, key_visual):
    """Art's two designs: the key visual, due on Monday, and a poster without a date; its review is rev's."""
    poster = factories.deliverable(first_light, "Poster")
    key_visual.due_on = MONDAY
    key_visual.save()
    for row in (key_visual, poster):
        for name, who in (("Design", cast.art), ("Internal review", cast.rev)):
            stage = factories.stage(row, name)
            stage.assignee = who
            stage.save()
    return poster


def shown(cast, name, **wanted):
    work = work_of(cast.actor(name), WorkFilter(**wanted), MONDAY, now())
    return [
        (key, [(row.stage.deliverable.name, row.stage.definition.name) for row in rows]) for key, rows in work.groups
    ]


def test_my_stages_stand_under_their_dates(cast, mine):
    assert shown(cast, "art") == [("today", [("Key visual", "Design")]), ("none", [("Poster", "Design")])]
    assert shown(cast, "pat") == []


def test_what_is_not_yet_my_turn_says_what_it_waits_for_and_offers_nothing(cast, mine):
    work = work_of(cast.actor("rev"), WorkFilter(), MONDAY, now())

    assert [(row.waits_for, row.offer.control) for row in work.rows] == [("Design", ""), ("Design", "")]
    assert shown(cast, "rev", is_turn=True) == []


def test_filters_narrow_the_list(cast, mine, first_light):
    only_poster = [("none", [("Poster", "Design")])]

    assert shown(cast, "art", text="POST") == only_poster
    assert shown(cast, "art", status="in_review") == []
    assert shown(cast, "art", status="not_started", text="poster") == only_poster
    assert len(shown(cast, "art", project=first_light.pk)) == 2
    assert shown(cast, "art", team=cast.norra.pk) == []


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_one_query_however_much_there_is(cast, first_light, django_assert_num_queries, many):
    for number in range(many):
        stage = factories.stage(factories.deliverable(first_light, f"Row {number}"), "Design")
        stage.assignee = cast.art
        stage.save()
    actor = cast.actor("art")

    with django_assert_num_queries(1):
        assert len(work_of(actor, WorkFilter(), MONDAY, now()).rows) == many

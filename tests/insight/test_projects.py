from datetime import date, timedelta

import pytest

from signoff.insight.projects import PAGE, ProjectFilter, project_page
from tests import factories

TODAY = date(2026, 11, 23)


@pytest.fixture
def several(cast, first_light):
    """Kolibri's First light (due next week), a late film of Norra's, a finished and an archived one."""
    first_light.due_on, first_light.tags = TODAY + timedelta(days=7), ["launch"]
    first_light.save()
    film = factories.project(
        cast.organization, "Night film", client_team=cast.norra, due_on=TODAY - timedelta(days=1), job_number="777"
    )
    factories.project(cast.organization, "Over", status="completed", due_on=TODAY - timedelta(days=9))
    factories.project(cast.organization, "Put away", archived_on=TODAY)
    return film


def names(cast, who="pat", **wanted):
    return [row.project.name for row in project_page(cast.actor(who), ProjectFilter(**wanted), TODAY).rows]


def test_what_is_due_first_stands_first_and_what_is_over_last(cast, several):
    assert names(cast) == ["Night film", "First light", "Over"]
    assert names(cast, sort="name") == ["First light", "Night film", "Over"]
    assert names(cast, sort="nonsense") == ["Night film", "First light", "Over"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "film"}, ["Night film"]),
        ({"text": "777"}, ["Night film"]),
        ({"text": "launch"}, ["First light"]),
        ({"text": "100%"}, []),
        ({"status": "completed"}, ["Over"]),
        ({"is_late": True}, ["Night film"]),
        ({"is_archived": True}, ["Put away"]),
    ],
)
def test_filters_narrow_the_list(cast, several, wanted, found):
    assert names(cast, **wanted) == found


def test_team_and_owner_filter(cast, several):
    assert names(cast, team=cast.norra.pk) == ["Night film"]
    assert names(cast, owner=cast.pat.pk) == ["First light"]


def test_a_late_deliverable_makes_a_project_late(cast, several, key_visual):
    key_visual.due_on = TODAY - timedelta(days=1)
    key_visual.save()

    assert names(cast, is_late=True) == ["Night film", "First light"]


def test_clients_see_the_projects_of_their_team_and_strangers_none(cast, several):
    assert names(cast, "mia") == ["First light"]
    assert names(cast, "nils") == ["Night film"]
    assert names(cast, "stranger") == []


def test_a_row_says_how_far_the_project_is(cast, first_light):
    for status in ("approved", "delivered", "in_review", "cancelled"):
        factories.deliverable(first_light, status, status=status, held="cancelled" if status == "cancelled" else "")
    factories.deliverable(first_light, "late", due_on=TODAY - timedelta(days=1))
    (row,) = project_page(cast.actor("pat"), ProjectFilter(), TODAY).rows

    assert (row.done, row.total, row.late) == (2, 4, 1)
    assert row.parts == [("delivered", 25), ("approved", 25), ("in_review", 25), ("not_started", 25)]


def test_a_page_beyond_the_last_is_the_last(cast):
    for number in range(PAGE + 1):
        factories.project(cast.organization, f"P {number:03}")
    page = project_page(cast.actor("pat"), ProjectFilter(page=99, sort="name"), TODAY)

    assert (page.page, page.pages, page.total, [row.project.name for row in page.rows]) == (2, 2, PAGE + 1, ["P 050"])


@pytest.mark.parametrize("many", [1, 3])
def test_it_takes_three_queries(cast, campaign, django_assert_num_queries, many):
    for number in range(many):
        project = factories.project(cast.organization, f"P {number}", client_team=cast.kolibri, owner=cast.pat)
        factories.deliverable(project)
    actor = cast.actor("pat")

    with django_assert_num_queries(3):
        page = project_page(actor, ProjectFilter(), TODAY)
        assert [(row.project.owner.name, row.total) for row in page.rows] == [("Pat Producer", 1)] * many

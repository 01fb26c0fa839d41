"""How many statements a request makes, as literals: with three rows as many as with one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories

READS = {
    "/me": 3,
    "/people": 2,
    "/client-teams": 2,
    "/pipelines": 3,
    "/custom-fields": 2,
    "/projects": 2,
    "/projects/{project}": 2,
    "/projects/{project}/grid": 3,
    "/projects/{project}/grid?deliverable={deliverable}": 3,
    "/projects/{project}/activity": 4,
    "/deliverables/{deliverable}": 2,
    "/stages/{stage}": 2,
    "/search?q=key": 4,
    "/views": 2,
    "/notifications": 4,
    "/imports": 2,
}


@pytest.fixture
def key(keyed):
    one = keyed("read", "write", "approve", "import", "export")
    one.get("/me")  # notes the day of its first use
    return one


def count(key, method, path, body=None):
    with CaptureQueriesContext(connection) as captured:
        response = key.call(method, path, body)
    assert response.status_code < 300, response.content
    return len([one for one in captured if "SAVEPOINT" not in one["sql"]])


@pytest.mark.parametrize(("path", "statements"), READS.items())
def test_more_rows_are_not_more_statements(key, cast, first_light, key_visual, path, statements):
    ids = {"project": first_light.pk, "deliverable": key_visual.pk, "stage": key_visual.stages.first().pk}
    address = path.format(**ids)
    with_one = count(key, "get", address)
    for number in range(2):
        factories.project(cast.organization, f"More {number}", job_number=f"M{number}", client_team=cast.kolibri)
        factories.client_team(cast.organization, f"Team {number}")
        factories.pipeline(cast.organization, f"Pipeline {number}")
        factories.member(cast.organization, f"Person{number} More")
        factories.deliverable(first_light, f"Key visual {number}")
        key.patch(f"/deliverables/{key_visual.pk}", {"kind": f"Kind {number}"})

    assert (with_one, count(key, "get", address)) == (statements, statements)


def test_adding_a_deliverable_with_its_stages(key, cast, first_light):
    body = {"name": "Banner", "assignee": str(cast.art.pk)}

    assert count(key, "post", f"/projects/{first_light.pk}/deliverables", {"name": "Poster"}) == 10
    assert count(key, "post", f"/projects/{first_light.pk}/deliverables", body) == 12


def test_adding_many_takes_no_more_than_adding_one(key, first_light):
    path = f"/projects/{first_light.pk}/deliverables"

    assert count(key, "post", path, {"deliverables": [{"name": "A"}]}) == 9
    assert count(key, "post", path, {"deliverables": [{"name": "B"}, {"name": "C"}, {"name": "D"}]}) == 9


def test_moving_a_stage_through_its_statuses(key, cast, key_visual):
    first = factories.stage(key_visual, "Design")
    key.patch(f"/stages/{first.pk}", {"assignee": str(cast.art.pk)})
    moves = [
        count(key, "patch", f"/stages/{first.pk}", {"status": one}) for one in ("in_progress", "in_review", "approved")
    ]

    assert moves == [8, 9, 8]


def test_removing_and_undoing(key, key_visual):
    assert count(key, "delete", f"/deliverables/{key_visual.pk}") == 15

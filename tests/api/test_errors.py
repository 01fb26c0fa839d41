import pytest
from django.test import Client

from signoff.api.errors import refuse
from signoff.deliverables.errors import IllegalMove


@pytest.mark.parametrize("path", ["/", "/nothing", "/projects/", "/projects/20418", "/deliverables/x/stages"])
def test_an_address_without_anything_is_a_problem(caller, path):
    status, problem = caller("pat").get(path)

    assert (status, problem["code"], problem["status"]) == (404, "not_found", 404)


def test_another_method_is_a_problem_that_names_the_right_ones(caller):
    response = caller("pat").call("delete", "/me")

    assert (response.status_code, response["Allow"], response.json()["code"]) == (405, "GET", "method_not_allowed")


@pytest.mark.parametrize("body", ["{", '{"name": "\\ud800"}', '{"name": NaN}', "[" * 100_000, b"\xff\xfe"])
def test_a_body_that_is_no_json_is_a_problem(caller, first_light, body):
    response = caller("pat").client.post(
        f"/api/v1/projects/{first_light.pk}/deliverables", body, content_type="application/json"
    )

    assert (response.status_code, response.json()["code"]) == (400, "bad_request")
    assert first_light.deliverables.count() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a\x00b"}, "name"),
        ({"name": "a", "custom": {"a": ["\x00"]}}, "custom"),
        ({"name": "a", "custom": {"\x00": 1}}, "custom"),
        ({"name": "a", "due_on": "31/03/2026"}, "due_on"),
        ({"name": "a", "due_on": 20260331}, "due_on"),
        ({"name": "a", "due_on": "10000-01-01"}, "due_on"),
        ({"name": "a", "rounds_included": 32768}, "rounds_included"),
        ({"name": "a", "rounds_included": -1}, "rounds_included"),
        ({"name": "a", "rounds_included": True}, "rounds_included"),
        ({"name": "a", "priority": "soon"}, "priority"),
        ({"name": "a", "assignee": "pat"}, "assignee"),
        ({"name": "a", "asignee": None}, "asignee"),
        ({"name": None}, "name"),
        ({"name": 7}, "name"),
        ({"kind": "Film"}, "name"),
        ({"deliverables": [{"name": "a"}, {"kind": "Film"}]}, "deliverables.1.name"),
        ({"deliverables": []}, "deliverables"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(caller, first_light, body, field):
    status, problem = caller("pat").post(f"/projects/{first_light.pk}/deliverables", body)

    assert (status, problem["code"], problem["field"]) == (422, "invalid", field)
    assert first_light.deliverables.count() == 0


@pytest.mark.parametrize("query", ["q=%00", "status=asleep", "cursor=x", "limit=0", "limit=1000"])
def test_a_wrong_query_is_named_by_its_field(caller, query):
    status, problem = caller("pat").get(f"/projects?{query}")

    assert (status, problem["field"]) == (422, query.split("=")[0])


def test_a_fault_of_ours_is_a_problem_too_and_says_nothing_of_itself(cast, monkeypatch, caller):
    response = caller("pat").call("get", "/me")
    assert response.status_code == 200
    monkeypatch.setattr("signoff.api.v1.me.organization", lambda actor: 1 / 0)

    status, problem = caller("pat").get("/me")
    assert (status, problem["code"]) == (500, "server_error")
    assert "division" not in str(problem)


def test_a_refusal_keeps_its_own_words_beside_those_of_the_problem():
    response = refuse(None, IllegalMove("Not there.", legal=["in_review"], status="approved"))

    assert response.status_code == 409
    assert response.content == (
        b'{"type":"urn:signoff:problem:illegal_move","title":"This stage cannot go there from where it is.",'
        b'"status":409,"code":"illegal_move","detail":"Not there.","legal":["in_review"],"current_status":"approved"}'
    )


def test_too_large_a_body_is_a_problem(caller, settings, first_light):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    status, problem = caller("pat").post(f"/projects/{first_light.pk}/deliverables", {"name": "x" * 2000})

    assert (status, problem["code"]) == (413, "too_large")


def test_nobody_learns_of_addresses_without_signing_in(db):
    assert Client().get("/api/v1/nothing").status_code == 404


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=\u00e9"])
def test_a_form_whose_parts_cannot_be_told_apart_is_a_problem(caller, content_type):
    response = caller("pat").client.post("/api/v1/projects/bulk-import", b"--x", content_type=content_type)

    assert (response.status_code, response.json()["code"]) == (400, "bad_request")

import pytest

from signoff.deliverables.models import Stage
from signoff.reviews.models import Decision
from tests import factories


@pytest.fixture
def review(key_visual):
    """In formal review, with a round that has been read."""
    stage = factories.stage(key_visual, "Internal review")
    Stage.objects.filter(pk=stage.pk).update(approval_type="formal", status="in_review")
    factories.media_file(factories.revision(key_visual, is_released=True), sha256="ab" * 32)
    return stage


@pytest.fixture
def name(caller, cast, review):
    """Names a group of these people, as pat."""

    def do(*people, **more):
        groups = [{"name": "Brand", "people": [str(cast.people[who].pk) for who in people]}]
        pat = caller("pat")
        response = pat.call("put", f"/stages/{review.pk}/approvers", {"groups": groups, **more})
        return response.status_code, response.json()

    return do


def test_the_whole_way_by_the_api(caller, cast, key_visual, review, name):
    status, panel = name("rev", "mia", statement="To print", version=0)
    assert (status, panel["version"], panel["groups"][0]["is_turn"]) == (200, 1, True)
    path = f"/stages/{review.pk}/decisions"

    status, first = caller("rev").post(path, {"choice": "approve", "round": 1})
    assert (status, first["number"], first["result"], first["statement"]) == (200, 1, "", "To print")
    assert caller("rev").post(path, {"choice": "approve"})[1]["id"] == first["id"]
    status, last = caller("mia").post(path, {"choice": "approve_with_changes", "reason": "A larger logo"})
    assert (last["result"], last["previous_hash"]) == ("approve_with_changes", first["hash"])

    assert caller("pat").get(f"/stages/{review.pk}")[1]["status"] == "approved"
    assert [one["id"] for one in caller("mia").get(path)[1]] == [first["id"], last["id"]]
    people = caller("mia").get(f"/stages/{review.pk}/approvers")[1]["groups"][0]["people"]
    assert sorted((one["name"], one["choice"]) for one in people) == [
        ("Mia Client", "approve_with_changes"),
        ("Rev Reviewer", "approve"),
    ]
    paper = caller("mia").call("get", f"/decisions/{last['id']}/certificate")
    assert (paper.status_code, paper.content[:5], paper["Content-Type"]) == (200, b"%PDF-", "application/pdf")

    round_id = last["round"]
    assert caller("ada").post(f"/rounds/{round_id}/unlock", {"reason": ""})[1]["code"] == "reason_needed"
    assert caller("ada").post(f"/rounds/{round_id}/unlock", {"reason": "Wrong file"})[0] == 204
    assert caller("pat").get(f"/stages/{review.pk}/approvers")[1]["result"] == ""


@pytest.mark.parametrize(("who", "body", "status", "code"), [
    ("rev", {"choice": "maybe"}, 422, "invalid"),
    ("rev", {}, 422, "invalid"),
    ("rev", {"choice": "request_changes"}, 422, "reason_needed"),
    ("rev", {"choice": "approve", "round": 7}, 409, "round_superseded"),
    ("rev", {"choice": "approve", "reason": "\x00"}, 422, "invalid"),
    ("rev", {"choice": "approve", "reason": "x" * 100_000}, 422, "bad_text"),
    ("pat", {"choice": "approve"}, 403, "not_an_approver"),
    ("mia", {"choice": "approve"}, 403, "not_an_approver"),
    ("art", {"choice": "approve"}, 403, "not_allowed"),
    ("nils", {"choice": "approve"}, 404, "not_found"),
    ("stranger", {"choice": "approve"}, 404, "not_found"),
])  # fmt: skip
def test_refusals_are_clear(caller, review, name, who, body, status, code):
    name("rev")
    answer = caller(who).post(f"/stages/{review.pk}/decisions", body)
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert not Decision.objects.exists()


def test_clients_read_nothing_of_stages_that_they_take_no_part_in(caller, review, name):
    name("rev")
    caller("rev").post(f"/stages/{review.pk}/decisions", {"choice": "request_changes", "reason": "Mia is difficult"})
    secret = Decision.objects.get()
    mia = caller("mia")
    assert mia.get(f"/stages/{review.pk}/decisions") == (200, [])
    panel = mia.get(f"/stages/{review.pk}/approvers")[1]
    assert (panel["groups"], panel["version"], panel["result"]) == ([], 0, "")
    assert mia.get(f"/decisions/{secret.pk}")[0] == 404
    assert mia.call("get", f"/decisions/{secret.pk}/certificate").status_code == 404


def test_what_was_said_before_a_client_was_named_stays_inside(caller, cast, review, name):
    name("rev", "pat")
    caller("rev").post(f"/stages/{review.pk}/decisions", {"choice": "not_my_call", "reason": "Mia is difficult"})
    name("rev", "mia")
    assert caller("mia").get(f"/stages/{review.pk}/decisions") == (200, [])
    people = caller("mia").get(f"/stages/{review.pk}/approvers")[1]["groups"][0]["people"]
    assert [one["choice"] for one in people] == [None, None]


def test_a_withheld_round_takes_its_decisions_along(caller, key_visual, review, name):
    name("mia")
    caller("mia").post(f"/stages/{review.pk}/decisions", {"choice": "approve"})
    key_visual.released_rounds = []
    key_visual.save()
    assert caller("mia").get(f"/stages/{review.pk}/decisions") == (200, [])
    assert len(caller("pat").get(f"/stages/{review.pk}/decisions")[1]) == 1


def test_a_key_decides_where_nobody_is_named_and_not_where_people_prove_themselves(keyed, review, name):
    path = f"/stages/{review.pk}/decisions"
    assert keyed("read").post(path, {"choice": "approve"})[0] == 403
    status, answer = keyed("approve").post(path, {"choice": "not_my_call", "reason": "A robot"})
    assert (status, answer["user_email"]) == (200, "")
    name("rev", identity="password")
    assert keyed("approve").post(path, {"choice": "approve"})[1]["code"] == "not_an_approver"


def test_a_list_costs_the_same_with_one_decision_and_with_three(caller, review, name, django_assert_max_num_queries):
    name("rev", "pat", "ada")
    path = f"/stages/{review.pk}/decisions"
    for who in ("rev", "pat"):
        caller(who).post(path, {"choice": "not_my_call", "reason": "No"})
    ada = caller("ada")
    with django_assert_max_num_queries(8):
        assert len(ada.get(path)[1]) == 2
    with django_assert_max_num_queries(13):
        ada.get(f"/stages/{review.pk}/approvers")


def test_deputies_are_set_and_removed(caller, cast):
    body = {"deputy": str(cast.pat.pk), "begins_on": "2999-03-01", "ends_on": "2999-03-05"}
    rev = caller("rev")
    status, row = rev.post("/delegations", body)
    assert (status, row["absent_name"], row["deputy_name"]) == (201, "Rev Reviewer", "Pat Producer")
    assert rev.post("/delegations", body)[1]["id"] == row["id"]
    assert [one["id"] for one in caller("art").get("/delegations")[1]] == [row["id"]]
    assert caller("mia").get("/delegations") == (200, [])
    assert rev.post("/delegations", body | {"absent": str(cast.ada.pk)})[1]["code"] == "not_allowed"
    assert rev.post("/delegations", body | {"deputy": str(cast.stranger.pk)})[1]["code"] == "unknown_reference"
    assert caller("art").delete(f"/delegations/{row['id']}")[0] == 403
    assert rev.delete(f"/delegations/{row['id']}")[0] == 204
    assert rev.delete(f"/delegations/{row['id']}")[0] == 404

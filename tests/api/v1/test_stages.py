from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.deliverables.models import Stage
from tests import factories


@pytest.fixture
def design(key_visual):
    return factories.stage(key_visual, "Design")


@pytest.fixture
def review(key_visual):
    stage = factories.stage(key_visual, "Internal review")
    stage.status = "in_review"
    stage.save()
    return stage


def test_a_move_answers_with_the_stage_and_what_became_of_its_deliverable(caller, key_visual, design):
    status, answer = caller("art").patch(f"/stages/{design.pk}", {"status": "in_progress", "version": 1})

    assert status == 200
    assert answer == {
        "id": str(design.pk),
        "status": "in_progress",
        "assignee": None,
        "due_on": None,
        "version": 2,
        "approved_at": None,
        "approved_by": None,
        "deliverable": {"id": str(key_visual.pk), "status": "in_progress", "version": 2},
        "act": answer["act"],
    }
    assert str(Event.objects.get().act) == answer["act"]


def test_an_illegal_move_names_the_legal_ones(caller, design):
    status, problem = caller("art").patch(f"/stages/{design.pk}", {"status": "changes_requested"})

    assert (status, problem["code"]) == (403, "not_allowed")
    status, problem = caller("pat").patch(f"/stages/{design.pk}", {"status": "changes_requested"})
    assert (status, problem["code"]) == (409, "illegal_move")
    assert problem["legal"] == ["in_progress", "in_review", "approved", "skipped"]
    assert (problem["status"], problem["current_status"]) == (409, "not_started")


def test_a_stage_is_assigned_planned_and_cleared(caller, cast, design):
    pat, path = caller("pat"), f"/stages/{design.pk}"
    _, answer = pat.patch(path, {"assignee": str(cast.art.pk), "due_on": "2026-04-01"})
    assert (answer["assignee"], answer["due_on"]) == (str(cast.art.pk), "2026-04-01")

    _, answer = pat.patch(path, {"assignee": None, "due_on": None})
    assert (answer["assignee"], answer["due_on"], answer["version"]) == (None, None, 3)
    assert pat.get(path)[1]["name"] == "Design"


def test_a_simple_stage_is_approved_and_withdrawn(caller, cast, review):
    rev, path = caller("rev"), f"/stages/{review.pk}/approval"
    first, again = rev.post(path), rev.post(path)
    withdrawn = rev.delete(path)

    assert (first[0], first[1]["status"], first[1]["approved_by"]) == (200, "approved", str(cast.rev.pk))
    assert again[1]["version"] == first[1]["version"]
    assert (withdrawn[0], withdrawn[1]["status"], withdrawn[1]["approved_at"]) == (200, "in_review", None)


def test_an_approval_is_withdrawn_for_ten_minutes(caller, review):
    rev, path = caller("rev"), f"/stages/{review.pk}/approval"
    rev.post(path, {"version": 1})
    Stage.objects.filter(pk=review.pk).update(approved_at=now() - timedelta(minutes=11))

    status, problem = rev.delete(path)
    assert (status, problem["code"]) == (409, "too_late_to_withdraw")


def test_a_stage_is_sent_back_with_words(caller, review):
    status, answer = caller("rev").post(f"/stages/{review.pk}/changes-requested", {"note": "Brighter, please"})

    assert (status, answer["status"]) == (200, "changes_requested")
    assert Event.objects.get().data["note"] == "Brighter, please"


def test_a_client_approves_only_where_the_stage_is_the_clients(caller, cast, review):
    mia, path = caller("mia"), f"/stages/{review.pk}/approval"
    refused = mia.post(path)
    Stage.objects.filter(pk=review.pk).update(assignee=cast.mia)

    assert (refused[0], refused[1]["code"]) == (403, "not_allowed")
    assert mia.post(path)[1]["status"] == "approved"


def test_a_maker_does_not_plan(caller, design):
    status, problem = caller("art").patch(f"/stages/{design.pk}", {"due_on": "2026-04-01"})

    assert (status, problem["permission"]) == (403, "edit_deliverable")
    assert Stage.objects.get(pk=design.pk).version == 1


@pytest.mark.parametrize("name", ["stranger", "nils"])
def test_a_stage_that_one_may_not_see_is_not_there(caller, design, name):
    one, path = caller(name), f"/stages/{design.pk}"
    answers = [
        one.get(path),
        one.patch(path, {"status": "in_progress"}),
        one.post(f"{path}/approval"),
        one.delete(f"{path}/approval"),
        one.post(f"{path}/changes-requested", {"note": "x"}),
    ]

    assert [(status, problem["code"]) for status, problem in answers] == [(404, "not_found")] * 5
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_move_one_stage_at_once_the_second_gets_what_happened(caller, design):
    callers, answers, ready = [caller("art"), caller("pat")], [], Barrier(2)

    def move(one, status):
        ready.wait()
        answers.append(one.patch(f"/stages/{design.pk}", {"status": status, "version": 1}))
        connection.close()

    threads = [Thread(target=move, args=pair) for pair in zip(callers, ("in_progress", "in_review"), strict=True)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    (won,), (lost,) = ([body for status, body in answers if status == wanted] for wanted in (200, 409))
    assert (lost["code"], lost["current"]["status"]) == ("changed_meanwhile", won["status"])
    assert (lost["current"]["version"], Event.objects.count()) == (2, 1)

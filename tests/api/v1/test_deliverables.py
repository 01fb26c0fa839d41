from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from signoff.audit.models import Event
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import CustomField
from tests import factories

STRANGE = [
    "Привет",
    "春の光",
    "عرض الصيف",
    "🎬🎞",
    'O\'Brien "x"',
    "<script>alert(1)</script>",
    "a; DROP TABLE x; --",
    "%s {0}",
]


def test_one_is_added_with_its_stages(caller, cast, first_light):
    status, row = caller("pat").post(
        f"/projects/{first_light.pk}/deliverables",
        {"name": "Banner", "assignee": str(cast.art.pk), "due_on": "2026-04-01", "rounds_included": 2},
    )

    assert (status, row["slug"], row["status"], row["version"]) == (201, "banner", "not_started", 1)
    assert (row["assignee"], row["assignee_name"], row["due_on"]) == (str(cast.art.pk), "Art Maker", "2026-04-01")
    assert [(s["name"], s["position"], s["approval_type"], s["status"]) for s in row["stages"]] == [
        ("Design", 1, "none", "not_started"),
        ("Internal review", 2, "simple", "not_started"),
        ("Client approval", 3, "simple", "not_started"),
    ]
    assert row["stages"][0]["legal"] == ["in_progress", "in_review", "approved", "skipped"]
    assert caller("pat").get(f"/deliverables/{row['id']}") == (200, row)


def test_many_are_added_all_or_none(caller, first_light):
    pat, path = caller("pat"), f"/projects/{first_light.pk}/deliverables"
    status, answer = pat.post(path, {"deliverables": [{"name": "Banner"}, {"name": "Banner"}]})
    assert (status, [one["slug"] for one in answer["deliverables"]]) == (201, ["banner", "banner-2"])

    status, problem = pat.post(path, {"deliverables": [{"name": "Poster"}, {"name": "x" * 201}]})
    assert (status, problem["code"]) == (422, "bad_text")
    assert sorted(Deliverable.objects.values_list("name", flat=True)) == ["Banner", "Banner"]


@pytest.mark.parametrize("name", STRANGE)
def test_names_in_every_script_come_back_as_they_were(caller, first_light, name):
    status, row = caller("pat").post(f"/projects/{first_light.pk}/deliverables", {"name": name, "notes": name})

    assert (status, row["name"], row["notes"]) == (201, name, name)
    assert caller("pat").get(f"/projects/{first_light.pk}/grid")[1]["rows"][0][1] == name


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31"])
def test_days_far_away_are_kept(caller, key_visual, day):
    status, row = caller("pat").patch(f"/deliverables/{key_visual.pk}", {"due_on": day})

    assert (status, row["due_on"]) == (200, day)


def test_a_patch_changes_what_is_given_and_null_clears(caller, cast, key_visual):
    CustomField.objects.create(organization=cast.organization, subject="deliverable", key="ratio", name="Ratio")
    pat, path = caller("pat"), f"/deliverables/{key_visual.pk}"
    status, row = pat.patch(path, {"kind": "Film", "assignee": str(cast.art.pk), "custom": {"ratio": "16:9"}})
    assert (status, row["kind"], row["assignee_name"], row["custom"]) == (200, "Film", "Art Maker", {"ratio": "16:9"})

    status, cleared = pat.patch(path, {"kind": None, "assignee": None, "custom": {"ratio": None}})
    assert (cleared["kind"], cleared["assignee"], cleared["custom"], cleared["name"]) == ("", None, {}, "Key visual")
    assert cleared["version"] == row["version"] + 1


def test_a_change_is_taken_back_by_its_act_once(caller, key_visual):
    pat, path = caller("pat"), f"/deliverables/{key_visual.pk}"
    act = pat.patch(path, {"kind": "Film"})[1]["act"]

    assert pat.patch(path, {"kind": "Film"})[1]["act"] is None
    assert pat.post("/undo", {"act": act}) == (200, {"undone": 1, "kept": []})
    assert pat.get(path)[1]["kind"] == ""
    status, problem = pat.post("/undo", {"act": act})
    assert (status, problem["code"]) == (409, "nothing_to_undo")


def test_who_saw_an_older_version_gets_what_stands_there_now(caller, cast, key_visual):
    pat, ada, path = caller("pat"), caller("ada"), f"/deliverables/{key_visual.pk}"
    ada.patch(path, {"assignee": str(cast.art.pk), "version": 1})
    status, problem = pat.patch(path, {"assignee": None, "kind": "Film", "version": 1})

    assert (status, problem["code"]) == (409, "changed_meanwhile")
    assert (problem["current"]["assignee_id"], problem["current"]["version"]) == (str(cast.art.pk), 2)
    assert Deliverable.objects.get().kind == ""


def test_held_is_set_by_hand_and_null_takes_it_up_again(caller, key_visual):
    pat, path = caller("pat"), f"/deliverables/{key_visual.pk}"

    assert pat.patch(path, {"held": "on_hold"})[1]["status"] == "on_hold"
    assert pat.patch(path, {"held": None})[1]["status"] == "not_started"


def test_a_removed_one_comes_back_with_its_stages(caller, key_visual):
    pat, path = caller("pat"), f"/deliverables/{key_visual.pk}"
    before = pat.get(path)[1]
    status, removed = pat.delete(path)

    assert (status, pat.get(path)[0], pat.delete(path)[0]) == (200, 404, 404)
    assert pat.post("/undo", {"act": removed["act"]})[1] == {"undone": 1, "kept": []}
    after = pat.get(path)[1]
    assert {**after, "created_at": "", "updated_at": "", "stages": len(after["stages"])} == {
        **before,
        "created_at": "",
        "updated_at": "",
        "stages": 3,
    }


def test_only_an_approved_one_is_delivered_and_that_is_taken_back(caller, key_visual):
    pat, path = caller("pat"), f"/deliverables/{key_visual.pk}/delivered"
    refused = pat.post(path)
    Stage.objects.update(status="approved", approved_at="2026-01-01T00:00Z")
    Deliverable.objects.update(status="approved")
    delivered, again = pat.post(path), pat.post(path)
    back = pat.delete(path)

    assert (refused[0], refused[1]["code"]) == (409, "not_approved_yet")
    assert (delivered[1]["status"], again[1]["delivered_at"]) == ("delivered", delivered[1]["delivered_at"])
    assert (back[1]["status"], back[1]["delivered_at"]) == ("approved", None)


def test_many_are_changed_at_once_and_who_refuses_is_named(caller, cast, first_light, key_visual):
    banner = factories.deliverable(first_light, "Banner")
    other = factories.deliverable(factories.project(cast.elsewhere, "Theirs"), "Poster")
    pat, path = caller("pat"), f"/projects/{first_light.pk}/bulk"
    ids = [str(row.pk) for row in (key_visual, banner, other)]
    status, answer = pat.post(path, {"deliverables": ids, "change": {"priority": "urgent", "assignee": None}})

    assert (status, answer["changed"]) == (200, 2)
    assert answer["refused"] == [
        {"id": str(other.pk), "code": "not_found", "message": "No such thing, or you cannot see it."}
    ]
    assert pat.post("/undo", {"act": answer["act"]})[1] == {"undone": 2, "kept": []}
    assert set(Deliverable.objects.values_list("priority", flat=True)) == {"normal"}


def test_one_stage_of_many_is_changed_at_once(caller, cast, first_light, key_visual):
    definition = str(key_visual.stages.get(position=1).definition_id)
    pat, path = caller("pat"), f"/projects/{first_light.pk}/bulk"
    stage = {"definition": definition, "status": "in_review", "assignee": str(cast.art.pk)}
    status, answer = pat.post(path, {"deliverables": [str(key_visual.pk)], "change": {"stage": stage}})

    assert (status, answer["changed"], answer["refused"]) == (200, 1, [])
    again = {"definition": definition, "status": "changes_requested"}
    answer = pat.post(path, {"deliverables": [str(key_visual.pk)], "change": {"stage": again}})[1]
    assert (answer["changed"], [one["code"] for one in answer["refused"]]) == (0, ["illegal_move"])


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name": "x"},
        {"priority": "low", "stage": {"definition": "00000000-0000-7000-8000-000000000000"}},
        {"stage": {}},
        {"stage": {"definition": "00000000-0000-7000-8000-000000000000", "nothing": 1}},
    ],
)
def test_a_bulk_change_without_sense_is_refused(caller, first_light, key_visual, change):
    ids = [str(key_visual.pk)]
    status, problem = caller("pat").post(f"/projects/{first_light.pk}/bulk", {"deliverables": ids, "change": change})

    assert status == 422
    assert not Event.objects.exists()


def test_an_assignee_from_elsewhere_is_refused_at_its_field(caller, cast, first_light, key_visual):
    theirs = str(cast.stranger.pk)
    pat = caller("pat")
    answers = [
        pat.patch(f"/deliverables/{key_visual.pk}", {"assignee": theirs}),
        pat.post(f"/projects/{first_light.pk}/deliverables", {"name": "B", "assignee": theirs}),
        pat.post(f"/projects/{first_light.pk}/deliverables", {"deliverables": [{"name": "B", "assignee": theirs}]}),
        pat.post(
            f"/projects/{first_light.pk}/bulk", {"deliverables": [str(key_visual.pk)], "change": {"assignee": theirs}}
        ),
        pat.patch(f"/stages/{key_visual.stages.first().pk}", {"assignee": theirs}),
    ]

    assert [(status, problem["code"], problem["field"]) for status, problem in answers] == [
        (422, "unknown_reference", "assignee")
    ] * 5


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_at_once_both_learn_what_happened(caller, key_visual):
    callers, answers, ready = [caller("pat"), caller("ada")], [], Barrier(2)

    def change(one, kind):
        ready.wait()
        answers.append(one.patch(f"/deliverables/{key_visual.pk}", {"kind": kind, "version": 1}))
        connection.close()

    threads = [Thread(target=change, args=pair) for pair in zip(callers, ("Film", "Poster"), strict=True)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    (won,), (lost,) = ([body for status, body in answers if status == wanted] for wanted in (200, 409))
    assert lost["current"]["kind"] == won["kind"] == Deliverable.objects.get().kind
    assert Event.objects.count() == 1


def test_nobody_adds_to_a_project_of_another_organisation(caller, first_light):
    assert caller("stranger").post(f"/projects/{first_light.pk}/deliverables", {"name": "B"})[0] == 404
    assert Client().post(f"/api/v1/projects/{first_light.pk}/deliverables", {}, "application/json").status_code == 401

"""Rounds: made of uploads, read, said anew, their files replaced, taken back, shown to the client."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.deliverables.models import Deliverable
from signoff.notifications.models import Notification
from signoff.projects.models import Project
from signoff.revisions.models import MediaFile, Revision, Upload
from tests import factories
from tests.files import add_round, picture, send

NOWHERE = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def path(key_visual):
    return f"/deliverables/{key_visual.pk}/rounds"


@pytest.fixture
def sent(cast, key_visual):
    """`sent("art")`: the id of a file of art's that is all here; another one each time."""
    colours = iter(range(0x111111, 0xFFFFFF))

    def send_one(who="art", name="hero.png", data=b""):
        return str(send(cast.actor(who), key_visual, data or picture(colour=f"#{next(colours):06x}"), name).pk)

    return send_one


@pytest.fixture
def first(cast, key_visual):
    return add_round(cast.actor("art"), key_visual, picture(), note="The sun is lower")


def submit(one, path, *uploads, **said):
    return one.post(path, {"uploads": list(uploads), **said})


def put(one, path, body):
    response = one.call("put", path, body)
    return response.status_code, response.json()


def codes(*answers):
    return [(status, problem["code"]) for status, problem in answers]


def last_event():
    return Event.objects.latest("pk")


# --- adding


def test_uploads_become_the_next_round(caller, cast, key_visual, path, sent):
    uploads = [sent(name="a.png"), sent(name="b.png")]
    status, made = submit(caller("art"), path, *uploads, note="The sun is lower")

    assert (status, {name: value for name, value in made.items() if name != "files"}) == (
        201,
        {
            "id": str(Revision.objects.get().pk),
            "deliverable": str(key_visual.pk),
            "round": 1,
            "note": "The sun is lower",
            "source": "upload",
            "added_by": str(cast.art.pk),
            "added_by_name": "Art Maker",
            "added_at": made["added_at"],
            "reason": "",
            "is_chargeable": False,
            "is_latest": True,
            "is_released": False,
            "may_change": True,
        },
    )
    assert [(one["name"], one["position"], one["state"]) for one in made["files"]] == [
        ("a.png", 1, "working"),
        ("b.png", 2, "working"),
    ]
    assert caller("pat").get(f"/deliverables/{key_visual.pk}")[1]["round"] == 1


def test_a_round_that_a_key_makes_says_so(keyed, key_visual, path):
    key = keyed("write")
    _, upload = key.post(f"/deliverables/{key_visual.pk}/uploads", {"name": "a.png", "size": 5})
    row = Upload.objects.get()
    Upload.objects.update(received=5, finished_at=now(), sha256="a" * 64)
    status, made = submit(key, path, upload["id"])

    assert (status, made["source"], made["added_by"]) == (201, "api", str(row.owner_id))
    assert codes(submit(keyed("read"), path, upload["id"])) == [(403, "not_allowed")]


def test_a_session_makes_one_only_with_the_token_of_its_page(cast, path, sent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.art, "django.contrib.auth.backends.ModelBackend")
    said = {"data": {"uploads": [sent()]}, "content_type": "application/json"}
    client.cookies["signoff_csrf"] = token = "a" * 32
    without = client.post(f"/api/v1{path}", **said)
    with_token = client.post(f"/api/v1{path}", **said, headers={"X-CSRFToken": token})

    assert (without.status_code, without.json()["code"], with_token.status_code) == (403, "csrf_failed", 201)


def test_the_same_request_twice_makes_one_round(caller, path, sent):
    art, upload = caller("art"), sent()
    answers = submit(art, path, upload), submit(art, path, upload)

    assert (answers[0][0], codes(answers[1])) == (201, [(404, "upload_gone")])
    assert (answers[1][1]["ids"], Revision.objects.count()) == ([upload], 1)


def test_an_upload_that_is_named_twice_is_one_file(caller, path, sent):
    upload = sent()

    assert len(submit(caller("art"), path, upload, upload)[1]["files"]) == 1


def test_another_ones_upload_is_not_there(caller, path, sent):
    assert codes(submit(caller("pat"), path, sent("art"))) == [(404, "upload_gone")]


def test_an_upload_to_another_deliverable_is_not_there(caller, cast, first_light, path):
    other = factories.deliverable(first_light, "Banner")
    upload = send(cast.actor("art"), other, picture())

    assert codes(submit(caller("art"), path, str(upload.pk))) == [(404, "upload_gone")]


def test_files_that_are_on_their_way_are_named(caller, cast, key_visual, path, sent):
    late = factories.upload(key_visual, cast.art, "late.png")
    status, problem = submit(caller("art"), path, sent(), str(late.pk))

    assert (status, problem["code"], problem["names"]) == (409, "upload_not_finished", ["late.png"])
    assert (Revision.objects.count(), Upload.objects.count()) == (0, 2)


def test_another_number_than_was_seen_is_refused(caller, first, path, sent):
    art, upload = caller("art"), sent()
    status, problem = submit(art, path, upload, round=1)

    assert (status, problem["code"], problem["round"]) == (409, "round_taken", 2)
    assert submit(art, path, upload, round=2)[1]["round"] == 2


def test_the_files_of_the_last_round_must_be_meant(caller, first, path, sent):
    art, upload = caller("art"), sent(name="again.png", data=picture())
    status, problem = submit(art, path, upload)

    assert (status, problem["code"], problem["round"]) == (409, "same_files", 1)
    assert problem["same"] == [{"name": "again.png", "was": "hero.png"}]
    assert submit(art, path, upload, same_is_meant=True)[0] == 201


@pytest.mark.parametrize("is_chargeable", [True, False])
def test_beyond_the_allowance_a_reason_is_asked(caller, key_visual, path, sent, is_chargeable):
    Deliverable.objects.filter(pk=key_visual.pk).update(rounds_included=0)
    art, upload = caller("art"), sent()
    status, problem = submit(art, path, upload)
    _, made = submit(art, path, upload, reason="New logo", is_chargeable=is_chargeable)

    assert (status, problem["code"], problem["field"]) == (422, "reason_needed", "reason")
    assert (problem["round"], problem["included"]) == (1, 0)
    assert (made["reason"], made["is_chargeable"]) == ("New logo", is_chargeable)


def test_handing_in_sends_the_stage_to_review(caller, key_visual, path, sent):
    factories.stage(key_visual, "Design")
    key_visual.stages.filter(definition__name="Design").update(status="approved", approved_at=now())
    submit(caller("art"), path, sent(), is_handed_in=True)

    assert factories.stage(key_visual, "Internal review").status == "in_review"
    added, submitted = Event.objects.order_by("pk")
    assert (added.verb, submitted.verb, added.act) == (Verb.ROUND_ADDED, Verb.STAGE_SUBMITTED, submitted.act)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"uploads": []}, "invalid", "uploads"),
        ({"uploads": None}, "invalid", "uploads"),
        ({"uploads": ["x"]}, "invalid", "uploads.0"),
        ({"uploads": [NOWHERE] * 201}, "invalid", "uploads"),
        ({"note": "x" * 4001}, "bad_text", "note"),
        ({"note": "a\x07b"}, "bad_text", "note"),
        ({"note": "a\x00b"}, "invalid", "note"),
        ({"round": 0}, "invalid", "round"),
        ({"round": 32_768}, "invalid", "round"),
        ({"is_chargeable": None}, "invalid", "is_chargeable"),
        ({"is_handed_in": "perhaps"}, "invalid", "is_handed_in"),
        ({"colour": "red"}, "invalid", "colour"),
    ],
)
def test_what_cannot_be_a_round_is_refused_at_its_field(caller, path, sent, said, code, field):
    status, problem = caller("art").post(path, {"uploads": [sent()]} | said)

    assert (status, problem["code"], problem["field"], Revision.objects.count()) == (422, code, field, 0)


def test_what_was_never_said_and_null_are_the_same(caller, path, sent):
    status, made = submit(caller("art"), path, sent(), note=None, reason=None, round=None)

    assert (status, made["note"], made["round"]) == (201, "", 1)


@pytest.mark.parametrize("who", ["rev", "mia"])
def test_who_makes_nothing_adds_no_round(caller, path, who):
    status, problem = submit(caller(who), path, NOWHERE)

    assert (status, problem["code"], problem["permission"]) == (403, "not_allowed", "upload_round")


def test_what_is_stopped_or_archived_takes_no_round(caller, key_visual, path, sent):
    art, upload = caller("art"), sent()
    Deliverable.objects.filter(pk=key_visual.pk).update(held="cancelled")
    stopped = submit(art, path, upload)
    Project.objects.filter(pk=key_visual.project_id).update(archived_on="2026-01-01")

    assert codes(stopped, submit(art, path, upload)) == [(409, "deliverable_stopped"), (409, "project_archived")]


# --- reading


def test_rounds_are_read_newest_first(caller, cast, key_visual, first, path):
    second = add_round(cast.actor("art"), key_visual, picture(colour="#123456"))
    rev = caller("rev")
    listed = rev.get(path)[1]

    assert [(one["id"], one["round"], one["is_latest"], one["may_change"]) for one in listed] == [
        (str(second.pk), 2, True, True),
        (str(first.pk), 1, False, False),
    ]
    assert [rev.get(f"/rounds/{one['id']}") for one in listed] == [(200, one) for one in listed]


def test_the_list_asks_the_same_for_three_rounds_as_for_one(caller, key_visual, path):
    rev, counts = caller("rev"), []
    rev.get("/me")
    for number in (1, 2):
        for _ in range(number):
            revision = factories.revision(key_visual)
            for _ in range(number):
                factories.rendition(factories.media_file(revision))
        with CaptureQueriesContext(connection) as captured:
            found = rev.get(path)[1]
        counts.append((len(found), len(captured)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_a_round_that_one_may_not_see_is_not_there(caller, key_visual, first, path, who):
    key_visual.refresh_from_db()
    shown = factories.revision(key_visual, is_released=True)
    one, events = caller(who), Event.objects.count()
    answers = [one.get(path), submit(one, path, NOWHERE)]
    for revision in (first, shown):
        door = f"/rounds/{revision.pk}"
        answers += [one.get(door), one.patch(door, {"note": "x"}), one.delete(door)]
        answers += [put(one, f"{door}/files", {}), one.post(f"{door}/release"), one.delete(f"{door}/release")]

    assert codes(*answers) == [(404, "not_found")] * 14
    assert Event.objects.count() == events


# --- what clients see


def test_clients_see_rounds_that_were_shown_to_them_and_no_others(caller, cast, key_visual, path):
    rounds = [factories.revision(key_visual, is_released=number == 2) for number in (1, 2, 3)]
    mia = caller("mia")

    assert [one["round"] for one in mia.get(path)[1]] == [2]
    assert [mia.get(f"/rounds/{one.pk}")[0] for one in rounds] == [404, 200, 404]
    assert mia.get(f"/deliverables/{key_visual.pk}")[1]["round"] == 2
    _, grid = mia.get(f"/projects/{key_visual.project_id}/grid")
    assert grid["rows"][0][grid["columns"].index("round")] == 2
    _, grid = caller("art").get(f"/projects/{key_visual.project_id}/grid")
    assert grid["rows"][0][grid["columns"].index("round")] == 3


def test_before_a_round_was_shown_to_them_clients_know_of_none(caller, key_visual, path):
    factories.revision(key_visual)
    mia = caller("mia")
    _, grid = mia.get(f"/projects/{key_visual.project_id}/grid")

    assert (mia.get(path), mia.get(f"/deliverables/{key_visual.pk}")[1]["round"]) == ((200, []), 0)
    assert grid["rows"][0][grid["columns"].index("round")] == 0


def test_clients_read_what_changed_and_not_what_it_costs(caller, cast, key_visual):
    said = {"note": "The sun is lower", "reason": "They changed the logo", "is_chargeable": True}
    shown = factories.revision(key_visual, is_released=True, added_by=cast.art, added_by_label="Art Maker", **said)
    factories.revision(key_visual)
    _, read = caller("mia").get(f"/rounds/{shown.pk}")
    wanted = ("note", "reason", "is_chargeable", "added_by_name", "is_released")

    assert [read[name] for name in wanted] == ["The sun is lower", "", False, "Art Maker", True]
    assert (read["is_latest"], read["may_change"]) == (True, False)


# --- saying anew


def test_what_changed_is_said_anew(caller, first):
    art, door = caller("art"), f"/rounds/{first.pk}"
    answers = [art.patch(door, {"note": " The moon is up "}) for _ in range(2)]

    assert [(status, one["note"]) for status, one in answers] == [(200, "The moon is up")] * 2
    assert Event.objects.filter(verb=Verb.ROUND_CHANGED).count() == 1
    assert last_event().changes == {"note": ["The sun is lower", "The moon is up"]}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "invalid", "note"),
        ({"note": 7}, "invalid", "note"),
        ({"note": "x" * 4001}, "bad_text", "note"),
        ({"note": "x", "round": 2}, "invalid", "round"),
    ],
)
def test_a_note_that_cannot_be_is_refused_at_its_field(caller, first, body, code, field):
    status, problem = caller("art").patch(f"/rounds/{first.pk}", body)

    assert (status, problem["code"], problem["field"]) == (422, code, field)


def test_what_somebody_spoke_about_stays(caller, first, sent):
    Revision.objects.update(settled_at=now())
    art, door = caller("art"), f"/rounds/{first.pk}"
    answers = art.patch(door, {"note": "x"}), art.delete(door), put(art, f"{door}/files", {"uploads": [sent()]})

    assert codes(*answers) == [(409, "round_settled")] * 3
    assert art.get(door)[1]["may_change"] is False


def test_an_older_round_stays(caller, cast, key_visual, first, sent):
    add_round(cast.actor("art"), key_visual, picture(colour="#123456"))
    art, door = caller("art"), f"/rounds/{first.pk}"
    answers = art.patch(door, {"note": "x"}), art.delete(door), put(art, f"{door}/files", {"uploads": [sent()]})

    assert [(status, one["code"], one["round"]) for status, one in answers] == [(409, "old_round", 2)] * 3


@pytest.mark.parametrize("who", ["rev", "mia"])
def test_who_makes_nothing_changes_no_round(caller, key_visual, who):
    door = f"/rounds/{factories.revision(key_visual, is_released=True).pk}"
    one = caller(who)
    answers = one.patch(door, {"note": "x"}), one.delete(door), put(one, f"{door}/files", {"kept": []})

    assert [(status, said["code"], said["permission"]) for status, said in answers] == [
        (403, "not_allowed", "upload_round")
    ] * 3


# --- other files


def test_files_are_replaced_and_kept_ones_stay_first(caller, cast, key_visual, sent):
    made = add_round(cast.actor("art"), key_visual, picture(), picture(colour="#123456"))
    kept, gone = made.files.all()
    status, read = put(
        caller("art"), f"/rounds/{made.pk}/files", {"kept": [str(kept.pk)], "uploads": [sent(name="new.png")]}
    )

    assert (status, [one["name"] for one in read["files"]]) == (200, ["hero.png", "new.png"])
    assert (read["files"][0]["id"], MediaFile.objects.filter(pk=gone.pk).exists()) == (str(kept.pk), False)
    assert [one["name"] for one in last_event().data["come"]] == ["new.png"]


def test_keeping_all_files_changes_nothing(caller, first):
    events, file = Event.objects.count(), first.files.get()
    status, read = put(caller("art"), f"/rounds/{first.pk}/files", {"kept": [str(file.pk)]})

    assert (status, read["files"][0]["id"], Event.objects.count()) == (200, str(file.pk), events)


def test_a_slip_in_an_id_costs_no_file(caller, cast, first_light, first, sent):
    """Neither one of nothing nor one of another round."""
    other = add_round(cast.actor("art"), factories.deliverable(first_light, "Banner")).files.get()
    for wrong in (NOWHERE, str(other.pk)):
        body = {"kept": [str(first.files.get().pk), wrong], "uploads": [sent()]}
        status, problem = put(caller("art"), f"/rounds/{first.pk}/files", body)
        assert (status, problem["code"], problem["ids"]) == (409, "file_gone", [wrong])
    assert [file.name for file in first.files.all()] == ["hero.png"]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "no_files", "uploads"),
        ({"kept": [], "uploads": []}, "no_files", "uploads"),
        ({"kept": ["x"]}, "invalid", "kept.0"),
        ({"files": []}, "invalid", "files"),
    ],
)
def test_a_round_has_at_least_one_file(caller, first, body, code, field):
    status, problem = put(caller("art"), f"/rounds/{first.pk}/files", body)

    assert (status, problem["code"], problem["field"], first.files.count()) == (422, code, field, 1)


# --- taking back


def test_the_newest_round_is_taken_back(caller, key_visual, first, path):
    art, door = caller("art"), f"/rounds/{first.pk}"
    answers = art.delete(door), art.delete(door)

    assert (answers[0], codes(answers[1]), art.get(path)) == ((204, None), [(404, "not_found")], (200, []))
    assert [one["name"] for one in last_event().data["files"]] == ["hero.png"]
    assert Deliverable.objects.get(pk=key_visual.pk).round == 0


def test_a_round_that_the_client_sees_is_not_taken_back(caller, first):
    pat, door = caller("pat"), f"/rounds/{first.pk}"
    pat.post(f"{door}/release")
    refused = pat.delete(door)
    pat.delete(f"{door}/release")

    assert (codes(refused), pat.delete(door)) == ([(409, "round_settled")], (204, None))


# --- showing


def test_a_round_is_shown_to_the_client_and_withheld(caller, first):
    pat, mia, door = caller("pat"), caller("mia"), f"/rounds/{first.pk}"
    before, shown, after = mia.get(door)[0], [pat.post(f"{door}/release") for _ in range(2)], mia.get(door)[0]
    hidden, last = [pat.delete(f"{door}/release") for _ in range(2)], mia.get(door)[0]

    assert (before, after, last) == (404, 200, 404)
    assert [(status, one["is_released"]) for status, one in shown + hidden] == [(200, True)] * 2 + [(200, False)] * 2
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True))[1:] == ["round.released", "round.withheld"]


@pytest.mark.parametrize("who", ["art", "rev"])
def test_who_does_not_speak_with_the_client_shows_nothing(caller, first, who):
    one, door = caller(who), f"/rounds/{first.pk}/release"

    assert [(status, said["permission"]) for status, said in (one.post(door), one.delete(door))] == [
        (403, "release_round")
    ] * 2


def test_a_client_with_a_stage_in_review_hears_of_what_is_shown_and_of_nothing_else(
    caller, cast, key_visual, sent, path
):
    key_visual.stages.filter(definition__name="Client approval").update(status="in_review", assignee=cast.mia)
    _, made = submit(caller("art"), path, sent(), note="Between us: hurry")
    told = Notification.objects.filter(recipient=cast.mia)
    assert told.count() == 0

    caller("pat").post(f"/rounds/{made['id']}/release")
    assert [(one.event.verb, one.reason) for one in told] == [("round.released", "waiting")]
    assert Notification.objects.exclude(recipient=cast.mia).exclude(recipient=cast.pat).count() == 0

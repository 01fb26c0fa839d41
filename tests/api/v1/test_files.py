"""Files of rounds: what they are, how far they have come, where to fetch them, another try."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.seals import unseal
from signoff.revisions.models import MediaFile, Step
from tests import factories
from tests.files import add_round, noise, picture

AT = "2026-11-22T18:00:00.000+00:00"


@pytest.fixture
def file(key_visual):
    """One that is rendered, of a round that clients see."""
    times = dict.fromkeys(("received", "checked", "probed", "rendered"), AT)
    facts = {"kind": "image", "media_type": "image/png", "width": 64, "height": 48, "sha256": "a" * 64}
    revision = factories.revision(key_visual, is_released=True)
    return factories.media_file(revision, step=Step.RENDERED, step_times=times, **facts)


@pytest.fixture
def broken(key_visual):
    """One that could not be rendered, of a round that clients see."""
    revision = factories.revision(key_visual, is_released=True)
    notice = "The same file as secret.png of round 1, byte for byte."
    return factories.media_file(
        revision, step=Step.CHECKED, failure="It broke.", failure_tail="decoder: oh", percent=7, notice=notice
    )


def codes(*answers):
    return [(status, problem["code"]) for status, problem in answers]


def test_a_file_is_read_with_its_receipts_and_renditions(caller, file):
    shown = factories.rendition(file, width=48, height=32)
    status, read = caller("rev").get(f"/files/{file.pk}")
    receipts = [
        {"step": step, "state": "done", "at": "2026-11-22T18:00:00Z", "percent": 100}
        for step in ("received", "checked", "probed", "rendered")
    ]

    assert (status, read) == (
        200,
        {
            "id": str(file.pk),
            "round": str(file.revision_id),
            "position": 1,
            "name": "hero.png",
            "size": 1000,
            "sha256": "a" * 64,
            "kind": "image",
            "media_type": "image/png",
            "width": 64,
            "height": 48,
            "duration_ms": None,
            "frames": None,
            "fps_num": None,
            "fps_den": None,
            "pages": None,
            "state": "ready",
            "receipts": receipts,
            "failure": "",
            "failure_tail": "",
            "may_retry": True,
            "notice": "",
            "content": f"/api/v1/files/{file.pk}/content",
            "renditions": [
                {
                    "id": str(shown.pk),
                    "kind": "thumbnail",
                    "number": 0,
                    "media_type": "image/webp",
                    "width": 48,
                    "height": 32,
                    "size": 100,
                    "data": {},
                    "address": read["renditions"][0]["address"],
                }
            ],
        },
    )


def test_a_failure_says_where_and_why(caller, broken):
    _, read = caller("art").get(f"/files/{broken.pk}")

    assert (read["state"], read["failure"], read["failure_tail"]) == ("failed", "It broke.", "decoder: oh")
    assert [(one["state"], one["percent"]) for one in read["receipts"]] == [
        ("done", 100),
        ("done", 100),
        ("failed", 7),
        ("waiting", 0),
    ]


def test_clients_read_neither_what_a_decoder_said_nor_where_a_file_was_before(caller, broken):
    (_, house), (_, client) = (caller(who).get(f"/files/{broken.pk}") for who in ("art", "mia"))

    assert {name: value for name, value in house.items() if client[name] != value} == {
        "failure_tail": "decoder: oh",
        "notice": "The same file as secret.png of round 1, byte for byte.",
    }
    assert (client["failure_tail"], client["notice"]) == ("", "")


def test_lists_are_as_discreet_with_clients_as_the_file_itself(caller, broken):
    path = f"/projects/{broken.revision.deliverable.project_id}/files"
    notices = [caller(who).get(path)[1]["results"][0]["notice"] for who in ("art", "mia")]
    assert notices == ["The same file as secret.png of round 1, byte for byte.", ""]


def test_an_address_carries_one_file_and_no_more(caller, file):
    shown, other = factories.rendition(file), factories.media_file(file.revision, "other.png")
    _, read = caller("mia").get(f"/files/{file.pk}")
    addresses = [
        caller("mia").call("get", f"/files/{file.pk}/content")["Location"],
        read["renditions"][0]["address"],
    ]
    contents = [unseal("file", address.split("/")[2]) for address in addresses]

    assert contents == [
        [file.key, "image/png", "hero.png", True],
        [shown.key, "image/webp", "thumbnail", False],
    ]
    assert other.key not in str(contents)


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/javascript", ""])
def test_what_a_browser_would_run_is_sent_to_be_kept(caller, file, media_type):
    MediaFile.objects.update(media_type=media_type, name="page.html")
    address = caller("art").call("get", f"/files/{file.pk}/content")["Location"]

    assert unseal("file", address.split("/")[2])[1:] == ["application/octet-stream", "page.html", True]


def test_the_original_is_behind_a_redirect(caller, file):
    answer = caller("mia").call("get", f"/files/{file.pk}/content")

    assert (answer.status_code, answer.content, answer["Location"].split("/")[1::2]) == (
        302,
        b"",
        ["media", "hero.png"],
    )


def test_files_of_rounds_that_were_not_shown_are_not_there_for_clients(caller, key_visual, file):
    hidden = factories.media_file(factories.revision(key_visual))
    mia = caller("mia")
    answers = mia.get(f"/files/{hidden.pk}"), mia.get(f"/files/{hidden.pk}/content")

    assert codes(*answers, mia.post(f"/files/{hidden.pk}/renditions")) == [(404, "not_found")] * 3
    assert mia.get(f"/files/{file.pk}")[0] == 200


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_a_file_that_one_may_not_see_is_not_there(caller, broken, who):
    one, door = caller(who), f"/files/{broken.pk}"

    assert codes(one.get(door), one.get(f"{door}/content"), one.post(f"{door}/renditions")) == [(404, "not_found")] * 3
    assert Event.objects.count() == 0


def test_what_failed_is_tried_again_once(caller, broken):
    art, door = caller("art"), f"/files/{broken.pk}"
    status, read = art.post(f"{door}/renditions")
    again = art.post(f"{door}/renditions")

    assert (status, read["state"], read["failure"], read["failure_tail"]) == (200, "working", "", "")
    assert (read["receipts"][2]["state"], read["receipts"][2]["percent"]) == ("doing", 0)
    assert codes(again) == [(409, "nothing_to_retry")]
    assert [event.verb for event in Event.objects.all()] == [Verb.FILE_RETRIED]


def test_what_did_not_fail_is_not_tried_again(caller, file):
    assert codes(caller("art").post(f"/files/{file.pk}/renditions")) == [(409, "nothing_to_retry")]


@pytest.mark.parametrize("who", ["rev", "mia"])
def test_who_makes_nothing_tries_nothing_again(caller, broken, who):
    status, problem = caller(who).post(f"/files/{broken.pk}/renditions")

    assert (status, problem["code"], problem["permission"]) == (403, "not_allowed", "upload_round")


def test_a_key_tries_again_where_it_may_write(keyed, broken):
    door = f"/files/{broken.pk}/renditions"

    assert codes(keyed("read").post(door)) == [(403, "not_allowed")]
    assert keyed("read").get(f"/files/{broken.pk}")[0] == 200
    assert keyed("write").post(door)[0] == 200


def test_a_session_tries_again_only_with_the_token_of_its_page(cast, broken):
    client, door = Client(enforce_csrf_checks=True), f"/api/v1/files/{broken.pk}/renditions"
    client.force_login(cast.art, "django.contrib.auth.backends.ModelBackend")
    client.cookies["signoff_csrf"] = token = "a" * 32
    without, with_token = client.post(door), client.post(door, headers={"X-CSRFToken": token})

    assert (without.status_code, without.json()["code"], with_token.status_code) == (403, "csrf_failed", 200)


def test_three_renditions_are_no_more_statements_than_one(caller, file):
    art, counts = caller("art"), []
    art.get("/me")
    for kinds in (["thumbnail"], ["preview", "page"]):
        for kind in kinds:
            factories.rendition(file, kind)
        with CaptureQueriesContext(connection) as captured:
            found = art.get(f"/files/{file.pk}")[1]["renditions"]
        counts.append((len(found), len(captured)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_a_picture_ready_and_says_what_is_none(caller, cast, key_visual, run_jobs):
    add_round(cast.actor("art"), key_visual, picture(640, 480), noise(1000), name="hero.png")
    run_jobs()
    good, bad = (caller("art").get(f"/files/{one.pk}")[1] for one in MediaFile.objects.order_by("position"))

    assert (good["state"], good["width"], good["height"]) == ("ready", 640, 480)
    assert [one["kind"] for one in good["renditions"]] == ["preview", "thumbnail"]
    assert (bad["state"], bad["may_retry"], bad["renditions"]) == ("failed", False, [])
    assert bad["failure"] == (
        "The name says PNG image, the content is a file of an unknown type. The original can be downloaded."
    )

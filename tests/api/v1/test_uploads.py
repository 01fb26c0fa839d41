"""Files on their way in: announced, asked about, gone on with, taken away; by tus headers, or in parts to a bucket."""

from base64 import b64encode
from datetime import timedelta
from urllib.request import Request, urlopen

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.revisions.models import Upload
from signoff.revisions.storage import storage
from signoff.revisions.uploads import receiving, upload_at
from tests import factories
from tests.files import noise
from tests.integrations.storage.conftest import BUCKET, KEYS, bucket, s3_server

__all__ = ["bucket", "s3_server"]
MIB = 1024 * 1024


@pytest.fixture
def path(key_visual):
    return f"/deliverables/{key_visual.pk}/uploads"


@pytest.fixture
def in_bucket(settings, bucket, s3_server):
    """Files go straight to a bucket."""
    options = {"bucket": BUCKET, "endpoint_url": s3_server, "part_size": 5 * MIB, **KEYS}
    settings.STORAGE = {"class": "signoff.integrations.storage.s3.S3Storage", "options": options}
    storage.cache_clear()
    yield
    storage.cache_clear()


def announce(one, path, **said):
    return one.post(path, {"name": "hero.png", "size": 1000} | said)


def pour(address, data, offset=0):
    """The bytes, as the door of uploads takes them in."""
    with receiving(upload_at(address.rpartition("/")[2]), offset) as stretch:
        stretch.write(data)


def by_tus(one, path, **headers):
    return one.call("post", f"{path}/tus", None, **headers)


def metadata(**said):
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in said.items())


def codes(*answers):
    return [(status, problem["code"]) for status, problem in answers]


# --- announcing


def test_an_announced_file_says_where_its_bytes_go(caller, key_visual, path):
    status, upload = announce(caller("art"), path, fingerprint="f-1")

    row = Upload.objects.get()
    assert (status, upload) == (
        201,
        {
            "id": str(row.pk),
            "deliverable": str(key_visual.pk),
            "name": "hero.png",
            "size": 1000,
            "received": 0,
            "is_finished": False,
            "sha256": "",
            "fingerprint": "f-1",
            "method": "tus",
            "address": upload["address"],
            "part_size": 0,
            "expires_at": row.expires_at.isoformat(),
        },
    )
    assert (upload_at(upload["address"].removeprefix("/uploads/")), Event.objects.count()) == (row, 0)


def test_it_says_how_far_it_has_come(caller, path):
    art, data = caller("art"), noise(1000)
    _, upload = announce(art, path)
    pour(upload["address"], data[:400])
    half = art.get(f"/uploads/{upload['id']}")[1]
    pour(upload["address"], data[400:], 400)
    whole = art.get(f"/uploads/{upload['id']}")[1]

    assert [(one["received"], one["is_finished"]) for one in (half, whole)] == [(400, False), (1000, True)]


def test_a_file_announced_again_goes_on_where_it_was(caller, path):
    art = caller("art")
    _, first = announce(art, path, fingerprint="hero-1000")
    pour(first["address"], noise(300))
    (again, second), (_, another) = announce(art, path, fingerprint="hero-1000"), announce(art, path, fingerprint="b")

    assert (again, second["id"], second["received"]) == (201, first["id"], 300)
    assert {one["id"] for one in art.get(path)[1]} == {first["id"], another["id"]}


def test_without_a_fingerprint_each_announcement_is_a_file(caller, path):
    art = caller("art")
    announce(art, path), announce(art, path)

    assert [one["name"] for one in art.get(path)[1]] == ["hero.png", "hero.png"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\work\\hero.png", "hero.png"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x1b[31m\n.png", "a[31m .png"),
        ("a" * 300 + ".png", "a" * 251 + ".png"),
        ("👩\u200d🎨 hero.png", "👩\u200d🎨 hero.png"),
        ("CON", "CON_"),
        ("NUL.txt", "NUL_.txt"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_a_file_keeps_its_name_as_far_as_every_system_takes_it(caller, path, given, kept):
    assert (announce(caller("art"), path, name=given)[1]["name"], Upload.objects.get().name) == (kept, kept)


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"size": 0}, "empty_file", "size"),
        ({"size": 1001}, "file_too_large", "size"),
        ({"size": -1}, "invalid", "size"),
        ({"size": 2**53 + 1}, "invalid", "size"),
        ({"size": "1000"}, "invalid", "size"),
        ({"size": True}, "invalid", "size"),
        ({"size": 1.5}, "invalid", "size"),
        ({"size": None}, "invalid", "size"),
        ({"name": None}, "invalid", "name"),
        ({"name": 7}, "invalid", "name"),
        ({"name": "a\x00.png"}, "invalid", "name"),
        ({"fingerprint": "x" * 301}, "invalid", "fingerprint"),
        ({"fingerprint": None}, "invalid", "fingerprint"),
        ({"colour": "red"}, "invalid", "colour"),
    ],
)
def test_what_cannot_be_announced_is_refused_at_its_field(caller, path, settings, said, code, field):
    settings.UPLOAD_MAX_BYTES = 1000
    status, problem = announce(caller("art"), path, **said)

    assert (status, problem["code"], problem["field"], Upload.objects.count()) == (422, code, field, 0)


def test_a_file_too_large_says_how_large_it_may_be(caller, path, settings):
    settings.UPLOAD_MAX_BYTES = 5 * 1024**3
    _, problem = announce(caller("art"), path, size=5 * 1024**3 + 1)

    assert (problem["detail"], problem["most"]) == (
        "This file is larger than the 5 GiB that may be uploaded.",
        5 * 1024**3,
    )


def test_a_full_disk_refuses_before_a_byte_is_sent(caller, path, settings):
    settings.STORAGE_RESERVE_BYTES = 2**60

    assert codes(announce(caller("art"), path)) == [(503, "storage_full")]


def test_too_many_at_once_are_refused(caller, path, monkeypatch):
    monkeypatch.setattr("signoff.revisions.actions.uploads.MOST_AT_ONCE", 1)
    art = caller("art")

    assert announce(art, path)[0] == 201
    assert codes(announce(art, path)) == [(422, "too_many_uploads")]
    assert announce(caller("pat"), path)[0] == 201


@pytest.mark.parametrize("who", ["rev", "mia"])
def test_who_makes_nothing_sends_nothing(caller, path, who):
    one = caller(who)
    status, problem = announce(one, path)

    assert (status, problem["code"], problem["permission"]) == (403, "not_allowed", "upload_round")
    assert by_tus(one, path, **{"Upload-Length": "5"}).status_code == 403
    assert (one.get(path), Upload.objects.count()) == ((200, []), 0)


@pytest.mark.parametrize("who", ["stranger", "nils"])
def test_a_deliverable_that_one_may_not_see_takes_nothing(caller, path, who):
    one = caller(who)
    tus = by_tus(one, path, **{"Upload-Length": "5"})

    assert codes(announce(one, path), one.get(path), (tus.status_code, tus.json())) == [(404, "not_found")] * 3
    assert Upload.objects.count() == 0


def test_what_is_stopped_or_archived_takes_nothing(caller, path, key_visual):
    art = caller("art")
    Deliverable.objects.filter(pk=key_visual.pk).update(held="on_hold")
    stopped = announce(art, path)
    Project.objects.filter(pk=key_visual.project_id).update(archived_on="2026-01-01")

    assert codes(stopped, announce(art, path)) == [(409, "deliverable_stopped"), (409, "project_archived")]


# --- reading, taking away


def test_an_upload_is_its_senders_alone(caller, cast, key_visual, path):
    upload = factories.upload(key_visual, cast.art)
    one = f"/uploads/{upload.pk}"
    for who in ("pat", "ada", "rev", "mia", "nils", "stranger"):
        other = caller(who)
        answers = [other.get(one), other.delete(one), other.post(f"{one}/completion")]
        assert codes(*answers, other.post(f"{one}/parts", {"numbers": [1]})) == [(404, "not_found")] * 4
    assert [caller(who).get(path)[1] for who in ("pat", "ada")] == [[], []]
    assert [found["id"] for found in caller("art").get(path)[1]] == [str(upload.pk)]


def test_a_key_does_not_see_what_a_person_sends(keyed, cast, key_visual, path):
    upload = factories.upload(key_visual, cast.art)
    key = keyed("read", "write")

    assert (key.get(path), key.get(f"/uploads/{upload.pk}")[0]) == ((200, []), 404)


def test_an_upload_is_taken_away(caller, path):
    art = caller("art")
    upload = f"/uploads/{announce(art, path)[1]['id']}"
    answers = [art.delete(upload), art.delete(upload)]

    assert (answers[0], codes(answers[1]), art.get(path)) == ((204, None), [(404, "not_found")], (200, []))


def test_an_upload_that_is_over_is_not_there(caller, cast, key_visual, path):
    upload = factories.upload(key_visual, cast.art, expires_at=now() - timedelta(seconds=1))
    art = caller("art")

    assert (art.get(path), art.get(f"/uploads/{upload.pk}")[0]) == ((200, []), 404)


def test_the_list_asks_the_same_for_three_files_as_for_one(caller, path):
    art, counts = caller("art"), []
    for number in (1, 2):
        for _ in range(number):
            announce(art, path)
        with CaptureQueriesContext(connection) as captured:
            found = art.get(path)[1]
        counts.append((len(found), len(captured)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]


# --- keys and sessions


def test_a_key_sends_where_it_may_write(keyed, path):
    assert codes(announce(keyed("read"), path)) == [(403, "not_allowed")]
    key = keyed("write")
    _, upload = announce(key, path)

    assert [one["id"] for one in key.get(path)[1]] == [upload["id"]]


def test_a_session_sends_only_with_the_token_of_its_page(cast, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.art, "django.contrib.auth.backends.ModelBackend")
    said = {"data": {"name": "a.png", "size": 5}, "content_type": "application/json"}
    client.cookies["signoff_csrf"] = token = "a" * 32
    without = client.post(f"/api/v1{path}", **said)
    with_token = client.post(f"/api/v1{path}", **said, headers={"X-CSRFToken": token})

    assert (without.status_code, without.json()["code"], with_token.status_code) == (403, "csrf_failed", 201)


# --- creation as the tus protocol has it


def test_a_tus_client_announces_by_headers(caller, key_visual, path):
    said = {"Upload-Length": "1000", "Upload-Metadata": metadata(filename="Schlüsselbild.png", filetype="image/png")}
    answer = by_tus(caller("art"), path, **said)

    upload = upload_at(answer["Location"].removeprefix("/uploads/"))
    assert (answer.status_code, answer["Tus-Resumable"], answer.content) == (201, "1.0.0", b"")
    assert (upload.name, upload.size, upload.deliverable_id) == ("Schlüsselbild.png", 1000, key_visual.pk)


@pytest.mark.parametrize("said", ["", "filename", "filename ", "filetype eA==", "is_confidential"])
def test_a_tus_file_without_a_name_has_one(caller, path, said):
    answer = by_tus(caller("art"), path, **{"Upload-Length": "5", "Upload-Metadata": said})

    assert (answer.status_code, Upload.objects.get().name) == (201, "file")


@pytest.mark.parametrize("said", ["filename !!", "filename aGVybw", "filename /w==", "filename aGVybw== more", "a é"])
def test_metadata_that_cannot_be_read_is_refused(caller, path, said):
    answer = by_tus(caller("art"), path, **{"Upload-Length": "5", "Upload-Metadata": said})
    problem = answer.json()

    assert (answer.status_code, problem["code"], problem["field"]) == (422, "bad_metadata", "Upload-Metadata")


@pytest.mark.parametrize(
    ("length", "code", "field"),
    [
        (None, "invalid", "Upload-Length"),
        ("five", "invalid", "Upload-Length"),
        ("-1", "invalid", "Upload-Length"),
        ("9" * 30, "invalid", "Upload-Length"),
        ("0", "empty_file", "size"),
    ],
)
def test_a_tus_file_without_a_good_length_is_refused(caller, path, length, code, field):
    answer = by_tus(caller("art"), path, **({"Upload-Length": length} if length else {}))

    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)


# --- in parts


def test_where_files_come_through_us_there_are_no_parts(caller, path):
    art = caller("art")
    upload = f"/uploads/{announce(art, path)[1]['id']}"
    answers = art.post(f"{upload}/parts", {"numbers": [1]}), art.post(f"{upload}/completion")

    assert [(status, one["code"], one["method"]) for status, one in answers] == [
        (409, "wrong_upload_method", "tus")
    ] * 2


@pytest.mark.parametrize(
    ("numbers", "field"),
    [([], "numbers"), ([0], "numbers.0"), ([10_001], "numbers.0"), (list(range(1, 102)), "numbers"), (None, "numbers")],
)
def test_numbers_of_parts_are_from_one_to_ten_thousand(caller, path, numbers, field):
    art = caller("art")
    status, problem = art.post(f"/uploads/{announce(art, path)[1]['id']}/parts", {"numbers": numbers})

    assert (status, problem["code"], problem["field"]) == (422, "invalid", field)


def test_a_file_goes_to_a_bucket_in_parts(caller, path, in_bucket):
    art, data = caller("art"), noise(17 * MIB)
    status, upload = announce(art, path, size=len(data))
    one, part = f"/uploads/{upload['id']}", upload["part_size"]
    assert (status, upload["method"], upload["address"], part > 0) == (201, "parts", "", True)

    pieces = [data[begin : begin + part] for begin in range(0, len(data), part)]
    _, parts = art.post(f"{one}/parts", {"numbers": list(range(1, len(pieces) + 1))})
    assert [found["number"] for found in parts] == list(range(1, len(pieces) + 1))
    put(parts[0]["address"], pieces[0])
    early, half = art.post(f"{one}/completion"), art.get(one)[1]
    for found, piece in zip(parts[1:], pieces[1:], strict=True):
        put(found["address"], piece)
    done = [art.post(f"{one}/completion") for _ in range(2)]

    assert (early[0], early[1]["code"], early[1]["received"]) == (409, "upload_not_finished", part)
    assert (half["received"], half["is_finished"]) == (part, False)
    assert [(status, said["is_finished"], said["received"]) for status, said in done] == [(200, True, len(data))] * 2
    assert b"".join(storage().read(Upload.objects.get().key)) == data


def put(address, data):
    headers = {"Content-Type": "application/octet-stream"}
    with urlopen(Request(address, data=data, headers=headers, method="PUT"), timeout=10) as answer:
        assert answer.status == 200

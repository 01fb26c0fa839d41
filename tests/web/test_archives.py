"""Zips going out, by the whole application."""

import io
import os
import time
import zipfile
from urllib.parse import quote

import pytest

from signoff.core.seals import seal
from signoff.deliverables.models import Deliverable
from signoff.revisions.archive import round_archive
from signoff.revisions.models import MediaFile
from signoff.web import archives
from signoff.web.media import OVER
from tests.files import add_round, noise, picture
from tests.web.asgi import ask
from tests.web.test_media import open_files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def revision(cast, key_visual):
    return add_round(cast.actor("art"), key_visual, noise(1_500_000), picture(8, 8))


def test_a_round_comes_as_a_zip_with_its_length(cast, revision):
    answer = ask("GET", round_archive(cast.actor("pat"), revision))

    assert answer.headers == {
        "accept-ranges": "none",
        "cache-control": "private, no-store",
        "content-disposition": 'attachment; filename="key-visual_v1.zip"',
        "content-length": str(len(answer.body)),
        "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "referrer-policy": "no-referrer",
        "content-type": "application/zip",
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    with zipfile.ZipFile(io.BytesIO(answer.body)) as read:
        assert {info.filename: read.read(info) for info in read.infolist()} == {
            "key-visual_v1/hero.png": noise(1_500_000),
            "key-visual_v1/hero (2).png": picture(8, 8),
        }


def test_head_says_how_long_it_would_be(cast, revision):
    there = round_archive(cast.actor("pat"), revision)
    got, head = ask("GET", there), ask("HEAD", there)

    assert (head.status, head.body, head.headers) == (200, b"", got.headers)


def test_a_round_that_was_withheld_since_does_not_come(cast, revision):
    Deliverable.objects.update(released_rounds=[1])
    revision.refresh_from_db()
    there = round_archive(cast.actor("mia"), revision)
    assert ask("HEAD", there).status == 200
    Deliverable.objects.update(released_rounds=[])
    answer = ask("GET", there)

    assert (answer.status, answer.body.decode()) == (404, archives.GONE)


def test_a_round_that_was_taken_back_since_does_not_come(cast, revision):
    there = round_archive(cast.actor("pat"), revision)
    revision.delete()

    assert ask("GET", there).status == 404


@pytest.mark.parametrize("token", ["", "x", seal("file", ["a", "b", "c", True], 3600)])
def test_a_seal_that_is_not_right_opens_nothing(token):
    answer = ask("GET", f"/archives/{quote(token)}/a.zip")

    assert (answer.status, answer.body.decode()) == (403, OVER)


def test_only_reading_is_allowed(cast, revision):
    assert ask("POST", round_archive(cast.actor("pat"), revision)).status == 405


def test_a_reader_that_leaves_frees_everything_at_once(cast, revision, media):
    answer = ask("GET", round_archive(cast.actor("pat"), revision), leaves=True)

    assert len(answer.body) < 1_500_000
    keys = list(MediaFile.objects.values_list("key", flat=True))
    until = time.monotonic() + 2
    while [one for one in open_files() if one in {str(media / key) for key in keys}]:
        assert time.monotonic() < until


def test_a_file_that_fails_on_the_way_breaks_the_answer_off(cast, revision, media, caplog):
    first = media / MediaFile.objects.get(position=1).key

    def cut(message):
        os.truncate(first, 10)

    answer = ask("GET", round_archive(cast.actor("pat"), revision), at_start=cut)

    assert len(answer.body) < int(answer.headers["content-length"])
    assert [message.get("more_body") for message in answer.sent[1:]].count(False) == 0
    assert "An answer broke off" in caplog.text

"""Somebody changes a round while the worker is at its files: both get through, and nothing is left of what went."""

import pytest

from signoff.feedback import actions as feedback
from signoff.integrations.media.work import Made
from signoff.live.models import Pulse
from signoff.revisions.covers import refresh_covers
from signoff.revisions.models import MediaFile, Rendition
from signoff.revisions.process import process_file
from signoff.revisions.render import keep
from tests.files import add_round, noise, picture, send
from tests.together import held_up

pytestmark = pytest.mark.django_db(transaction=True)
ZIP = b"PK\x03\x04" + noise(100)


def only():
    return MediaFile.objects.select_related("revision__deliverable__project").get()


def taken_back(cast, revision):
    return lambda: feedback.withdraw_round(actor=cast.actor("pat"), revision=revision)


def replace(actor, revision, upload):
    feedback.replace_files(actor=actor, revision=revision, uploads=[upload])


@pytest.fixture
def thumbnail(tmp_path):
    """A thumbnail that the worker has made once more."""
    path = tmp_path / "thumbnail.webp"
    path.write_bytes(picture(kind="WEBP"))
    return Made("thumbnail", 0, path, "image/webp", 64, 48)


def test_a_picture_that_is_being_kept_goes_with_its_round(cast, key_visual, thumbnail):
    revision = add_round(cast.actor("pat"), key_visual)
    process_file(only().pk)
    file, first = only(), Rendition.objects.filter(kind="thumbnail")
    outcomes = held_up(first, lambda: keep(file, thumbnail), taken_back(cast, revision))
    assert (outcomes, MediaFile.objects.count(), Rendition.objects.count()) == (["done", "done"], 0, 0)


def test_a_picture_that_is_being_kept_goes_with_its_file(cast, key_visual, thumbnail):
    pat = cast.actor("pat")
    revision = add_round(pat, key_visual)
    process_file(only().pk)
    file, first, other = only(), Rendition.objects.filter(kind="thumbnail"), send(pat, key_visual, picture(9, 9)).pk
    outcomes = held_up(first, lambda: keep(file, thumbnail), lambda: replace(pat, revision, other))
    assert (outcomes, MediaFile.objects.count(), Rendition.objects.count()) == (["done", "done"], 1, 0)


def test_a_file_that_is_ready_just_now_goes_with_its_round(cast, key_visual):
    revision = add_round(cast.actor("pat"), key_visual, ZIP, name="sources.zip")
    file = only()
    pulse = Pulse.objects.filter(topic=key_visual.project_id)
    outcomes = held_up(pulse, taken_back(cast, revision), lambda: process_file(file.pk))
    assert (outcomes, MediaFile.objects.count()) == (["done", "done"], 0)


def test_a_file_that_fails_just_now_goes_with_its_round(cast, key_visual):
    revision = add_round(cast.actor("pat"), key_visual, picture()[:40])
    file = only()
    pulse = Pulse.objects.filter(topic=key_visual.project_id)
    outcomes = held_up(pulse, taken_back(cast, revision), lambda: process_file(file.pk))
    assert (outcomes, MediaFile.objects.count()) == (["done", "done"], 0)


def test_no_cover_is_left_of_a_round_that_goes(cast, key_visual):
    revision = add_round(cast.actor("pat"), key_visual)
    process_file(only().pk)
    pulse = Pulse.objects.filter(topic=key_visual.project_id)
    outcomes = held_up(pulse, taken_back(cast, revision), lambda: refresh_covers(key_visual.pk))
    key_visual.refresh_from_db()
    assert (outcomes, key_visual.cover) == (["done", "done"], None)

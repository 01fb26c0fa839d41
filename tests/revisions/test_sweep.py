"""The nightly sweep: nothing that a row names, everything else that is old."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.revisions.models import MediaFile, Rendition, Upload
from signoff.revisions.process import process_file
from signoff.revisions.storage import storage
from signoff.revisions.sweep import remove_files, sweep
from tests.files import add_round, picture, send


def there(media):
    return {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()}


def named():
    return {key for model in (MediaFile, Rendition, Upload) for key in model.objects.values_list("key", flat=True)}


@pytest.fixture
def house(cast, key_visual, tmp_path):
    """A rendered round, an upload on its way, and two files that no row names."""
    add_round(cast.actor("art"), key_visual, picture(400, 300))
    process_file(MediaFile.objects.get().pk)
    send(cast.actor("art"), key_visual, b"on its way", "later.png")
    orphan = tmp_path / "orphan"
    orphan.write_bytes(b"nobody's")
    for key in ("originals/00/left", "renditions/00/left/over"):
        storage().put(key, orphan, "image/png")


def test_young_files_are_left_alone(house, media):
    before = there(media)
    assert (sweep(), there(media)) == (0, before)


def test_old_files_without_a_row_go(house, media):
    assert sweep(now() + timedelta(hours=25)) == 2
    assert there(media) == named()


def test_uploads_nobody_goes_on_with_go_with_their_files(house, media):
    assert sweep(now() + timedelta(hours=49)) == 3
    assert (Upload.objects.count(), there(media)) == (0, named())


def test_a_file_that_got_a_row_meanwhile_is_not_removed(house, media):
    keys = list(MediaFile.objects.values_list("key", flat=True))
    remove_files([*keys, "originals/00/left", "originals/00/never"])
    assert there(media) == named() | {"renditions/00/left/over"}

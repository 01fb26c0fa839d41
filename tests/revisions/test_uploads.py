"""Bytes on their way in: kept, counted, hashed, whatever breaks."""

import hashlib
from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.core.seals import seal
from signoff.integrations.storage.port import OffsetMismatch, StorageFull, UploadBusy
from signoff.revisions import actions
from signoff.revisions.errors import UploadGone, UploadTooLong, WrongChecksum
from signoff.revisions.models import Upload
from signoff.revisions.storage import storage
from signoff.revisions.uploads import address_of_upload, arrived, receiving, upload_at

DATA = b"0123456789" * 10


@pytest.fixture
def upload(cast, key_visual):
    return actions.begin_upload(actor=cast.actor("art"), deliverable=key_visual, name="hero.png", size=len(DATA))


def token_of(upload):
    return address_of_upload(upload).rsplit("/", 1)[1]


def kept(upload):
    fresh = Upload.objects.get(pk=upload.pk)
    return fresh.received, fresh.is_finished, fresh.sha256


def test_in_one_stretch_it_is_hashed_on_the_way(upload):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:33])
        stretch.write(DATA[33:])
    assert kept(upload) == (100, True, hashlib.sha256(DATA).hexdigest())


def test_in_two_stretches_it_is_whole_and_hashed_later(upload):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:40])
    assert kept(upload) == (40, False, "")
    with receiving(upload, 40) as stretch:
        stretch.write(DATA[40:])
    assert kept(upload) == (100, True, "")
    assert b"".join(storage().read(upload.key)) == DATA


def test_what_came_before_a_break_is_kept(upload):
    with pytest.raises(ConnectionError), receiving(upload, 0) as stretch:
        stretch.write(DATA[:40])
        raise ConnectionError
    assert (kept(upload), arrived(upload)) == ((40, False, ""), 40)


def test_many_announced_while_there_was_room_leave_the_reserve_alone(upload, settings):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:40])
    settings.STORAGE_RESERVE_BYTES = storage().free() * 2  # others have filled the disk meanwhile
    with pytest.raises(StorageFull), receiving(upload, 40) as stretch:
        stretch.write(DATA[40:])
    assert kept(upload) == (40, False, "")
    settings.STORAGE_RESERVE_BYTES = 0
    with receiving(upload, 40) as stretch:
        stretch.write(DATA[40:])
    assert kept(upload) == (100, True, "")


def test_it_goes_on_where_it_ended_and_nowhere_else(upload):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:40])
    for offset in (0, 39, 41, 100):
        with pytest.raises(OffsetMismatch) as refusal, receiving(upload, offset):
            pass
        assert refusal.value.detail == {"offset": 40}


def test_one_connection_at_a_time(upload):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA)
        with pytest.raises(UploadBusy), receiving(upload, 100):
            pass
        assert (arrived(upload), upload.is_finished) == (100, False)  # the one that has it may still take it back
    assert kept(upload)[1] is True


def test_more_than_was_announced_keeps_nothing_of_the_stretch(upload):
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:40])
    with pytest.raises(UploadTooLong), receiving(upload, 40) as stretch:
        stretch.write(DATA[40:])
        stretch.write(b"!")
    assert (kept(upload), arrived(upload)) == ((40, False, ""), 40)


def test_a_damaged_stretch_is_forgotten(upload):
    with pytest.raises(WrongChecksum), receiving(upload, 0, "sha256") as stretch:
        stretch.write(DATA)
        stretch.check(hashlib.sha256(DATA[:-1]).digest())
    assert (kept(upload), arrived(upload)) == ((0, False, ""), 0)
    with receiving(upload, 0, "sha1") as stretch:
        stretch.write(DATA)
        stretch.check(hashlib.sha1(DATA).digest())
    assert kept(upload)[1] is True


def test_a_crash_between_file_and_row_is_mended_by_the_next_look(upload):
    with storage().appending(upload.key, 0) as appender:
        appender.write(DATA)
    assert kept(upload) == (0, False, "")
    assert (arrived(upload), kept(upload)) == (100, (100, True, ""))


def test_its_address_opens_it_until_it_is_over(upload, cast):
    token = token_of(upload)
    assert upload_at(token) == upload
    for wrong in (token[:-1], token + "x", "", "x:y", seal("file", [str(upload.pk)], 60), seal("upload", ["x"], 60)):
        with pytest.raises(UploadGone):
            upload_at(wrong)
    type(cast.art).objects.filter(pk=cast.art.pk).update(is_active=False)
    with pytest.raises(UploadGone):
        upload_at(token)
    type(cast.art).objects.filter(pk=cast.art.pk).update(is_active=True)
    Upload.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(UploadGone):
        upload_at(token)


def test_an_upload_that_goes_on_does_not_run_out(upload):
    Upload.objects.update(expires_at=now() + timedelta(minutes=1))
    with receiving(upload, 0) as stretch:
        stretch.write(DATA[:1])
    assert Upload.objects.get().expires_at > now() + timedelta(hours=47)

"""Sending files in: announced, gone on with, taken away."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.core.errors import NotAllowed
from signoff.deliverables.actions import change_deliverable
from signoff.deliverables.errors import DeliverableStopped
from signoff.integrations.storage.port import StorageFull
from signoff.revisions import actions
from signoff.revisions.errors import EmptyFile, FileTooLarge, NotDirect, TooManyUploads
from signoff.revisions.models import Upload
from tests.files import send


def begin(actor, deliverable, name="hero.png", size=10, fingerprint=""):
    return actions.begin_upload(actor=actor, deliverable=deliverable, name=name, size=size, fingerprint=fingerprint)


@pytest.mark.parametrize("who", ["ada", "pat", "art"])
def test_an_upload_is_its_senders_alone(cast, key_visual, who):
    upload = begin(cast.actor(who), key_visual)
    seen_by = {name for name in cast.people if Upload.objects.visible_to(cast.actor(name)).exists()}
    assert (upload.size, upload.received, upload.is_finished, seen_by) == (10, 0, False, {who})


@pytest.mark.parametrize("who", ["rev", "mia", "nils", "stranger"])
def test_who_may_not_upload_announces_nothing(cast, key_visual, who):
    with pytest.raises(NotAllowed):
        begin(cast.actor(who), key_visual)
    assert Upload.objects.count() == 0


def test_the_same_file_announced_again_goes_on(cast, key_visual):
    art = cast.actor("art")
    first = begin(art, key_visual, fingerprint="hero.png-10-1700000000")
    assert begin(art, key_visual, fingerprint="hero.png-10-1700000000") == first
    assert begin(art, key_visual, fingerprint="hero.png-10-1700000001") != first
    assert begin(cast.actor("pat"), key_visual, fingerprint="hero.png-10-1700000000") != first


def test_sizes_are_asked_before_any_byte_is_sent(cast, key_visual, settings):
    art = cast.actor("art")
    with pytest.raises(EmptyFile):
        begin(art, key_visual, size=0)
    settings.UPLOAD_MAX_BYTES = 1000
    with pytest.raises(FileTooLarge) as refusal:
        begin(art, key_visual, size=1001)
    assert refusal.value.detail == {"field": "size", "most": 1000}
    settings.STORAGE_RESERVE_BYTES = 1 << 60
    with pytest.raises(StorageFull):
        begin(art, key_visual, size=1000)
    assert Upload.objects.count() == 0


def test_at_most_so_many_at_once(cast, key_visual, monkeypatch):
    monkeypatch.setattr("signoff.revisions.actions.uploads.MOST_AT_ONCE", 2)
    art = cast.actor("art")
    begin(art, key_visual), begin(art, key_visual)
    with pytest.raises(TooManyUploads):
        begin(art, key_visual)
    Upload.objects.update(expires_at=now() - timedelta(seconds=1))
    assert begin(art, key_visual).received == 0


def test_held_work_takes_no_files(cast, key_visual):
    row = change_deliverable(actor=cast.actor("pat"), deliverable=key_visual, changes={"held": "cancelled"})
    with pytest.raises(DeliverableStopped):
        begin(cast.actor("art"), row)


def test_a_name_never_says_where(cast, key_visual):
    assert begin(cast.actor("art"), key_visual, name="../../etc/\u202epasswd\x00.png").name == "passwd.png"


@pytest.mark.django_db(transaction=True)
def test_taken_away_its_file_goes_too(cast, key_visual, media, run_jobs):
    art = cast.actor("art")
    upload = send(art, key_visual, b"0123456789")
    assert [path.read_bytes() for path in media.rglob("*") if path.is_file()] == [b"0123456789"]
    actions.drop_upload(actor=art, upload=upload)
    actions.drop_upload(actor=art, upload=upload)
    run_jobs()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_parts_are_for_buckets(cast, key_visual):
    art, upload = cast.actor("art"), begin(cast.actor("art"), key_visual)
    for act in (
        lambda: actions.part_addresses(actor=art, upload=upload, numbers=[1]),
        lambda: actions.finish_upload(actor=art, upload=upload),
    ):
        with pytest.raises(NotDirect) as refusal:
            act()
        assert refusal.value.detail == {"method": "tus"}

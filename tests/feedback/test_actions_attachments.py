"""Files that come with a comment."""

import hashlib
import os
from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.core.errors import NotAllowed
from signoff.feedback.actions import attach_file, release_comment, remove_comment
from signoff.feedback.actions import attachments as module
from signoff.feedback.errors import AlreadyRemoved, AttachmentTooLarge, TooManyAttachments
from signoff.feedback.files import PREFIX
from signoff.feedback.models import Attachment, Audience
from signoff.feedback.room import comments_of
from signoff.feedback.tasks import sweep_attachments
from signoff.revisions.errors import EmptyFile, OldRound
from signoff.revisions.storage import storage
from tests.feedback.conftest import fresh, next_round
from tests.files import picture


@pytest.fixture
def attach(cast, tmp_path):
    """`attach("rev", comment)`: a picture, or other bytes."""

    def it(who, comment, data=None, name="reference.png"):
        source = tmp_path / "source"
        source.write_bytes(picture() if data is None else data)
        return attach_file(actor=cast.actor(who), comment=comment, name=name, source=source)

    return it


def stored():
    return [one.key for one in storage().listed(PREFIX)]


def test_it_is_kept_hashed_and_named_safely(say, attach):
    kept = attach("rev", say("rev"), name="C:\\work\\..\\hero?.png")

    assert (kept.name, kept.size, kept.media_type) == ("hero_.png", len(picture()), "image/png")
    assert kept.sha256 == hashlib.sha256(picture()).hexdigest()
    assert (stored(), b"".join(storage().read(kept.key))) == ([kept.key], picture())


def test_what_it_is_its_bytes_say(say, attach):
    assert attach("rev", say("rev"), b"<html><script>alert(1)</script>", "a.png").media_type != "image/png"


def test_only_who_said_it_attaches(say, attach):
    comment = say("rev")
    for who in ("pat", "ada", "mia"):
        with pytest.raises(NotAllowed):
            attach(who, comment)
    assert stored() == []


@pytest.mark.parametrize(("size", "error"), [(0, EmptyFile), (module.MOST_BYTES + 1, AttachmentTooLarge)])
def test_its_size_is_neither_nothing_nor_too_much(say, attach, tmp_path, size, error):
    source = tmp_path / "sparse"
    source.touch()
    os.truncate(source, size)
    comment = say("rev")
    with pytest.raises(error):
        attach("rev", comment, source.read_bytes())
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_twenty_are_enough(say, attach):
    comment = say("rev")
    Attachment.objects.bulk_create([Attachment(comment=comment, name="a", size=1, key=f"k{n}") for n in range(20)])
    with pytest.raises(TooManyAttachments):
        attach("rev", comment)


def test_neither_to_what_is_gone_nor_to_an_old_round(cast, first, say, attach):
    gone, old = say("rev"), say("rev")
    remove_comment(actor=cast.actor("rev"), comment=gone)
    next_round(cast, first)
    for comment, error in ((gone, AlreadyRemoved), (old, OldRound)):
        with pytest.raises(error):
            attach("rev", comment)
    assert stored() == []


def test_it_goes_with_its_comment(cast, say, attach, run_jobs):
    comment = say("rev")
    attach("rev", comment)
    remove_comment(actor=cast.actor("rev"), comment=comment)
    run_jobs()
    assert (Attachment.objects.count(), stored()) == (0, [])


def test_what_no_row_names_is_swept_when_it_is_old(say, attach):
    kept, lost = attach("rev", say("rev")), attach("art", say("art"))
    Attachment.objects.filter(pk=lost.pk).delete()
    place = storage()
    sweep_attachments(timestamp=0)
    assert sorted(stored()) == sorted([kept.key, lost.key])
    old = (now() - timedelta(days=2)).timestamp()
    for key in (kept.key, lost.key):
        os.utime(place.path(key), (old, old))
    sweep_attachments(timestamp=0)
    assert stored() == [kept.key]


def test_clients_get_what_came_with_client_comments(cast, first, say, attach):
    internal, client = say("rev"), say("pat", audience=Audience.CLIENT)
    attach("rev", internal, name="secret.png")
    attach("pat", client, name="shown.png")

    def names(who):
        rows = comments_of(cast.actor(who), fresh(first))
        listed = [one["name"] for row in rows for one in row["attachments"]]
        return listed, [one.name for one in Attachment.objects.visible_to(cast.actor(who)).order_by("pk")]

    assert names("mia") == (["shown.png"],) * 2
    release_comment(actor=cast.actor("pat"), comment=internal)
    assert names("mia") == (["shown.png"],) * 2
    attach("rev", internal, name="after.png")
    assert names("mia") == (["after.png", "shown.png"], ["shown.png", "after.png"])
    assert names("art") == (["secret.png", "after.png", "shown.png"], ["secret.png", "shown.png", "after.png"])

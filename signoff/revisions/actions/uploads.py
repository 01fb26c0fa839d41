"""Sending files in. An upload changes nothing that anybody sees, so it writes no event; the round it ends in does."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.policy import Permission, require
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.core.ids import new_id
from signoff.deliverables.errors import DeliverableStopped
from signoff.deliverables.models import Deliverable
from signoff.integrations.storage.port import NotStored, StorageFull
from signoff.projects.errors import ProjectArchived
from signoff.revisions.errors import (
    EmptyFile,
    FileTooLarge,
    NotDirect,
    TooManyUploads,
    UploadNotFinished,
)
from signoff.revisions.models import Upload, key_of_upload
from signoff.revisions.names import clean_file_name
from signoff.revisions.queue import remove_later
from signoff.revisions.storage import is_direct, room_for, storage
from signoff.revisions.uploads import note_progress

MOST_AT_ONCE = 200
PARTS_AT_ONCE = 100
PART_SECONDS = 6 * 3600
UNKNOWN_TYPE = "application/octet-stream"


def begin_upload(*, actor: Actor, deliverable: Deliverable, name: str, size: int, fingerprint: str = "") -> Upload:
    """Announce a file of `size` bytes. With the `fingerprint` of one that was begun before, that one goes on.

    Raises NotAllowed, EmptyFile, FileTooLarge, StorageFull, StorageUnavailable, TooManyUploads,
    DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.UPLOAD_ROUND, deliverable.project.organization_id)
    if actor.user_id is None:
        raise NotAllowed()
    _check_open(deliverable)
    mine = Upload.objects.alive().filter(deliverable=deliverable, owner_id=actor.user_id)
    same = mine.filter(fingerprint=fingerprint, size=size).first() if fingerprint else None
    if same:
        return same
    _check_size(size)
    if mine.count() >= MOST_AT_ONCE:
        raise TooManyUploads()
    return _begin(actor.user_id, deliverable, clean_file_name(name), size, fingerprint[:300])


def _begin(owner_id: UUID, deliverable: Deliverable, name: str, size: int, fingerprint: str) -> Upload:
    place, upload_id = storage(), new_id()
    key = key_of_upload(upload_id)
    return Upload.objects.create(
        id=upload_id,
        deliverable=deliverable,
        owner_id=owner_id,
        name=name,
        size=size,
        key=key,
        parts_id=place.begin_parts(key, UNKNOWN_TYPE) if is_direct(place) else "",
        fingerprint=fingerprint,
        expires_at=now() + timedelta(hours=settings.UPLOAD_HOURS),
    )


@transaction.atomic
def drop_upload(*, actor: Actor, upload: Upload) -> None:
    """Take a file away that no round has yet. Twice is once."""
    require(actor, Permission.UPLOAD_ROUND, upload.deliverable.project.organization_id)
    if Upload.objects.filter(pk=upload.pk).delete()[0]:
        remove_later([upload.key], [(upload.key, upload.parts_id)] if upload.parts_id else [])


def part_addresses(*, actor: Actor, upload: Upload, numbers: Sequence[int]) -> dict[int, str]:
    """Where to PUT the parts of an upload that goes straight to the storage. Raises NotDirect, TooManyUploads."""
    require(actor, Permission.UPLOAD_ROUND, upload.deliverable.project.organization_id)
    place = storage()
    if not is_direct(place) or not upload.parts_id:
        raise NotDirect(method="tus")
    if len(numbers) > PARTS_AT_ONCE:
        raise TooManyUploads(f"At most {PARTS_AT_ONCE} parts at once.")
    return place.part_addresses(upload.key, upload.parts_id, numbers, PART_SECONDS)


def finish_upload(*, actor: Actor, upload: Upload) -> Upload:
    """Make a file of the parts that are in the storage. Twice is once. Raises UploadNotFinished, NotDirect."""
    require(actor, Permission.UPLOAD_ROUND, upload.deliverable.project.organization_id)
    place = storage()
    if not is_direct(place) or not upload.parts_id:
        raise NotDirect(method="tus")
    if upload.is_finished:
        return upload
    if place.size(upload.key) != upload.size:
        _finish_parts(upload)
    note_progress(upload, upload.size)
    return upload


def _finish_parts(upload: Upload) -> None:
    place = storage()
    assert is_direct(place)
    try:
        there = sum(place.parts_there(upload.key, upload.parts_id).values())
    except NotStored:
        there = 0
    if there != upload.size:
        raise UploadNotFinished(names=[upload.name], received=there)
    place.finish_parts(upload.key, upload.parts_id)


def _check_size(size: int) -> None:
    if size < 1:
        raise EmptyFile(field="size")
    most = settings.UPLOAD_MAX_BYTES
    if size > most:
        raise FileTooLarge(
            f"This file is larger than the {most / 1024**3:.3g} GiB that may be uploaded.", field="size", most=most
        )
    if room_for(size) < size:
        raise StorageFull()


def _check_open(deliverable: Deliverable) -> None:
    if deliverable.project.is_archived:
        raise ProjectArchived()
    if deliverable.held:
        raise DeliverableStopped(status=deliverable.held)

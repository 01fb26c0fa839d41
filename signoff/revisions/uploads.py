"""Files on their way in. Steps: the doors' actions and the upload door call them.

What counts as arrived is what the storage has: the row follows, and is put right by whoever looks next.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from signoff.core.seals import BrokenSeal, seal, unseal
from signoff.integrations.storage.port import (
    Appender,
    AppendingStorage,
    NotStored,
    OffsetMismatch,
    StorageFull,
    UploadBusy,
)
from signoff.revisions.errors import NotDirect, UploadGone, UploadTooLong, WrongChecksum
from signoff.revisions.models import Upload
from signoff.revisions.queue import remove_later
from signoff.revisions.storage import is_direct, room_for, storage, takes_pieces

PURPOSE = "upload"
ALGORITHMS = ("sha256", "sha1")


def address_of_upload(upload: Upload) -> str:
    """Where the bytes are sent to: whoever has the address may send them, until the upload is over."""
    left = max(int((upload.expires_at - now()).total_seconds()), 60)
    return f"{settings.BASE_PATH}/uploads/{seal(PURPOSE, [str(upload.pk)], left)}"


def upload_at(token: str) -> Upload:
    """The upload of an address. Raises UploadGone. One query."""
    try:
        (upload_id,) = unseal(PURPOSE, token)
        return Upload.objects.alive().get(pk=UUID(str(upload_id)), owner__is_active=True)
    except (BrokenSeal, ValueError, Upload.DoesNotExist) as error:
        raise UploadGone from error


@transaction.atomic
def forget_at(token: str) -> None:
    """The sender of an upload takes it away. Raises UploadGone."""
    upload = upload_at(token)
    upload.delete()
    remove_later([upload.key], [(upload.key, upload.parts_id)] if upload.parts_id else [])


def arrived(upload: Upload) -> int:
    """How many bytes are here. Writes the end down when nobody could: a crash may fall between file and row."""
    if upload.is_finished:
        return upload.size
    place = storage()
    if not takes_pieces(place):
        return sum(_parts_there(upload).values())
    there = place.size(upload.key) or 0
    if there == upload.size:
        _finish_alone(place, upload)
    return there


def _finish_alone(place: AppendingStorage, upload: Upload) -> None:
    """Only when no connection has the file any more: one that does could still take its stretch back."""
    with suppress(UploadBusy, OffsetMismatch), place.appending(upload.key, upload.size) as appender:
        appender.keep()
        note_progress(upload, upload.size)


def note_progress(upload: Upload, offset: int, sha256: str = "") -> None:
    """Write down how far the file has come. An upload that goes on does not run out."""
    upload.received = offset
    upload.expires_at = now() + timedelta(hours=settings.UPLOAD_HOURS)
    if offset == upload.size and not upload.is_finished:
        upload.finished_at, upload.sha256 = now(), sha256
    fields = ["received", "expires_at", "finished_at", "sha256", "updated_at"]
    Upload.objects.filter(pk=upload.pk).update(**{name: getattr(upload, name) for name in fields[:-1]})


class Receiving:
    """One stretch of a file, as it comes in. Its bytes are hashed on the way, from the first byte or not at all."""

    def __init__(self, upload: Upload, appender: Appender, algorithm: str = "") -> None:
        self.upload, self.begun_at = upload, appender.offset
        self._appender = appender
        self._whole = hashlib.sha256() if appender.offset == 0 else None
        self._stretch = hashlib.new(algorithm) if algorithm in ALGORITHMS else None

    @property
    def offset(self) -> int:
        return self._appender.offset

    @property
    def sha256(self) -> str:
        """Of the whole file; empty when it came in more than one stretch, or is not all here."""
        return self._whole.hexdigest() if self._whole and self.offset == self.upload.size else ""

    def write(self, data: bytes) -> None:
        """Raises UploadTooLong (and keeps nothing of this stretch), StorageFull (and keeps what fitted)."""
        if self.offset + len(data) > self.upload.size:
            self._appender.cut(self.begun_at)
            raise UploadTooLong(size=self.upload.size)
        before, fits = self.offset, room_for(len(data))
        try:
            self._appender.write(data[:fits])
            if fits < len(data):
                raise StorageFull
        finally:
            taken = data[: self.offset - before]
            for one in (self._whole, self._stretch):
                if one:
                    one.update(taken)

    def keep(self) -> None:
        self._appender.keep()

    def check(self, digest: bytes) -> None:
        """Compare the stretch with what its sender says it is. Raises WrongChecksum, and forgets the stretch."""
        if self._stretch and self._stretch.digest() != digest:
            self._appender.cut(self.begun_at)
            self._whole = None
            raise WrongChecksum


@contextmanager
def receiving(upload: Upload, offset: int, algorithm: str = "") -> Iterator[Receiving]:
    """Open the file at its end; what came is kept, and written down, however the block ends.

    Raises UploadBusy, OffsetMismatch, NotDirect.
    """
    place = storage()
    if not takes_pieces(place):
        raise NotDirect(method="parts")
    with place.appending(upload.key, offset) as appender:
        stretch = Receiving(upload, appender, algorithm)
        try:
            yield stretch
        finally:
            stretch.keep()
            note_progress(upload, stretch.offset, stretch.sha256)


def _parts_there(upload: Upload) -> dict[int, int]:
    place = storage()
    if not is_direct(place) or not upload.parts_id:
        return {}
    try:
        return place.parts_there(upload.key, upload.parts_id)
    except NotStored:
        return {}

"""What the house asks of a place that keeps files. A directory or a bucket: only `settings.STORAGE` differs.

Keys are made by the house (letters, digits, `-`, `.` and `/`), never of what people typed.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from signoff.core.errors import Conflict, Unavailable


class StorageUnavailable(Unavailable):
    """The storage did not answer, or answered with an error of its own. Trying again may help."""

    code = "storage_unavailable"
    message = "The file storage does not answer. Nothing was lost; try again in a moment."


class StorageFull(Unavailable):
    code = "storage_full"
    message = "The file storage is full. Free some space, then go on: what is here already is kept."


class NotStored(Unavailable):
    """There is a row for it and no file: a mistake of ours or of an operator, never of the person asking."""

    code = "not_stored"
    message = "The file is missing from the storage. Tell whoever runs this server."


class UploadBusy(Conflict):
    code = "upload_busy"
    message = "Another connection is sending this file right now."


class OffsetMismatch(Conflict):
    """`offset` in the detail is where the file goes on."""

    code = "offset_mismatch"
    message = "The file goes on at another place than this part says."


@dataclass(frozen=True, slots=True)
class Stored:
    key: str
    size: int
    changed_at: datetime


class Appender(Protocol):
    """A file that grows at its end; one writer at a time."""

    offset: int

    def write(self, data: bytes) -> None:
        """Raises StorageFull."""

    def keep(self) -> None:
        """Make what was written outlive a power cut."""

    def cut(self, offset: int) -> None:
        """Forget what lies behind `offset`."""


class Storage(Protocol):
    """Every method may raise StorageUnavailable; those that write also StorageFull."""

    is_direct: bool  # True: people send and fetch files straight to and from it, by `PartsStorage`

    def put(self, key: str, source: Path, media_type: str) -> None:
        """Keep a copy of `source` as `key`: all of it or nothing, also when it was there before."""

    def local(self, key: str, scratch: Path) -> Path:
        """Where programs can read it: the file itself, or a copy made in `scratch`. Raises NotStored."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to, not including, `end`, in pieces. Raises NotStored."""

    def size(self, key: str) -> int | None:
        """In bytes; None when it is not there."""

    def remove(self, keys: Iterable[str]) -> None:
        """What is not there is no error."""

    def listed(self, prefix: str) -> Iterator[Stored]:
        """Everything below `prefix`, which ends with `/` or is empty."""

    def free(self) -> int | None:
        """Bytes that still fit; None when nobody knows."""


class AppendingStorage(Storage, Protocol):
    """A storage that files reach through us, piece by piece (`is_direct` is False)."""

    def appending(self, key: str, offset: int) -> AbstractContextManager[Appender]:
        """The file as it will be, made when it is not there. Raises UploadBusy, OffsetMismatch."""

    def path(self, key: str) -> Path:
        """Where the file is, for who sends it out. It need not be there."""


class PartsStorage(Storage, Protocol):
    """A storage that people reach by themselves, through addresses we sign (`is_direct` is True)."""

    def part_size_for(self, size: int) -> int:
        """How long every part but the last is in a file of `size` bytes."""

    def address(self, key: str, *, media_type: str, disposition: str, seconds: int) -> str:
        """A signed address to fetch it from, ranges included.

        It is the same string for half of `seconds` at a time, so that browsers keep what they fetched; so it still
        lives for at least half of `seconds`, at most for all of them. The answer to it carries `media_type` and
        `disposition` (a Content-Disposition) as its headers.
        """

    def begin_parts(self, key: str, media_type: str) -> str:
        """Open an upload in parts; its id."""

    def part_addresses(self, key: str, parts_id: str, numbers: Sequence[int], seconds: int) -> dict[int, str]:
        """Where to PUT each of the parts, for `seconds`. Numbers begin with 1."""

    def parts_there(self, key: str, parts_id: str) -> dict[int, int]:
        """The size of each part that has arrived. Raises NotStored when the upload is not known (any more)."""

    def finish_parts(self, key: str, parts_id: str) -> None:
        """Make the file of the parts that are there. Done twice is done once. Raises NotStored when there are none."""

    def drop_parts(self, key: str, parts_id: str) -> None:
        """Forget the upload; not known is no error."""

    def listed_parts(self, prefix: str) -> Iterator[tuple[str, str, datetime]]:
        """Every upload in parts that is not finished: key, id, begun at.

        Not every bucket tells (MinIO says nothing), so keep the ids; this finds what was forgotten, where it can.
        """

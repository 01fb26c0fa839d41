"""Zips of original files, made while they are sent: what is in one, under which names, and its bytes.

Files lie in them as they are: pictures and films are compressed already. So the length is known before the first byte.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID

from django.db.models import F
from zipstream import ZIP_STORED, ZipStream

from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import DeliverableStatus
from signoff.integrations.storage.port import Storage
from signoff.projects.models import Project
from signoff.revisions.addresses import archive_address
from signoff.revisions.models import MediaFile, MediaFileQuerySet, Revision

ROUND, APPROVED = "round", "approved"
DONE = (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED)
COLUMNS = ("revision__deliverable__slug", "revision__round", "revision__deliverable__released_rounds", "name", "key")
MISSING = "MISSING.txt"
MISSING_WORDS = (
    "These files were missing from the storage when this archive was made. Tell whoever runs the server.\r\n"
)


class NothingApproved(NotFound):
    code = "nothing_approved"
    message = "No deliverable of this project is approved and has files yet, so there is nothing to download."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its path in there, and where the storage has it."""

    path: str
    key: str


@dataclass(frozen=True, slots=True)
class Archive:
    """Its bytes can be had once; `size` is how many there will be."""

    size: int
    pieces: Iterator[bytes]


def round_archive(actor: Actor, revision: Revision) -> str:
    """The address of a round's files as a zip."""
    name = f"{revision.deliverable.slug}_v{revision.round}.zip"
    return archive_address(ROUND, revision.pk, name, is_client=_is_client(actor))


def approved_archive(actor: Actor, project: Project) -> str:
    """The address of a project's approved files as a zip. Raises NothingApproved."""
    if not entries_of(APPROVED, project.pk, is_client=_is_client(actor)):
        raise NothingApproved
    return archive_address(APPROVED, project.pk, f"{project.slug}_approved.zip", is_client=_is_client(actor))


def entries_of(what: str, subject: UUID, *, is_client: bool) -> list[Entry]:
    """What belongs into it now: `round` is one round, `approved` the newest round of all that is approved or delivered.

    For clients a round counts only while it is released. One query.
    """
    files = _files_of(what, subject, is_client=is_client)
    rows = files.order_by("revision__deliverable__position", "revision__deliverable", "position").values_list(*COLUMNS)
    newest_released = what == APPROVED and is_client
    taken: set[str] = set()
    return [
        Entry(_unique(f"{slug}_v{number}/{name}", taken), key)
        for slug, number, released, name, key in rows
        if not newest_released or number == max(released)
    ]


def archive_of(entries: Iterable[Entry], place: Storage) -> Archive:
    """The zip of these files. One that is not there becomes a line of MISSING.txt. Asks the storage for every size."""
    made, missing = ZipStream(compress_type=ZIP_STORED, sized=True), []
    for entry in entries:
        size = place.size(entry.key)
        if size is None:
            missing.append(entry.path)
        else:
            made.add(_content(place, entry.key), entry.path, size=size)
    if missing:
        made.add((MISSING_WORDS + "".join(f"{path}\r\n" for path in missing)).encode(), MISSING)
    return Archive(len(made), iter(made))


def _files_of(what: str, subject: UUID, *, is_client: bool) -> MediaFileQuerySet:
    files = MediaFile.objects.all()
    if is_client:
        files = files.filter(files.released())
    if what == ROUND:
        return files.filter(revision=subject)
    files = files.filter(revision__deliverable__project=subject, revision__deliverable__status__in=DONE)
    return files if is_client else files.filter(revision__round=F("revision__deliverable__round"))


def _content(place: Storage, key: str) -> Iterator[bytes]:
    """Opened when its turn comes, so that thousands of files are not open at once."""
    yield from place.read(key)


def _unique(path: str, taken: set[str]) -> str:
    """The path, numbered when another file has it, also on systems that see no difference between A and a."""
    whole, number = PurePosixPath(path), 1
    while path.casefold() in taken:
        number += 1
        path = str(whole.with_name(f"{whole.stem} ({number}){whole.suffix}"))
    taken.add(path.casefold())
    return path


def _is_client(actor: Actor) -> bool:
    return actor.role == CLIENT_VIEWER

"""The notes of a round as they are taken out: all that an export says, as its reader may read it. No format here.

Threads come in the order in which somebody goes through the work: by file, then along it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any
from uuid import UUID

from signoff.accounts.models import Organization
from signoff.accounts.names import shown_name
from signoff.accounts.visibility import CLIENT_VIEWER
from signoff.core.actor import Actor
from signoff.core.timecode import clock, rate_of, timecode
from signoff.feedback.checklist import progress_of
from signoff.feedback.models import Audience, Kind, State
from signoff.feedback.room import Shape, comments_of
from signoff.revisions.models import FileKind, MediaFile, Revision


@dataclass(frozen=True, slots=True)
class Said:
    """One comment. `author` is the name that the reader reads; a removed one has no text."""

    id: UUID
    author: str
    at: datetime
    text: str
    audience: str
    is_removed: bool
    is_after_lock: bool
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What a thread asks for. `round` is the one it was raised in."""

    number: int
    round: int
    kind: str
    is_must_fix: bool
    state: str
    state_by: str
    reason: str
    is_approximate: bool

    @property
    def state_word(self) -> str:
        return str(State(self.state).label)

    @property
    def kind_word(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file. `first` and `last` name its frames or moments; both empty where it has no time."""

    file: int = 0  # its position; 0: the whole round
    file_name: str = ""
    frame_in: int | None = None
    frame_out: int | None = None
    first: str = ""
    last: str = ""
    ms_in: int | None = None
    ms_out: int | None = None
    page: int | None = None
    region: Mapping[str, float] | None = None
    quote: str = ""

    @property
    def order(self) -> tuple[int, int, int, int]:
        return self.file, self.page or 0, self.frame_in or 0, self.ms_in or 0


@dataclass(frozen=True, slots=True)
class Thread:
    head: Said
    note: Note | None
    where: Where
    replies: tuple[Said, ...]
    marks: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """About the round itself."""

    project: str
    job_number: str
    deliverable: str
    round: int
    note: str
    added_by: str
    added_at: datetime
    files: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """`is_for_client`: only what clients see, as they read it."""

    facts: Facts
    threads: tuple[Thread, ...]
    progress: Mapping[str, int]
    is_for_client: bool
    house: Organization
    films: Mapping[int, Fraction] = field(default_factory=dict)  # frames a second, by the position of the file

    @property
    def round_word(self) -> str:
        """`Round 3`, as this house calls its rounds."""
        return f"{self.house.vocabulary.get('round') or 'Round'} {self.facts.round}"

    @property
    def fingerprint(self) -> str:
        """Another one as soon as an export would say something else, or look otherwise."""
        said = [asdict(self.facts), [asdict(one) for one in self.threads], dict(self.progress), self.is_for_client]
        look = [self.house.name, self.house.branding, self.house.time_zone, self.house.vocabulary]
        return sha256(repr([*said, *look]).encode()).hexdigest()


def report_of(actor: Actor, revision: Revision) -> Report:
    """What the actor may read of this round. `revision.deliverable.project.organization` is known."""
    files = {file.pk: file for file in revision.files.all()}
    shapes = comments_of(actor, revision)
    answers: dict[UUID, list[Shape]] = {}
    for shape in shapes:
        if shape["parent"]:
            answers.setdefault(shape["parent"], []).append(shape)
    threads = [_thread(one, answers.get(one["id"], ()), files) for one in shapes if not one["parent"]]
    notes = [one["note"] for one in shapes if one["note"]]
    return Report(
        facts=_facts(actor, revision, files.values()),
        threads=tuple(sorted(threads, key=lambda one: (one.where.order, one.head.at, str(one.head.id)))),
        progress=progress_of(notes),
        is_for_client=actor.role == CLIENT_VIEWER,
        house=revision.deliverable.project.organization,
        films={one.position: _rate(one) for one in files.values() if one.kind == FileKind.VIDEO},
    )


def _facts(actor: Actor, revision: Revision, files: Iterable[MediaFile]) -> Facts:
    row = revision.deliverable
    return Facts(
        project=row.project.name,
        job_number=row.project.job_number,
        deliverable=row.name,
        round=revision.round,
        note=revision.note,
        added_by=shown_name(actor, revision.added_by_id, revision.added_by_label),
        added_at=revision.added_at,
        files=tuple(file.name for file in files),
    )


def _thread(head: Shape, answers: Sequence[Shape], files: Mapping[UUID, MediaFile]) -> Thread:
    note: Shape | None = head["note"]
    return Thread(
        head=_said(head),
        note=Note(**{name: note[name] for name in Note.__dataclass_fields__}) if note else None,
        where=_where(head, files.get(head["file"])),
        replies=tuple(_said(one) for one in answers),
        marks=tuple(head["marks"]),
    )


def _said(shape: Shape) -> Said:
    return Said(
        id=shape["id"],
        author=shape["author"]["name"],
        at=datetime.fromisoformat(shape["at"]),
        text=shape["text"],
        audience=shape["audience"],
        is_removed=shape["is_removed"],
        is_after_lock=shape["is_after_lock"],
        attachments=tuple(one["name"] for one in shape["attachments"]),
    )


def _where(shape: Shape, file: MediaFile | None) -> Where:
    if file is None:
        return Where()
    first, last = _names(shape, _rate(file))
    quote: Mapping[str, Any] = shape["quote"] or {}
    plain = ("frame_in", "frame_out", "ms_in", "ms_out", "page", "region")
    return Where(
        file=file.position,
        file_name=file.name,
        first=first,
        last=last,
        quote=str(quote.get("text", "")),
        **{name: shape[name] for name in plain},
    )


def _names(shape: Shape, rate: Fraction) -> tuple[str, str]:
    """What the two ends are called; the second is empty where there is but one."""
    for kind, name in (("frame", lambda frame: timecode(frame, rate)), ("ms", clock)):
        ends = (shape[f"{kind}_in"], shape[f"{kind}_out"])
        if ends[0] is not None:
            return name(ends[0]), "" if ends[1] in (None, ends[0]) else name(ends[1])
    return "", ""


def _rate(file: MediaFile) -> Fraction:
    return rate_of(file.fps_num, file.fps_den)


def is_internal(said: Said) -> bool:
    return said.audience == Audience.INTERNAL

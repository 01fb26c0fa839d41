"""The files of a project as pages and callers list them: which of them, in what order, how many. Reads only.

What an actor sees is asked of `visible_to`, so that to clients the newest round is the newest one they were shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Window
from django.db.models.functions import RowNumber

from signoff.core.actor import Actor
from signoff.deliverables.models import DeliverableStatus
from signoff.revisions.models import (
    FileKind,
    MediaFile,
    MediaFileQuerySet,
    Rendition,
    RenditionKind,
    Revision,
    RevisionQuerySet,
    Step,
)

A_PAGE = 50  # groups
A_GROUP = 60  # files of a group that are listed; a sequence of frames has more
MOST_WORDS = 8
FAILED = ~Q(failure="")
WORKING = Q(failure="") & ~Q(step=Step.RENDERED)
STATES = {"failed": FAILED, "working": WORKING, "ready": Q(failure="", step=Step.RENDERED)}
DONE = (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED)
RELEASED = Q(revision__deliverable__released_rounds__contains=[F("revision__round")])


@dataclass(frozen=True, slots=True)
class FileFilter:
    """Which files are asked for; empty means any. `released` is what clients see (True) or do not (False)."""

    text: str = ""
    kind: str = ""
    state: str = ""
    released: bool | None = None
    is_every_round: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of groups ended. In words it goes through an address and back."""

    position: int
    deliverable: UUID
    round: int

    @classmethod
    def of(cls, revision: Revision) -> Self:
        return cls(revision.deliverable.position, revision.deliverable_id, revision.round)

    @classmethod
    def said(cls, words: str) -> Self | None:
        """None for words that are none of ours."""
        try:
            position, deliverable, number = words.split(".")
            place = cls(int(position), UUID(deliverable), int(number))
        except ValueError:
            return None
        return place if 0 <= place.position < 2**31 and 0 <= place.round < 2**15 else None

    def __str__(self) -> str:
        return f"{self.position}.{self.deliverable}.{self.round}"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file with the thumbnail that stands for it, if there is one yet."""

    file: MediaFile
    thumbnail: UUID | None


@dataclass(frozen=True, slots=True)
class Group:
    """One round of one deliverable with those of its files that were asked for. `count` and `size` are of all of
    these, also of those beyond A_GROUP, which are not in `files`."""

    revision: Revision
    files: Sequence[ListedFile]
    count: int
    size: int

    @property
    def unlisted(self) -> int:
        return self.count - len(self.files)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files there are, how large they are together, and what each kind and state as a filter would find."""

    count: int = 0
    size: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)


def files_of_project(actor: Actor, project_id: UUID, wanted: FileFilter) -> MediaFileQuerySet:
    """The files that the filter lets through."""
    return _around(actor, project_id, wanted).filter(_kind(wanted), _state(wanted))


def with_thumbnails(files: MediaFileQuerySet) -> MediaFileQuerySet:
    """The same files, each with its thumbnail as its only rendition; one query for all of them."""
    return files.prefetch_related(Prefetch("renditions", Rendition.objects.filter(kind=RenditionKind.THUMBNAIL)))


def approved_files(actor: Actor, project_id: UUID) -> MediaFileQuerySet:
    """Of each deliverable that is approved or delivered, the files of its newest round that the actor sees."""
    rows = files_of_project(actor, project_id, FileFilter())
    return rows.filter(revision__deliverable__status__in=DONE)


def groups_of(
    actor: Actor, project_id: UUID, wanted: FileFilter, *, after: Place | None = None, most: int = A_PAGE
) -> tuple[list[Group], Place | None]:
    """Groups in the grid's order, a deliverable's newest round first, and where the next page begins. Two queries."""
    files = files_of_project(actor, project_id, wanted)
    rows = _revisions(actor, files, after)
    page = list(rows[: most + 1])
    following = Place.of(page[most - 1]) if len(page) > most else None
    return _grouped(page[:most], files), following


def figures_of(actor: Actor, project_id: UUID, wanted: FileFilter) -> Figures:
    """Totals of what was asked for, and what each kind and state would bring. One query."""
    asked = _kind(wanted) & _state(wanted)
    kinds = {f"kind_{kind}": Count("pk", filter=Q(kind=kind) & _state(wanted)) for kind in FileKind.values}
    states = {f"state_{name}": Count("pk", filter=condition & _kind(wanted)) for name, condition in STATES.items()}
    found = _around(actor, project_id, wanted).aggregate(
        count=Count("pk", filter=asked), size=Sum("size", filter=asked), **kinds, **states
    )
    return Figures(
        count=found["count"],
        size=found["size"] or 0,
        kinds={kind: found[f"kind_{kind}"] for kind in FileKind.values},
        states={name: found[f"state_{name}"] for name in STATES},
    )


def total_of(files: MediaFileQuerySet) -> tuple[int, int]:
    """How many files, and how many bytes. One query."""
    found = files.aggregate(count=Count("pk"), size=Sum("size"))
    return found["count"], found["size"] or 0


def _around(actor: Actor, project_id: UUID, wanted: FileFilter) -> MediaFileQuerySet:
    """All that is asked for but for kind and state."""
    rows = MediaFile.objects.visible_to(actor).filter(revision__deliverable__project_id=project_id)
    if not wanted.is_every_round:
        newer = Revision.objects.visible_to(actor).filter(
            deliverable=OuterRef("revision__deliverable"), round__gt=OuterRef("revision__round")
        )
        rows = rows.filter(~Exists(newer))
    for word in wanted.text.split()[:MOST_WORDS]:
        rows = rows.filter(Q(name__icontains=word) | Q(revision__deliverable__name__icontains=word))
    if wanted.released is not None:
        rows = rows.filter(RELEASED if wanted.released else ~RELEASED)
    return rows


def _kind(wanted: FileFilter) -> Q:
    return Q(kind=wanted.kind) if wanted.kind else Q()


def _state(wanted: FileFilter) -> Q:
    return STATES.get(wanted.state, Q())


def _revisions(actor: Actor, files: MediaFileQuerySet, after: Place | None) -> RevisionQuerySet:
    rows = Revision.objects.visible_to(actor).filter(pk__in=files.order_by().values("revision"))
    if after:
        behind = Q(deliverable__position=after.position)
        rows = rows.filter(
            Q(deliverable__position__gt=after.position)
            | behind & Q(deliverable__gt=after.deliverable)
            | behind & Q(deliverable=after.deliverable, round__lt=after.round)
        )
    return rows.select_related("deliverable").order_by("deliverable__position", "deliverable_id", "-round")


def _grouped(page: Sequence[Revision], files: MediaFileQuerySet) -> list[Group]:
    """Each round with the first of its files. One query."""
    thumbnail = Rendition.objects.filter(file=OuterRef("pk"), kind=RenditionKind.THUMBNAIL).values("pk")[:1]
    rows = files.filter(revision__in=[one.pk for one in page]).annotate(
        place=Window(RowNumber(), partition_by="revision_id", order_by="position"),
        count=Window(Count("pk"), partition_by="revision_id"),
        bytes=Window(Sum("size"), partition_by="revision_id"),
        thumbnail=Subquery(thumbnail),
    )
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.filter(place__lte=A_GROUP).order_by("revision_id", "position"):
        found[row.revision_id].append(row)
    return [_group(one, found[one.pk]) for one in page if found[one.pk]]


def _group(revision: Revision, rows: Sequence[Any]) -> Group:
    return Group(revision, [ListedFile(row, row.thumbnail) for row in rows], rows[0].count, int(rows[0].bytes))

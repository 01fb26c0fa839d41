"""Stills of comments: the picture, the page or the exact frame that one is about, with what was drawn on it.

A carried note shows where it was raised. The files are decoded in a child process; nothing is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from signoff.core.actor import Actor
from signoff.core.errors import Unavailable
from signoff.core.pdf import LETTERS
from signoff.core.timecode import rate_of, timecode
from signoff.feedback.models import Comment
from signoff.feedback.report import Report, Thread
from signoff.feedback.room import Shape
from signoff.integrations.media.work import Made, MediaError, Still, stills
from signoff.revisions.models import FileKind, MediaFile, Rendition, RenditionKind
from signoff.revisions.render import limits
from signoff.revisions.storage import storage

MOST_SIDE = 1600  # pixels, enough for the width of a page
MOST_FRAMES = 4  # of one comment that is drawn on more
MOST_STILLS = 400  # of one report
MOST_PIXELS = 24_000_000  # of a picture; of a larger one its preview is taken
OWN_SIDE = 1280  # up to here a film's proxy has its own size
WORTH = 4_000_000_000  # pixels to decode of an original, before its proxy is taken: two thousand frames of full HD
QUICK_STILLS, QUICK_WORK = 6, 300_000_000
PIN_COLOUR = "blue"
TOP = 40_000  # above every mark


@dataclass(frozen=True, slots=True)
class Wanted:
    comment: UUID
    file: MediaFile
    page: int
    still: Still


@dataclass(frozen=True, slots=True)
class Shot:
    """A still that was made; of a film with the number and the name of its frame."""

    path: Path
    frame: int | None
    name: str


@dataclass
class Stills:
    """What was made, and what to say where a file gives none, both by comment."""

    made: dict[UUID, list[Shot]] = field(default_factory=dict)
    words: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """What a still is taken from: a key of the storage."""

    key: str
    media_type: str
    is_ours: bool = False
    lasts_ms: int | None = None


def wanted_stills(actor: Actor, report: Report) -> list[Wanted]:
    """Which stills the report needs; of a general remark none. Two queries."""
    threads = {thread.head.id: thread for thread in report.threads if not thread.head.is_removed}
    rows = Comment.objects.visible_to(actor).filter(pk__in=threads, file__isnull=False)
    found = {row.pk: row for row in rows.select_related("file").prefetch_related("file__renditions")}
    wanted = [one for key, thread in threads.items() if key in found for one in _wanted(thread, found[key])]
    return wanted[:MOST_STILLS]


def is_quick(wanted: Sequence[Wanted]) -> bool:
    """Few enough, and of files that are small enough, to be made while somebody waits."""
    work = sum(_work(file, last) for file, last in _last_frames(wanted).items())
    return len(wanted) <= QUICK_STILLS and work <= QUICK_WORK


def make_stills(wanted: Sequence[Wanted], desk: Path) -> Stills:
    """All of them, as JPEG files below `desk`. A file that cannot be decoded costs its own comments their stills."""
    made = Stills()
    for source, group in _by_source(wanted).items():
        into = desk / f"stills-{len(made.made) + len(made.words)}"
        into.mkdir()
        try:
            _make(source, group, into, made)
        except (MediaError, Unavailable) as error:
            words = error.words if isinstance(error, MediaError) else error.message
            made.words |= {one.comment: words for one in group if one.comment not in made.made}
    return made


def _make(source: Source, group: Sequence[Wanted], into: Path, made: Stills) -> None:
    def keep(one: Made) -> None:
        asked = group[one.number - 1]
        frame, rate = asked.still.frame, rate_of(asked.file.fps_num, asked.file.fps_den)
        shot = Shot(one.path, frame, "" if frame is None else timecode(frame, rate))
        made.made.setdefault(asked.comment, []).append(shot)

    stills(
        storage().local(source.key, into),
        source.media_type,
        [one.still for one in group],
        into,
        limits(),
        keep,
        most=MOST_SIDE,
        is_ours=source.is_ours,
        lasts_ms=source.lasts_ms,
        font=LETTERS if LETTERS.exists() else None,
    )


def _wanted(thread: Thread, row: Comment) -> Iterable[Wanted]:
    file = row.file
    if file is None or file.kind not in (FileKind.IMAGE, FileKind.VIDEO, FileKind.PDF):
        return
    if not (thread.marks or row.region or row.page or row.frame_in is not None):
        return
    drawn = sorted({mark["frame"] for mark in thread.marks if mark["frame"] is not None})
    frames = (drawn or [row.frame_in or 0])[:MOST_FRAMES] if file.kind == FileKind.VIDEO else [None]
    for frame in frames:
        marks = [_plain(mark) for mark in thread.marks if frame is None or mark["frame"] == frame]
        yield Wanted(row.pk, file, row.page or 1, Still([*marks, *_places(thread, row)], frame))


def _plain(mark: Shape) -> Shape:
    return {name: mark[name] for name in ("kind", "geometry", "style", "z")}


def _places(thread: Thread, row: Comment) -> list[Shape]:
    """A pin with the note's number, where the page has it; and the region, where nothing is drawn that shows it."""
    if row.region is None:
        return []
    x, y, width, height = (float(row.region.get(name) or 0) for name in "xywh")
    style, spot = {"colour": PIN_COLOUR, "width": 1}, _spot((x, y, width, height), thread.marks)
    pin = {"points": [spot], **({"number": thread.note.number} if thread.note else {})}
    found = [{"kind": "spot", "geometry": pin, "style": style, "z": TOP + 1}]
    if not thread.marks and (width or height):
        box = {"points": [[x, y], [x + width, y + height]]}
        found.append({"kind": "rect", "geometry": box, "style": style, "z": TOP})
    return found


def _spot(region: tuple[float, float, float, float], marks: Sequence[Shape]) -> list[float]:
    """At the tail of an arrow, at the right of what is round, else the upper left corner: as `spotOf` on the page."""
    x, y, width, height = region
    kind = marks[0]["kind"] if marks else ""
    if kind in ("arrow", "line"):
        x, y = marks[0]["geometry"]["points"][0]
    elif kind in ("ellipse", "pen"):
        x, y = x + width * 0.9, y + height * 0.12
    return [min(max(x, 0), 0.985), min(max(y, 0.03), 1)]


def _by_source(wanted: Sequence[Wanted]) -> Mapping[Source, list[Wanted]]:
    last = _last_frames(wanted)
    found: dict[Source, list[Wanted]] = {}
    for one in wanted:
        source = _source(one, last[one.file])
        if source:
            found.setdefault(source, []).append(one)
    return found


def _last_frames(wanted: Sequence[Wanted]) -> dict[MediaFile, int]:
    last: dict[MediaFile, int] = {}
    for one in wanted:
        last[one.file] = max(last.get(one.file, 0), one.still.frame or 0)
    return last


def _work(file: MediaFile, last_frame: int) -> int:
    """Pixels to decode of an original up to this frame."""
    return (file.width or 0) * (file.height or 0) * (last_frame + 1)


def _source(one: Wanted, last_frame: int) -> Source | None:
    """The original, where that is not too much work; pages, and what is too large, as they were rendered."""
    file, pixels = one.file, _work(one.file, 0)
    original = Source(file.key, file.media_type, lasts_ms=file.duration_ms)
    if file.kind == FileKind.PDF:
        return _rendered(file, RenditionKind.PAGE, one.page)
    if file.kind == FileKind.IMAGE:
        return (_rendered(file, RenditionKind.PREVIEW) or original) if pixels > MOST_PIXELS else original
    is_small = max(file.width or 0, file.height or 0) <= OWN_SIDE
    if is_small or _work(file, last_frame) > WORTH:
        return _rendered(file, RenditionKind.PROXY) or original
    return original


def _rendered(file: MediaFile, kind: RenditionKind, number: int = 0) -> Source | None:
    rows: Iterable[Rendition] = file.renditions.all()
    found = next((one for one in rows if (one.kind, one.number) == (kind, number)), None)
    return Source(found.key, found.media_type, is_ours=True) if found else None

"""Where a comment stands: whether there is such a place, and where a carried note is found. Reads files, no rules."""

from collections.abc import Sequence
from typing import Any

from signoff.feedback.errors import BadMark, BadPlace
from signoff.feedback.models import Comment, Sighting
from signoff.feedback.shapes import OF_FILE, Mark, Place
from signoff.revisions.models import FileKind, MediaFile, Revision

FILMS = (FileKind.VIDEO,)
TIMED = (FileKind.VIDEO, FileKind.AUDIO)
SLACK = 1_000  # milliseconds: browsers do not measure sounds as we do


def file_at(revision: Revision, place: Place) -> MediaFile | None:
    """The file of the place. Raises BadPlace, naming the field, where there is no such place in this round."""
    if place.file is None:
        if not place.is_empty:
            raise BadPlace("Say in which file that is.", field="file")
        return None
    file = MediaFile.objects.filter(pk=place.file, revision=revision).first()
    if file is None:
        raise BadPlace("This file is not in this round.", field="file")
    _check_frames(file, place)
    _check_span("ms", place.ms_in, place.ms_out, file.kind in TIMED, file.duration_ms and file.duration_ms + SLACK)
    _check_page(file, place)
    return file


def check_marks(file: MediaFile | None, place: Place, marks: Sequence[Mark]) -> None:
    """Raises BadMark. On a film each stands in the range that the comment is about."""
    if len({mark.id for mark in marks}) < len(marks):
        raise BadMark("Two marks have the same id.", field="marks")
    check_drawn(file, place, [mark.frame for mark in marks])


def check_drawn(file: MediaFile | None, place: Place, frames: Sequence[int | None]) -> None:
    """The same of the frames that marks are drawn on, one each."""
    if not frames:
        return
    if file is None:
        raise BadMark("Marks are drawn on a file; say on which one.", field="file")
    if file.kind not in FILMS:
        if any(frame is not None for frame in frames):
            raise BadMark("Only films have frames.", field="marks")
        return
    if place.frame_in is None:
        raise BadMark("Say on which frame this is drawn.", field="frame_in")
    last = place.frame_in if place.frame_out is None else place.frame_out
    if any(frame is not None and not place.frame_in <= frame <= last for frame in frames):
        raise BadMark("Marks are drawn on frames of the range that the comment is about.", field="marks")


def own_place(comment: Comment) -> Place:
    """Where it was said, as it might be said anew."""
    return Place.model_validate({"file": comment.file_id, **{name: getattr(comment, name) for name in OF_FILE}})


def place_in(comment: Comment, sighting: Sighting | None) -> dict[str, Any]:
    """The place as this round has it: the comment's own where it was said, else the sighting's."""
    if sighting is None or sighting.revision_id == comment.revision_id:
        return {"file": comment.file_id, **{name: getattr(comment, name) for name in OF_FILE}}
    kept = sighting.place or {name: getattr(comment, name) for name in OF_FILE}
    return {"file": sighting.file_id, **{name: kept.get(name) for name in OF_FILE}}


def is_approximate(comment: Comment, sighting: Sighting | None) -> bool:
    """Nobody can say that it is found there: the file is another kind of thing, or a film of another length.

    Asked anew each time, because how long a film is becomes known only after the round was made.
    """
    if sighting is None or sighting.revision_id == comment.revision_id or comment.file_id is None:
        return False
    here = sighting.file
    if sighting.is_approximate or here is None:
        return sighting.is_approximate or sighting.place is None
    kept = sighting.place or {}
    frames = kept.get("frames", comment.file.frames if comment.file else None)
    page = place_in(comment, sighting)["page"]
    return (here.kind in FILMS and here.frames != frames) or bool(page and here.pages and page > here.pages)


def _check_frames(file: MediaFile, place: Place) -> None:
    _check_span("frame", place.frame_in, place.frame_out, file.kind in FILMS, file.frames and file.frames - 1)


def _check_span(what: str, first: int | None, last: int | None, has_any: bool, most: int | None) -> None:
    if first is None and last is None:
        return
    if not has_any:
        raise BadPlace("This file has no time in it.", field=f"{what}_in")
    if first is None:
        raise BadPlace("Say where it begins.", field=f"{what}_in")
    if last is not None and last < first:
        raise BadPlace("It ends before it begins.", field=f"{what}_out")
    if most is not None and max(first, last or 0) > most:
        field = f"{what}_in" if first > most else f"{what}_out"
        raise BadPlace(f"The file ends at {most}.", field=field)


def _check_page(file: MediaFile, place: Place) -> None:
    if place.page is not None and file.kind != FileKind.PDF:
        raise BadPlace("This file has no pages.", field="page")
    if place.page and file.pages and place.page > file.pages:
        raise BadPlace(f"The file has {file.pages} pages.", field="page")

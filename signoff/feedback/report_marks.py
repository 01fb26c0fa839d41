"""Comments of one film as markers for an editor: an EDL as DaVinci Resolve writes and reads it, and a CSV.

An EDL is CMX 3600 with one event of one frame for each marker; the line below it has the words, a colour, a name and
how many frames it lasts. Resolve: Timelines > Import > Timeline Markers from EDL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from signoff.core.cells import lines_of
from signoff.core.errors import Invalid, NotFound
from signoff.core.timecode import frame_named, is_dropped, timecode
from signoff.feedback.models import State
from signoff.feedback.report import Report, Thread

START = "01:00:00:00"  # where timelines of Resolve begin, unless somebody says otherwise
COLOURS = {
    State.OPEN: "Blue",
    State.ADDRESSED: "Yellow",
    State.VERIFIED: "Green",
    State.REOPENED: "Sand",
    State.WONT_FIX: "Cocoa",
    State.SUPERSEDED: "Cream",
}
MUST_FIX, NO_NOTE = "Red", "Lavender"
MOST_WORDS, MOST_TITLE = 1_000, 70
HEAD = ("#", "Record In", "Record Out", "Duration", "Name", "Color", "Notes", "Author", "State", "Frame")


class NoFilm(NotFound):
    code = "no_film"
    message = "Markers are for films, and this round has no such film."


class BadStart(Invalid):
    code = "bad_start"
    message = "Say where the timeline begins as a timecode of the film, like 01:00:00:00."


@dataclass(frozen=True, slots=True)
class Marker:
    first: int  # frame of the film
    frames: int
    name: str
    words: str
    colour: str
    author: str
    state: str


def edl(report: Report, file: int | None, start: str) -> bytes:
    """Of the film at this position; the first one, unless said. Raises NoFilm, BadStart."""
    rate, begin, markers = _found(report, file, start)
    title = _line(f"{report.facts.deliverable} {report.round_word}", MOST_TITLE)
    lines = [f"TITLE: {title}", f"FCM: {'DROP FRAME' if is_dropped(rate) else 'NON-DROP FRAME'}", ""]
    for number, marker in enumerate(markers, 1):
        times = " ".join(timecode(begin + marker.first + more, rate) for more in (0, 1, 0, 1))
        lines.append(f"{number:03}  001      V     C        {times}  ")
        lines.append(f"{marker.words} |C:ResolveColor{marker.colour} |M:{marker.name} |D:{marker.frames}")
        lines.append("")
    return "\r\n".join([*lines, ""]).encode()


def csv(report: Report, file: int | None, start: str) -> bytes:
    """The same markers, a line each. Raises NoFilm, BadStart."""
    rate, begin, markers = _found(report, file, start)
    rows = (
        [
            number,
            timecode(begin + one.first, rate),
            timecode(begin + one.first + one.frames, rate),
            one.frames,
            one.name,
            one.colour,
            one.words,
            one.author,
            one.state,
            one.first,
        ]
        for number, one in enumerate(markers, 1)
    )
    return "".join(lines_of(HEAD, rows)).encode()


def _found(report: Report, file: int | None, start: str) -> tuple[Fraction, int, list[Marker]]:
    position = min(report.films, default=0) if file is None else file
    if position not in report.films:
        raise NoFilm()
    rate = report.films[position]
    begin = frame_named(start, rate)
    if begin is None:
        raise BadStart(field="start")
    return rate, begin, list(_markers(report, position))


def _markers(report: Report, position: int) -> Iterable[Marker]:
    for thread in report.threads:
        first = thread.where.frame_in
        if thread.where.file == position and first is not None and not thread.head.is_removed:
            last = thread.where.frame_out
            yield _marker(thread, report, first, 1 if last is None else last - first + 1)


def _marker(thread: Thread, report: Report, first: int, frames: int) -> Marker:
    note, head = thread.note, thread.head
    said = [f"{head.author}: {head.text or '(drawing)'}"]
    said += [f"{one.author}: {one.text}" for one in thread.replies if not one.is_removed]
    is_red = note is not None and note.is_must_fix and note.state in (State.OPEN, State.REOPENED)
    return Marker(
        first=first,
        frames=max(frames, 1),
        name=f"{report.round_word} - {note.number}" if note else report.round_word,
        words=_words(" / ".join(said)),
        colour=(MUST_FIX if is_red else COLOURS[State(note.state)]) if note else NO_NOTE,
        author=head.author,
        state=note.state_word if note else "",
    )


def _words(text: str) -> str:
    """One line without the bars that part its fields. What begins with a figure or a star is read as something else."""
    line = _line(text, MOST_WORDS)
    return line if line[:1].isalpha() else f"- {line}"


def _line(text: str, most: int) -> str:
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).replace("|", "/").split())
    return line if len(line) <= most else line[: most - 1] + "…"

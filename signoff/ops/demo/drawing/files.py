"""The files of the demo's deliverables: the rounds of each, with their files and what changed. No Django here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from signoff.ops.demo.drawing.booklets import BOOKLETS, Booklet, write_booklet
from signoff.ops.demo.drawing.look import Look, look_of, told
from signoff.ops.demo.drawing.plates import Pictures, Plate, write_picture
from signoff.ops.demo.drawing.reels import FILMS, SPOTS, Film, Spot, told_cut, told_tune, write_spot, write_version
from signoff.ops.demo.drawing.sets import ardent, kolibri, maren, norra, northlight

Key = tuple[str, str]
PICTURES: Mapping[Key, Pictures] = {
    **kolibri.PICTURES,
    **ardent.PICTURES,
    **maren.PICTURES,
    **norra.PICTURES,
    **northlight.PICTURES,
}


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file that can be drawn; `write` takes the path to write it to. A broken one arrives cut off, on purpose."""

    name: str
    write: Callable[[Path], None]
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class DrawnRound:
    number: int
    files: tuple[DrawnFile, ...]
    what_changed: str


def rounds_for(job_number: str, name: str, last: int) -> list[DrawnRound]:
    """The last rounds of a deliverable that stands at round `last`, the newest last; none for one without files."""
    key = job_number, name
    if last < 1:
        return []
    if key in PICTURES:
        return _pictures(PICTURES[key], last)
    if key in FILMS:
        return _film(FILMS[key], last)
    if key in SPOTS:
        return _spot(SPOTS[key], last)
    return _booklet(BOOKLETS[key], last) if key in BOOKLETS else []


def _numbers(last: int, keep: int) -> range:
    return range(max(last - keep + 1, 1), last + 1)


def _pictures(set_: Pictures, last: int) -> list[DrawnRound]:
    """As many rounds as there is something to take back."""
    numbers = _numbers(last, min(set_.keep, len(set_.undone) + 1))
    return [DrawnRound(number, _plates(set_, number, last), _told(set_, number, last)) for number in numbers]


def _plates(set_: Pictures, number: int, last: int) -> tuple[DrawnFile, ...]:
    return tuple(_plate(plate, look_of(plate.look, set_.undone, number, last), number, last) for plate in set_.plates)


def _plate(plate: Plate, look: Look, number: int, last: int) -> DrawnFile:
    """Print files are made of the last round only; before it a JPEG is enough."""
    if plate.ending == "tif" and number < last:
        plate = replace(plate, ending="jpg")
    return DrawnFile(f"{plate.stem}_r{number}.{plate.ending}", partial(write_picture, plate, look))


def _told(set_: Pictures, number: int, last: int) -> str:
    """What changed since the round before; of the oldest one that could be drawn nothing is known."""
    plate = set_.plates[0]
    after = look_of(plate.look, set_.undone, number, last)
    if number == 1:
        return told(None, after, set_.words)
    if last - number + 1 > len(set_.undone):
        return f"After the notes on round {number - 1}."
    return told(look_of(plate.look, set_.undone, number - 1, last), after, set_.words)


def _film(film: Film, last: int) -> list[DrawnRound]:
    rounds, before = [], None
    for number, version in zip(_numbers(last, len(film.versions)), film.versions[-last:], strict=True):
        name = f"{film.stem}_r{number}.mp4"
        file = DrawnFile(name, partial(write_version, film, version, number), version.is_broken)
        note = f"After the notes on round {number - 1}." if before is None and number > 1 else told_cut(before, version)
        rounds.append(DrawnRound(number, (file,), note))
        before = version
    return rounds


def _spot(spot: Spot, last: int) -> list[DrawnRound]:
    rounds, before = [], None
    for number, tune in zip(_numbers(last, len(spot.versions)), spot.versions[-last:], strict=True):
        file = DrawnFile(f"{spot.stem}_r{number}.wav", partial(write_spot, spot, tune))
        rounds.append(DrawnRound(number, (file,), told_tune(before, tune)))
        before = tune
    return rounds


def _booklet(booklet: Booklet, last: int) -> list[DrawnRound]:
    rounds = []
    notes = booklet.notes[-last:]
    for number, note in zip(_numbers(last, len(booklet.notes)), notes, strict=True):
        file = DrawnFile(f"{booklet.stem}_r{number}.pdf", partial(write_booklet, booklet, number - last))
        rounds.append(DrawnRound(number, (file,), note))
    return rounds

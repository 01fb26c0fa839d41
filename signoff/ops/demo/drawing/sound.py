"""A small tune, plucked: for radio spots and under the films. Made of numbers, with the standard library alone."""

import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, pi, sin
from pathlib import Path

RATE = 48_000
LOUD = 9_000
# Chords in semitones above A2; the tune walks through them, one bar each.
DAWN = ((0, 7, 12, 16, 19), (-4, 8, 12, 15, 20), (3, 10, 15, 19, 22), (-2, 10, 14, 17, 22))
NIGHT = ((0, 7, 12, 15, 19), (-4, 3, 8, 12, 15), (-7, 5, 8, 12, 17), (-5, 7, 11, 14, 19))
STEPS = (0, 2, 3, 4, 3, 2, 4, 1)


@dataclass(frozen=True, slots=True)
class Tune:
    """`beats` a minute; a bass note opens each bar or not; the end is held so many seconds."""

    chords: tuple[tuple[int, ...], ...] = DAWN
    beats: int = 92
    bass: bool = True
    held: float = 2.0


def told_tune(before: Tune | None, after: Tune) -> str:
    """One sentence of what changed between two versions of a tune."""
    if before is None:
        return "First mix."
    parts = []
    if before.beats != after.beats:
        parts.append(f"{'slower' if after.beats < before.beats else 'faster'}, {after.beats} beats a minute")
    if before.bass != after.bass:
        parts.append("bass added" if after.bass else "bass taken out")
    if before.held != after.held:
        parts.append(f"last chord {'longer' if after.held > before.held else 'shorter'}")
    text = ", ".join(parts) or "same mix, exported again"
    return text[0].upper() + text[1:] + "."


def samples(tune: Tune, seconds: float) -> "array[int]":
    """The tune as signed 16 bit samples, one channel."""
    total = round(seconds * RATE)
    sheet = array("i", bytes(4 * total))
    step = round(30 / tune.beats * RATE)
    ends = total - round(tune.held * RATE)
    at = number = 0
    while at < ends:
        chord = tune.chords[number // len(STEPS) % len(tune.chords)]
        place = number % len(STEPS)
        _mix(sheet, at, pluck(chord[STEPS[place]] + 12, 1.1))
        if place == 0 and tune.bass:
            _mix(sheet, at, pluck(chord[0], 1.6))
        at, number = at + step, number + 1
    for tone in tune.chords[0]:
        _mix(sheet, at, pluck(tone, max(tune.held, 1.6)))
    return array("h", [min(max(v, -32_000), 32_000) for v in sheet])


def write_wav(tune: Tune, seconds: float, path: Path) -> None:
    """The tune as a WAV file: 48 kHz, 16 bit, one channel."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples(tune, seconds).tobytes())


@cache
def pluck(tone: int, seconds: float) -> "array[int]":
    """One plucked string: a loud start, three partials, a soft end."""
    hertz = 110 * 2 ** (tone / 12)
    turn, fade = 2 * pi * hertz / RATE, 3.2 / seconds / RATE
    shape = [
        sin(2 * pi * n / 1024) + 0.42 * sin(4 * pi * n / 1024) + 0.16 * sin(6 * pi * n / 1024) for n in range(1024)
    ]
    k = turn * 1024 / (2 * pi)
    loud = LOUD / (1 + tone / 40)
    note = array("i", bytes(4 * round(seconds * RATE)))
    block = 48  # the loudness changes every millisecond
    for start in range(0, len(note), block):
        now = loud * exp(-fade * start) * min((start + block) / 240, 1.0)
        for n in range(start, min(start + block, len(note))):
            note[n] = int(now * shape[int(n * k) & 1023])
    return note


def _mix(sheet: "array[int]", at: int, note: Sequence[int]) -> None:
    end = min(at + len(note), len(sheet))
    if end > at:
        sheet[at:end] = array("i", [a + b for a, b in zip(sheet[at:end], note, strict=False)])

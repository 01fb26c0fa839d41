"""Timecodes: names of frames. Integers and fractions only; the same as `room/frames.ts` on the pages. Pure.

At 29.97 and 59.94 frames a second names are left out, so that they keep to the clock (drop frame): two or four a
minute, but not in each tenth one. Their last mark is a semicolon.
"""

import re
from fractions import Fraction

DROPPED = (Fraction(30_000, 1_001), Fraction(60_000, 1_001))
UNKNOWN = Fraction(25)  # where nobody knows the rate
SAID = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})[:;](\d{2,3})", re.ASCII)


def rate_of(num: int | None, den: int | None) -> Fraction:
    """Frames a second."""
    return Fraction(num, den) if num and den else UNKNOWN


def base_of(rate: Fraction) -> int:
    """Frames that a second of timecode counts: 30 at 29.97."""
    return max(1, (2 * rate.numerator + rate.denominator) // (2 * rate.denominator))


def is_dropped(rate: Fraction) -> bool:
    return rate in DROPPED


def timecode(frame: int, rate: Fraction) -> str:
    """`01:00:06:20`, or `01:00:06;20` where names are dropped; `frame` counts from 0."""
    base = base_of(rate)
    named = _with_dropped(frame, base) if is_dropped(rate) else frame
    seconds, frames = divmod(named, base)
    mark = ";" if is_dropped(rate) else ":"
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{frames:02}"


def frame_named(said: str, rate: Fraction) -> int | None:
    """The frame of this name; None for what names none, as the dropped names do."""
    found, base = SAID.fullmatch(said), base_of(rate)
    if found is None:
        return None
    hours, minutes, seconds, frames = map(int, found.groups())
    if minutes > 59 or seconds > 59 or frames >= base:
        return None
    drops = base // 15 if is_dropped(rate) else 0
    if seconds == 0 and minutes % 10 and frames < drops:
        return None
    minutes += hours * 60
    return (minutes * 60 + seconds) * base + frames - drops * (minutes - minutes // 10)


def milliseconds(frame: int, rate: Fraction) -> int:
    """When the frame begins, rounded."""
    return (2 * frame * 1000 * rate.denominator + rate.numerator) // (2 * rate.numerator)


def clock(ms: int) -> str:
    """A moment of a sound: `1:02:03.250`, hours only where there are any."""
    seconds, rest = divmod(ms, 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{f'{hours}:' if hours else ''}{minutes:02}:{seconds % 60:02}.{rest:03}"


def _with_dropped(frame: int, base: int) -> int:
    """The frame's number in a count that has the dropped names as well."""
    drops = base // 15
    tens, rest = divmod(frame, base * 600 - drops * 9)
    minutes = 0 if rest < base * 60 else 1 + (rest - base * 60) // (base * 60 - drops)
    return frame + drops * (9 * tens + minutes)

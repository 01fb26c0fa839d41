"""Which frame of a constant rate each frame of a source is: frame n of a proxy is shown from n / rate on, always.

A constant rate stays as it is, freed of a coarse container's rounding: frame n of the proxy is frame n of the file. A
variable one (phones, screen recordings) is laid on the rate: what is shown longer is repeated, what is too close to the
one before is left out. So a frame has one number everywhere, and sound stays with the picture.
"""

from fractions import Fraction

_FINE = 10_000  # ticks a second, at least
_LATE = 1  # frames that one may be shown later than it was, rather than be left out
_JUMP = 10  # seconds without a frame that are believed, where nobody says how long it all lasts
UNSAID = Fraction(25)  # frames a second, where nobody says


class Clock:
    """Numbers of frames, and their times in `time_base`, counted from the first one."""

    def __init__(self, rate: Fraction | None, lasts_ms: int | None = None) -> None:
        """`rate`: frames a second, `lasts_ms`: how long all of it is, when that is known."""
        self.rate = rate or UNSAID
        finer = max(1, -(-_FINE // self.rate.numerator))
        self.time_base = Fraction(1, self.rate.numerator * finer)
        self.frame_ticks = round(1 / self.rate / self.time_base)
        self.first: Fraction | None = None
        self.last = -1
        self._end = round((lasts_ms / 1000 + 1) * self.rate) if lasts_ms else None
        self._shift = 0  # where times jumped, as behind a splice

    def number(self, pts: int | None, time_base: Fraction | None) -> int | None:
        """The frame's number, larger than the one before; None to leave it out. Without a time it is the next one."""
        if pts is None or not time_base:
            self.last += 1
            return self.last
        if self.first is None:
            self.first = pts * time_base
        at = (pts * time_base - self.first) * self.rate + self._shift
        if self._is_jump(at):
            self._shift += self.last + 1 - round(at)
            at = Fraction(self.last + 1)
        number = max(round(at), self.last + 1)
        if number - at > _LATE:
            return None
        self.last = number
        return number

    def _is_jump(self, at: Fraction) -> bool:
        """Far back, or behind the end: not when it is shown, but how the file was put together."""
        end = self.last + round(_JUMP * self.rate) if self._end is None else self._end
        return at < self.last - self.rate or at > end

"""When each frame is shown: as in the source, freed of a coarse container's rounding, always forward."""

from fractions import Fraction

_FINE = 10_000  # ticks a second, at least


class Clock:
    """Times of frames in `time_base`, counted from the first one."""

    def __init__(self, rate: Fraction | None) -> None:
        """`rate`: frames a second, when it is known."""
        self.rate = rate or Fraction(25)
        finer = max(1, -(-_FINE // self.rate.numerator))
        self.time_base = Fraction(1, self.rate.numerator * finer)
        self.frame_ticks = round(1 / self.rate / self.time_base)
        self.first: Fraction | None = None
        self.last = -self.frame_ticks

    def ticks(self, pts: int | None, time_base: Fraction | None) -> int:
        """The frame's time, later than the one before. A frame without a time follows at the usual distance."""
        if pts is None or not time_base:
            ticks = self.last + self.frame_ticks
        else:
            if self.first is None:
                self.first = pts * time_base
            ticks = round(self._meant(pts * time_base - self.first, time_base) / self.time_base)
        self.last = max(ticks, self.last + 1)
        return self.last

    def _meant(self, time: Fraction, exact_to: Fraction) -> Fraction:
        """A time that is a whole number of frames but for the container's rounding, without that rounding."""
        whole = round(time * self.rate) / self.rate
        return whole if abs(whole - time) <= exact_to else time

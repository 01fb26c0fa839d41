"""The demo's time: working hours of the last weeks, counted in minutes, so that few work on a Sunday.

A minute of this clock is a moment on a weekday (or today) between opening and closing; later
minutes are later moments, and none lies in the future.
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

OPENS_AT = time(7, 40, tzinfo=UTC)
A_DAY = 510  # minutes of work
BACK = timedelta(days=42)
SATURDAY = 5


class Clock:
    def __init__(self, now: datetime, random: Random) -> None:
        self.now, self.today, self.random = now, now.date(), random
        every = (self.today - BACK + timedelta(days=n) for n in range(BACK.days + 1))
        self._days = [day for day in every if (day.weekday() < SATURDAY or day == self.today) and _opening(day) < now]
        worked_today = (now - _opening(self._days[-1])) // timedelta(minutes=1)
        self.end = (len(self._days) - 1) * A_DAY + min(worked_today, A_DAY - 1)

    def day(self, offset: int) -> date:
        """So many days from today; far from today it is a weekday."""
        day = self.today + timedelta(days=offset)
        if abs(offset) > 7 and day.weekday() >= SATURDAY:
            day += timedelta(days=7 - day.weekday())
        return day

    def ago(self, days: float) -> float:
        """The minute so many working days before now."""
        return max(self.end - days * A_DAY, 0)

    def opening_of(self, day: date) -> float:
        """The minute at which work starts on a day, or on the first working day after it."""
        return sum(A_DAY for one in self._days if one < day)

    def moment(self, minute: float) -> datetime:
        """A minute (with its fraction) as a time of the calendar."""
        day, passed = divmod(min(max(minute, 0), self.end), A_DAY)
        return _opening(self._days[int(day)]) + timedelta(minutes=passed)

    def id_at(self, moment: datetime, number: int) -> UUID:
        """A UUIDv7 of that moment; of two ids of one millisecond the greater number is the later one."""
        value = (int(moment.timestamp() * 1000) << 80) | (number << 40) | self.random.getrandbits(40)
        return UUID(int=(value & ~(0xF << 76) & ~(0x3 << 62)) | (0x7 << 76) | (0x2 << 62))


def _opening(day: date) -> datetime:
    return datetime.combine(day, OPENS_AT)

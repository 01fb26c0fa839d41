"""How long each item was shown, from the minutes alone. Pure."""

from collections.abc import Iterable
from datetime import datetime

from signoff.rooms.models import Minute


def shown_times(minutes: Iterable[Minute], end: datetime) -> dict[str, tuple[datetime, int]]:
    """By item: when the room first came to it, and for how many seconds in all. Minutes in their order."""
    found: dict[str, tuple[datetime, float]] = {}
    current, since = "", end

    def stop(at: datetime) -> None:
        if current:
            first, seconds = found.get(current, (since, 0.0))
            found[current] = (first, seconds + max((at - since).total_seconds(), 0.0))

    for minute in minutes:
        item = minute.data.get("item")
        if item and item != current:
            stop(minute.at)
            current, since = item, minute.at
    stop(end)
    return {item: (first, round(seconds)) for item, (first, seconds) in found.items()}

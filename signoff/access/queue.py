"""Promises: the worker will do it, if and only if the transaction they are made in is kept."""

from datetime import datetime

from signoff.access.tasks import note_failure
from signoff.core.origin import Origin


def note_failure_later(email: str, origin: Origin, means: str, at: datetime) -> None:
    """Write a failed sign-in down where it belongs."""
    note_failure.defer(email=email, ip=origin.address, browser=origin.browser, means=means, at=at.isoformat())

"""Promises: the worker will do it, if and only if the transaction they are made in is kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from signoff.access import tasks
from signoff.access.models import Invitation
from signoff.core.origin import Origin


def send_later(invitations: Sequence[Invitation]) -> None:
    """A letter to each; the serial makes a job that comes late do nothing."""
    for row in invitations:
        tasks.send_invitation.defer(invitation_id=str(row.pk), serial=row.serial)


def answer_forgotten_later(user_id: UUID | None) -> None:
    """The same work for an address that nobody has, so that asking tells nothing."""
    tasks.answer_forgotten.defer(user_id=str(user_id or ""))


def note_failure_later(email: str, origin: Origin, means: str, at: datetime) -> None:
    """Write a failed sign-in down where it belongs."""
    tasks.note_failure.defer(email=email, ip=origin.address, browser=origin.browser, means=means, at=at.isoformat())

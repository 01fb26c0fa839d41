"""Promises of letters: they go out if and only if the transaction they are made in is kept."""

from collections.abc import Sequence
from uuid import UUID

from signoff.access import tasks
from signoff.access.models import Invitation


def send_later(invitations: Sequence[Invitation]) -> None:
    """A letter to each; the serial makes a job that comes late do nothing."""
    for row in invitations:
        tasks.send_invitation.defer(invitation_id=str(row.pk), serial=row.serial)


def answer_forgotten_later(user_id: UUID | None) -> None:
    """The same work for an address that nobody has, so that asking tells nothing."""
    tasks.answer_forgotten.defer(user_id=str(user_id or ""))

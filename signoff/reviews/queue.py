"""Promises: the worker will do it, if and only if the transaction they are made in is kept."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from signoff import mails
from signoff.reviews.mail_tasks import send_reminder


def send_reminders_later(stage_id: UUID, people: Iterable[UUID], day: date) -> None:
    """A letter each; none where there is no mail server."""
    if mails.is_configured():
        for who in sorted(people):
            send_reminder.defer(stage_id=str(stage_id), user_id=str(who), day=day.isoformat())

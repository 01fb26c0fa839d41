"""Telling people of an event: one row each in their inbox."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from signoff.audit.models import Event
from signoff.notifications.models import Notification

# Who is told, and why. Nobody is told of what they did themselves.
Telling = Mapping[UUID, Notification.Reason]


def notify(tell: Telling, event: Event) -> set[UUID]:
    """Put `event` into the inboxes; returns the people told. One statement, none when nobody is."""
    return notify_all([(tell, event)])


def notify_all(tellings: Iterable[tuple[Telling, Event]]) -> set[UUID]:
    """The same for many events of one act."""
    rows = [
        Notification(organization_id=event.organization_id, recipient_id=who, event=event, reason=why)
        for tell, event in tellings
        for who, why in tell.items()
        if who != event.actor_user_id
    ]
    if rows:
        Notification.objects.bulk_create(rows, batch_size=2_000)
    return {row.recipient_id for row in rows}

"""Telling people of an event: one row each in their inbox."""

from collections.abc import Mapping
from uuid import UUID

from signoff.audit.models import Event
from signoff.notifications.models import Notification

# Who is told, and why. Nobody is told of what they did themselves.
Telling = Mapping[UUID, Notification.Reason]


def notify(tell: Telling, event: Event) -> list[UUID]:
    """Put `event` into the inboxes; returns the people told. One statement, none when nobody is."""
    people = [who for who in tell if who != event.actor_user_id]
    if people:
        Notification.objects.bulk_create(
            [
                Notification(
                    organization_id=event.organization_id, recipient_id=who, event=event, reason=tell[who]
                )
                for who in people
            ]
        )
    return people

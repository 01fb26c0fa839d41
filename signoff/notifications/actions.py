"""What a person does with the inbox."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.policy import require_hands
from signoff.core.actor import Actor
from signoff.notifications.models import Notification


@transaction.atomic
def mark_read(*, actor: Actor, ids: Iterable[UUID] | None = None) -> int:
    """Mark these notifications of the actor as read, or all of them; returns how many were unread."""
    require_hands(actor)
    mine = Notification.objects.visible_to(actor).unread()
    if ids is not None:
        mine = mine.filter(pk__in=list(ids))
    return mine.update(read_at=now())


@transaction.atomic
def mark_unread(*, actor: Actor, notification: Notification) -> None:
    """Take a notification back into the unread ones."""
    require_hands(actor, notification.organization_id)
    Notification.objects.visible_to(actor).filter(pk=notification.pk).update(read_at=None)

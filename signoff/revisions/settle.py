"""Somebody spoke about a round: from then on its files stay as they are. Steps of decisions and comments."""

from uuid import UUID

from django.db.models import F
from django.utils.timezone import now

from signoff.revisions.models import Revision


def settle(deliverable_id: UUID) -> None:
    """The newest round. One statement; said twice, the first time counts."""
    newest = Revision.objects.filter(deliverable_id=deliverable_id, round=F("deliverable__round"))
    newest.filter(settled_at=None).update(settled_at=now())


def settle_round(revision: Revision) -> None:
    """The same for one round, which may be an older one that clients still talk about."""
    Revision.objects.filter(pk=revision.pk, settled_at=None).update(settled_at=now())

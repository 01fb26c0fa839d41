"""Somebody spoke about the newest round: from then on its files stay as they are. A step of decisions and comments."""

from uuid import UUID

from django.db.models import F
from django.utils.timezone import now

from signoff.revisions.models import Revision


def settle(deliverable_id: UUID) -> None:
    """One statement; said twice, the first time counts."""
    newest = Revision.objects.filter(deliverable_id=deliverable_id, round=F("deliverable__round"))
    newest.filter(settled_at=None).update(settled_at=now())

"""Writing a comment down: its marks, its note, the people it names. Steps; what may be is asked above."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max
from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.feedback.carry import stand_in
from signoff.feedback.models import CARRIED, Annotation, Audience, Comment, FeedbackItem, Kind
from signoff.feedback.shapes import Mark


def put_marks(comment: Comment, marks: Sequence[Mark]) -> None:
    """In the place of those that are there. An id that another comment's mark has already is a new one here."""
    Annotation.objects.filter(comment=comment).delete()
    taken = set(Annotation.objects.filter(pk__in=[mark.id for mark in marks]).values_list("pk", flat=True))
    rows = [_row(comment, mark, new_id() if mark.id in taken else mark.id) for mark in marks]
    Annotation.objects.bulk_create(rows)


def put_mentions(comment: Comment, people: Sequence[UUID]) -> None:
    Mention = Comment.mentions.through
    Mention.objects.filter(comment=comment).exclude(user_id__in=people).delete()
    Mention.objects.bulk_create([Mention(comment=comment, user_id=one) for one in people], ignore_conflicts=True)


def raise_note(actor: Actor, comment: Comment, kind: Kind, is_must_fix: bool) -> FeedbackItem:
    """The note that the comment begins. The deliverable is locked, so that no two have one number."""
    item = FeedbackItem.objects.create(
        comment=comment,
        deliverable_id=comment.revision.deliverable_id,
        number=_next(comment, "number"),
        client_number=_next(comment, "client_number") if comment.audience == Audience.CLIENT else None,
        kind=kind,
        is_must_fix=is_must_fix and kind in CARRIED,
        state_since=now(),
        state_by_id=actor.user_id,
        state_by_label=actor.label[:200],
    )
    stand_in(item)
    return item


def number_for_clients(item: FeedbackItem) -> None:
    """Clients see it from now on: it is the next one that they count."""
    if item.client_number is None:
        item.client_number = _next(item.comment, "client_number")
        item.save(update_fields=["client_number", "updated_at"])


def _next(comment: Comment, field: str) -> int:
    notes = FeedbackItem.objects.filter(comment__revision_id=comment.revision_id)
    return (notes.aggregate(last=Max(field))["last"] or 0) + 1


def _row(comment: Comment, mark: Mark, mark_id: UUID) -> Annotation:
    frame = comment.frame_in if mark.frame is None else mark.frame
    return Annotation(
        id=mark_id,
        comment=comment,
        kind=mark.kind,
        geometry=mark.geometry.model_dump(mode="json", exclude_none=True),
        style=mark.style.model_dump(mode="json"),
        frame=frame,
        z=mark.z,
    )

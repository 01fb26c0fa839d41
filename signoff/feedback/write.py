"""Writing a comment down: its marks, its note, the people it names. Steps; what may be is asked above."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max
from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.feedback.carry import stand_in, write_state
from signoff.feedback.models import CARRIED, Annotation, Audience, Comment, Draft, FeedbackItem, Kind, State
from signoff.feedback.shapes import Mark
from signoff.revisions.queue import remove_later


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


def drop_sent(comment: Comment) -> None:
    """The draft that this was is sent now."""
    if comment.sent_as and comment.author_id:
        mine = Draft.objects.filter(revision_id=comment.revision_id, author_id=comment.author_id)
        mine.filter(content__sent_as=str(comment.sent_as)).delete()


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


def take_words(actor: Actor, comment: Comment) -> None:
    """Empty the comment; its row stays, for its answers and so that no later note gets its number.

    `comment` itself keeps its text, for the event.
    """
    at = now()
    remove_later(list(comment.attachments.values_list("key", flat=True)))
    comment.attachments.all().delete()
    comment.annotations.all().delete()
    comment.mentions.clear()
    gone = {"removed_at": at, "text": "", "client_text": "", "quote": None, "region": None}
    Comment.objects.filter(pk=comment.pk).update(**gone, version=comment.version + 1, updated_at=at)
    item = FeedbackItem.objects.filter(comment=comment).first()
    if item:
        move(actor, item, State.SUPERSEDED)
        write_state(item, comment.revision.round)


def move(actor: Actor, item: FeedbackItem, to: State, reason: str = "", by: FeedbackItem | None = None) -> None:
    """The note stands so from now on; `by` is what it is superseded by."""
    item.state, item.state_since, item.reason, item.superseded_by = to, now(), reason, by
    item.state_by_id, item.state_by_label = actor.user_id, actor.label[:200]
    item.version += 1
    item.save()


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

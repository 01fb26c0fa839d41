"""A comment or a note with its deliverable locked: the first step of every action that changes one."""

from django.db.models import QuerySet

from signoff.core.errors import NotFound
from signoff.deliverables.move import lock
from signoff.feedback.errors import AlreadyRemoved, RoundLocked
from signoff.feedback.models import Comment, FeedbackItem
from signoff.revisions.announce_round import check_open


def locked_comment(comment: Comment, *, to_change: bool = False) -> Comment:
    """As it is now. `to_change`: what was said before a round was decided stays as it was.

    Raises NotFound, AlreadyRemoved, RoundLocked, DeliverableStopped, ProjectArchived.
    """
    row = lock(comment.revision.deliverable_id).deliverable
    found = Comment.objects.filter(pk=comment.pk).select_related("revision", "parent", "file").first()
    if found is None:
        raise NotFound()
    found.revision.deliverable = row
    check_open(row)
    if found.removed_at:
        raise AlreadyRemoved()
    if to_change and found.revision.locked_at and not found.is_after_lock:
        raise RoundLocked()
    return found


def locked_note(item: FeedbackItem) -> FeedbackItem:
    """As it is now. Raises NotFound, AlreadyRemoved, DeliverableStopped, ProjectArchived."""
    row = lock(item.deliverable_id).deliverable
    rows: QuerySet[FeedbackItem] = FeedbackItem.objects.select_related("comment__revision", "comment__file")
    found = rows.filter(pk=item.pk).first()
    if found is None:
        raise NotFound()
    found.deliverable = found.comment.revision.deliverable = row
    check_open(row)
    if found.comment.removed_at:
        raise AlreadyRemoved()
    return found

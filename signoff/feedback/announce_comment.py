"""Telling of comments and notes. What clients do not see, they hear nothing of: no message, no line."""

from collections.abc import Mapping
from typing import Any

from signoff.activity.announce import announce
from signoff.audit.record import Changes
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.feedback.models import Comment
from signoff.feedback.people import is_for_clients
from signoff.notifications.notify import Telling
from signoff.revisions.models import Revision


def announce_comment(
    verb: Verb,
    actor: Actor,
    comment: Comment,
    *,
    tell: Telling,
    changes: Changes | None = None,
    data: Mapping[str, Any] | None = None,
    here: Revision | None = None,
) -> None:
    """`comment.revision.deliverable` is known and fresh; `here` is the round it happened in, if another one."""
    row = comment.revision.deliverable
    head = comment.parent or comment
    announce(
        verb,
        actor=actor,
        subject=comment,
        organization_id=row.project.organization_id,
        project_id=row.project_id,
        deliverable_id=row.pk,
        changes=changes,
        data={
            "round": (here or comment.revision).round,
            "comment": str(head.pk),
            "is_internal": not (is_for_clients(comment) and (here is None or here.is_released)),
            **(data or {}),
        },
        tell=tell,
    )

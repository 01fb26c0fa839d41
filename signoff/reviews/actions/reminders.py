"""Reminding the approvers now, without waiting for the night."""

from django.db import transaction
from django.utils.timezone import localdate

from signoff.accounts.policy import Permission, require
from signoff.core.actor import Actor
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import lock
from signoff.reviews import remind
from signoff.reviews.errors import NobodyToRemind, StageNotInReview
from signoff.reviews.standing import standing_now


@transaction.atomic
def remind_approvers(*, actor: Actor, stage: Stage) -> int:
    """Remind those who have a turn and have not answered, each once a day. How many it were.

    Raises NotAllowed, StageNotInReview, NobodyToRemind.
    """
    require(actor, Permission.EDIT_APPROVERS, stage.deliverable.project.organization_id)
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    if stage.status != StageStatus.IN_REVIEW:
        raise StageNotInReview("Nobody's answer is waited for: the stage is not in review.", status=stage.status)
    standing = standing_now(moving, stage)
    today = localdate()
    due = [one for one in remind.awaited(standing) if not one.reminded_at or localdate(one.reminded_at) < today]
    if not due:
        raise NobodyToRemind()
    remind.remind(actor, standing, due)
    return len(due)

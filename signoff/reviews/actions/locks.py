"""Opening again what was decided."""

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.core.text import clean_text
from signoff.deliverables.announce_stage import announce_stage
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving, set_stage
from signoff.pipelines.models import ApprovalType
from signoff.reviews.errors import ReasonNeeded, RoundNotLocked
from signoff.reviews.models import Decision
from signoff.revisions.announce_round import announce_round
from signoff.revisions.errors import OldRound
from signoff.revisions.locking import locked_round
from signoff.revisions.models import Revision

MOST_REASON = 2_000


@transaction.atomic
def unlock_round(*, actor: Actor, revision: Revision, reason: str) -> Revision:
    """Open the newest round again: the stages that were approved in it formally are in review once more, and all of
    their approvers decide anew. What was decided stays written.

    Raises NotAllowed, RoundNotLocked, OldRound, ReasonNeeded, BadText, DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.UNLOCK_ROUND, revision.deliverable.project.organization_id)
    reason = clean_text(reason, field="reason", most=MOST_REASON)
    revision, moving = locked_round(revision)
    if not revision.is_latest:
        raise OldRound(round=moving.deliverable.round)
    if revision.locked_at is None:
        raise RoundNotLocked()
    if not reason:
        raise ReasonNeeded("Say why the round is opened again.", field="reason")
    act, before = new_id(), revision.locked_at
    revision.locked_at = None
    revision.save(update_fields=["locked_at", "updated_at"])
    changes = {"locked_at": (before.isoformat(), None)}
    announce_round(Verb.ROUND_UNLOCKED, actor, revision, moving=moving, changes=changes, data={"note": reason}, act=act)
    for stage in _approved_in(moving, revision):
        status = moving.deliverable.status
        change = set_stage(moving, stage, {"status": StageStatus.IN_REVIEW})
        announce_stage(
            Verb.STAGE_SUBMITTED, actor, moving, stage, change, status, note=reason, needs_withdrawal=True, act=act
        )
    return revision


def _approved_in(moving: Moving, revision: Revision) -> list[Stage]:
    """The formal approvals that stand, and were given in this round."""
    given = Decision.objects.filter(revision_id=revision.pk).exclude(result="").values_list("stage_id", flat=True)
    stages = set(given)
    return [
        stage
        for stage in moving.stages
        if stage.pk in stages and stage.status == StageStatus.APPROVED and stage.approval_type == ApprovalType.FORMAL
    ]

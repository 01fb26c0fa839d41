"""Working on stages: starting, handing in, finishing, assigning, planning."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from signoff.accounts.models import User
from signoff.accounts.policy import Permission, can, require, require_hands
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.deliverables.announce_stage import announce_stage, verb_of
from signoff.deliverables.errors import (
    ApprovalNeeded,
    ApprovedFormally,
    DeliverableStopped,
    FormalDecisionNeeded,
    IllegalMove,
)
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving, check_version, lock, set_stage, with_approver
from signoff.deliverables.progress import legal_moves
from signoff.deliverables.state import stage_now
from signoff.pipelines.models import ApprovalType
from signoff.projects.errors import ProjectArchived


@transaction.atomic
def change_stage(
    *,
    actor: Actor,
    stage: Stage,
    changes: Mapping[str, object],
    version: int | None = None,
    act: UUID | None = None,
) -> Stage:
    """Change a stage's `status`, `assignee` (a User or None) or `due_on`.

    `version` is the one the person saw; None does not ask. Raises NotAllowed, ChangedMeanwhile,
    IllegalMove (naming the legal ones), ApprovalNeeded, FormalDecisionNeeded, ApprovedFormally,
    DeliverableStopped or ProjectArchived. Whoever has to act next is told.
    """
    require_hands(actor, stage.deliverable.project.organization_id)
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    check_version(stage, version, stage_now(stage))
    check_stage_change(actor, moving, stage, changes)
    before = moving.deliverable.status
    change = set_stage(moving, stage, with_approver(actor, changes))
    if change:
        announce_stage(verb_of(change, stage), actor, moving, stage, change, before, act=act)
    return stage


def check_stage_change(actor: Actor, moving: Moving, stage: Stage, changes: Mapping[str, object]) -> None:
    """May this actor, and may this stage? Raises what `change_stage` raises."""
    _ask_permission(actor, stage, changes)
    _check(actor, moving, stage, changes)


def _ask_permission(actor: Actor, stage: Stage, changes: Mapping[str, object]) -> None:
    if "status" in changes:
        asks = changes["status"] == StageStatus.CHANGES_REQUESTED
        _ask_for_review(actor, stage) if asks else require(actor, Permission.WORK_ON_STAGE)
    if "due_on" in changes:
        require(actor, Permission.EDIT_DELIVERABLE)
    if "assignee" in changes and not _takes_it(actor, stage, changes["assignee"]):
        require(actor, Permission.EDIT_DELIVERABLE)


def _ask_for_review(actor: Actor, stage: Stage) -> None:
    """Changes are requested by those who could approve."""
    named = stage.assignee_id is not None and stage.assignee_id == actor.user_id
    if not (can(actor, Permission.APPROVE_STAGE) or (named and can(actor, Permission.APPROVE_WHERE_NAMED))):
        raise NotAllowed(permission=str(Permission.APPROVE_STAGE))


def _takes_it(actor: Actor, stage: Stage, assignee: object) -> bool:
    """A maker may take what nobody has, and give back what is their own."""
    if not can(actor, Permission.WORK_ON_STAGE):
        return False
    mine = actor.user_id
    taking = stage.assignee_id is None and isinstance(assignee, User) and assignee.pk == mine
    return taking or (assignee is None and stage.assignee_id == mine)


def _check(actor: Actor, moving: Moving, stage: Stage, changes: Mapping[str, object]) -> None:
    if moving.deliverable.project.is_archived:
        raise ProjectArchived()
    wanted = str(changes.get("status", stage.status))
    if wanted == stage.status:
        return
    if moving.deliverable.held:
        raise DeliverableStopped(status=moving.deliverable.held)
    is_sealed = stage.status == StageStatus.APPROVED and stage.approval_type == ApprovalType.FORMAL
    if is_sealed and not can(actor, Permission.MANAGE_ORGANIZATION):
        raise ApprovedFormally()
    legal = legal_moves(stage.status, stage.approval_type)
    if wanted == StageStatus.APPROVED and stage.approval_type != ApprovalType.NONE:
        formal = stage.approval_type == ApprovalType.FORMAL
        raise (FormalDecisionNeeded if formal else ApprovalNeeded)(legal=legal)
    if wanted not in legal:
        words = f"From “{_word(stage.status)}” this stage can go to: {', '.join(map(_word, legal)) or 'nothing'}."
        raise IllegalMove(words, legal=legal, status=stage.status)


def _word(status: str) -> str:
    return str(StageStatus(status).label).lower()

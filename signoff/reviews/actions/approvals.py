"""Signing a SIMPLE stage off with one click, taking that back, and sending a stage back for changes."""

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.policy import Permission, can, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.core.text import clean_text
from signoff.deliverables.announce_stage import announce_stage
from signoff.deliverables.errors import DeliverableStopped, FormalDecisionNeeded
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving, check_version, lock, set_stage, with_approver
from signoff.deliverables.state import stage_now
from signoff.pipelines.models import ApprovalType
from signoff.projects.errors import ProjectArchived
from signoff.reviews.errors import NotApproved, NothingToApprove, StageNotInReview, TooLateToWithdraw
from signoff.reviews.offers import UNDO_TIME, may_approve
from signoff.revisions.settle import settle


@transaction.atomic
def approve_stage(*, actor: Actor, stage: Stage, version: int | None = None) -> Stage:
    """Sign a SIMPLE stage off with one click. Whoever comes next is told.

    Client viewers approve where the stage is assigned to them. Raises NotAllowed, StageNotInReview,
    FormalDecisionNeeded, NothingToApprove, ChangedMeanwhile, DeliverableStopped, ProjectArchived.
    Approving what one has approved oneself changes nothing.
    """
    require(actor, Permission.APPROVE_WHERE_NAMED, stage.deliverable.project.organization_id)
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    _ask_permission(actor, stage)
    _check_open(moving)
    _check_kind(stage)
    if stage.status == StageStatus.APPROVED and stage.approved_by_id == actor.user_id:
        return stage
    check_version(stage, version, stage_now(stage))
    if stage.status != StageStatus.IN_REVIEW:
        raise StageNotInReview(status=stage.status)
    before = moving.deliverable.status
    change = set_stage(moving, stage, with_approver(actor, {"status": StageStatus.APPROVED}))
    settle(stage.deliverable_id)
    announce_stage(Verb.STAGE_APPROVED, actor, moving, stage, change, before, needs_withdrawal=True)
    return stage


@transaction.atomic
def withdraw_approval(*, actor: Actor, stage: Stage) -> Stage:
    """Take a SIMPLE approval back into review, within 10 minutes, by who gave it or a producer.

    Raises NotAllowed, NotApproved, TooLateToWithdraw, FormalDecisionNeeded, NothingToApprove.
    """
    require(actor, Permission.APPROVE_WHERE_NAMED, stage.deliverable.project.organization_id)
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    _check_open(moving)
    _check_kind(stage)
    if stage.status != StageStatus.APPROVED or stage.approved_at is None:
        raise NotApproved(status=stage.status)
    if stage.approved_by_id != actor.user_id and not can(actor, Permission.EDIT_DELIVERABLE):
        raise NotAllowed()
    if now() - stage.approved_at > UNDO_TIME:
        raise TooLateToWithdraw()
    before = moving.deliverable.status
    change = set_stage(moving, stage, {"status": StageStatus.IN_REVIEW})
    announce_stage(Verb.STAGE_APPROVAL_WITHDRAWN, actor, moving, stage, change, before)
    return stage


@transaction.atomic
def request_changes(*, actor: Actor, stage: Stage, note: str = "", version: int | None = None) -> Stage:
    """Send a stage in review back, saying what should change; its makers are told.

    Raises NotAllowed, StageNotInReview, ChangedMeanwhile, BadText, DeliverableStopped, ProjectArchived.
    """
    require(actor, Permission.APPROVE_WHERE_NAMED, stage.deliverable.project.organization_id)
    moving = lock(stage.deliverable_id)
    stage = moving.stage(stage.pk)
    _ask_permission(actor, stage)
    _check_open(moving)
    check_version(stage, version, stage_now(stage))
    if stage.status != StageStatus.IN_REVIEW:
        raise StageNotInReview("Changes can be requested while the stage is in review.", status=stage.status)
    note = clean_text(note, field="note", most=2_000)
    before = moving.deliverable.status
    change = set_stage(moving, stage, {"status": StageStatus.CHANGES_REQUESTED})
    settle(stage.deliverable_id)
    announce_stage(Verb.STAGE_CHANGES_REQUESTED, actor, moving, stage, change, before, note=note)
    return stage


def _ask_permission(actor: Actor, stage: Stage) -> None:
    if not may_approve(actor, stage):
        raise NotAllowed(permission=str(Permission.APPROVE_STAGE))


def _check_open(moving: Moving) -> None:
    if moving.deliverable.project.is_archived:
        raise ProjectArchived()
    if moving.deliverable.held:
        raise DeliverableStopped(status=moving.deliverable.held)


def _check_kind(stage: Stage) -> None:
    if stage.approval_type == ApprovalType.FORMAL:
        raise FormalDecisionNeeded()
    if stage.approval_type == ApprovalType.NONE:
        raise NothingToApprove()

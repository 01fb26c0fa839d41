"""Sending the stage that a deliverable stands at to review, together with its new round. A step."""

from uuid import UUID

from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.deliverables.announce_stage import announce_stage
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.move import Moving, set_stage
from signoff.deliverables.progress import legal_moves
from signoff.pipelines.models import ApprovalType


def stage_to_hand_in(stages: list[Stage]) -> Stage | None:
    """The first stage that is still open, if somebody approves it and it can go to review from where it is."""
    stage = next((one for one in stages if one.is_open), None)
    if stage is None or stage.approval_type == ApprovalType.NONE:
        return None
    if StageStatus.IN_REVIEW not in legal_moves(stage.status, stage.approval_type):
        return None
    return stage


def hand_in(actor: Actor, moving: Moving, act: UUID) -> Stage | None:
    """Send it to review, if there is one; its reviewers are told."""
    stage = stage_to_hand_in(moving.stages)
    if stage is None:
        return None
    before = moving.deliverable.status
    change = set_stage(moving, stage, {"status": StageStatus.IN_REVIEW})
    announce_stage(Verb.STAGE_SUBMITTED, actor, moving, stage, change, before, act=act)
    return stage

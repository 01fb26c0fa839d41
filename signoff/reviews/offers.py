"""What the row of a stage offers: which control this person may use now, and why there is none. Pure questions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from signoff.accounts.policy import Permission, holds
from signoff.core.actor import Actor
from signoff.deliverables.models import Stage, StageStatus
from signoff.deliverables.progress import legal_moves
from signoff.pipelines.models import ApprovalType

UNDO_TIME = timedelta(minutes=10)
S = StageStatus
BEFORE_REVIEW = (S.NOT_STARTED, S.IN_PROGRESS, S.CHANGES_REQUESTED)


class Control(StrEnum):
    """The one control that a row shows."""

    NOTHING = ""
    START = "start"
    FINISH = "finish"
    HAND_IN = "hand_in"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


class Why(StrEnum):
    """Why a row that somebody may be looking at for a control has none."""

    NOTHING = ""
    STOPPED = "stopped"  # the deliverable is on hold or cancelled, or its project archived
    FORMAL = "formal"  # named approvers decide
    SOMEBODY_ELSE = "somebody_else"  # in review, and not this actor's to approve


@dataclass(frozen=True, slots=True)
class Offer:
    """`moves` are the other legal statuses that this actor may set; `undo_until` ends a withdrawal's time."""

    control: Control = Control.NOTHING
    may_request_changes: bool = False
    moves: tuple[str, ...] = ()
    undo_until: datetime | None = None
    why: Why = Why.NOTHING


def may_approve(actor: Actor, stage: Stage) -> bool:
    """Should this actor see the button? Everyone who approves, who is named on the stage, and on a stage that is with
    the client a guest whose link lets them decide."""
    named = stage.assignee_id is not None and stage.assignee_id == actor.user_id
    if actor.covers is not None:
        named = named or (actor.user_id is not None and stage.definition.is_with_client)
    return holds(actor, Permission.APPROVE_STAGE) or (named and holds(actor, Permission.APPROVE_WHERE_NAMED))


def offer_of(actor: Actor, stage: Stage, at: datetime, *, is_stopped: bool) -> Offer:
    """What `actor` may do with `stage` at this time; the actions ask again when it is done."""
    if is_stopped:
        return Offer(why=Why.STOPPED)
    offer = _offer(actor, stage, at)
    return Offer(why=offer.why) if actor.is_looking else offer


def _offer(actor: Actor, stage: Stage, at: datetime) -> Offer:
    control = _control(actor, stage, at)
    is_simple_review = stage.status == S.IN_REVIEW and stage.approval_type == ApprovalType.SIMPLE
    return Offer(
        control=control,
        may_request_changes=is_simple_review and may_approve(actor, stage),
        moves=_moves(actor, stage, control),
        undo_until=stage.approved_at + UNDO_TIME if control == Control.WITHDRAW and stage.approved_at else None,
        why=_why(stage, control),
    )


def _control(actor: Actor, stage: Stage, at: datetime) -> Control:
    works = holds(actor, Permission.WORK_ON_STAGE)
    if stage.approval_type == ApprovalType.NONE:
        return _without_approval(stage) if works else Control.NOTHING
    if stage.status in BEFORE_REVIEW:
        return Control.HAND_IN if works else Control.NOTHING
    if stage.approval_type != ApprovalType.SIMPLE:
        return Control.NOTHING
    if stage.status == S.IN_REVIEW:
        return Control.APPROVE if may_approve(actor, stage) else Control.NOTHING
    return Control.WITHDRAW if _may_withdraw(actor, stage, at) else Control.NOTHING


def _without_approval(stage: Stage) -> Control:
    if stage.status == S.NOT_STARTED:
        return Control.START
    return Control.FINISH if stage.is_open else Control.NOTHING


def _may_withdraw(actor: Actor, stage: Stage, at: datetime) -> bool:
    if stage.status != S.APPROVED or stage.approved_at is None or at - stage.approved_at > UNDO_TIME:
        return False
    return stage.approved_by_id == actor.user_id or holds(actor, Permission.EDIT_DELIVERABLE)


def _moves(actor: Actor, stage: Stage, control: Control) -> tuple[str, ...]:
    """The legal moves by hand, without the one that the control makes and what this actor may not."""
    is_sealed = stage.status == S.APPROVED and stage.approval_type == ApprovalType.FORMAL
    if is_sealed and not holds(actor, Permission.MANAGE_ORGANIZATION):
        return ()
    made = {Control.START: S.IN_PROGRESS, Control.FINISH: S.APPROVED, Control.HAND_IN: S.IN_REVIEW}.get(control)
    return tuple(
        status
        for status in legal_moves(stage.status, stage.approval_type)
        if status != made and _may_move(actor, stage, status)
    )


def _may_move(actor: Actor, stage: Stage, status: str) -> bool:
    """Changes are requested with a note, by a control of its own where one click approves."""
    if status == S.CHANGES_REQUESTED:
        return stage.approval_type == ApprovalType.FORMAL and may_approve(actor, stage)
    return holds(actor, Permission.WORK_ON_STAGE)


def _why(stage: Stage, control: Control) -> Why:
    if control != Control.NOTHING or stage.status != S.IN_REVIEW:
        return Why.NOTHING
    return Why.FORMAL if stage.approval_type == ApprovalType.FORMAL else Why.SOMEBODY_ELSE

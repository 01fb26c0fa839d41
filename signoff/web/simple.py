"""SIMPLE stages beside the work: whoever may approves with one click where they look, and takes that back there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.pipelines.models import ApprovalType
from signoff.reviews.offers import Control, Offer, offer_of
from signoff.revisions.models import Revision


@dataclass(frozen=True, slots=True)
class Simple:
    """One stage in one round. Only the newest round that the actor sees is approved."""

    stage: Stage
    offer: Offer
    is_older: bool
    seconds_left: int

    @property
    def may_approve(self) -> bool:
        return self.offer.control == Control.APPROVE and not self.is_older

    @property
    def may_withdraw(self) -> bool:
        return self.offer.control == Control.WITHDRAW and not self.is_older


def simple_of(actor: Actor, row: Deliverable, stages: Iterable[Stage], revision: Revision | None) -> Sequence[Simple]:
    """Those in review, and those whose approval this actor may still take back."""
    newest = row.client_round if actor.role == "client_viewer" else row.round
    is_older = revision is not None and revision.round != newest
    found = [stage for stage in stages if stage.approval_type == ApprovalType.SIMPLE]
    offered = [_simple(actor, row, stage, is_older) for stage in found]
    return [one for one in offered if one.stage.status == StageStatus.IN_REVIEW or one.may_withdraw]


def _simple(actor: Actor, row: Deliverable, stage: Stage, is_older: bool) -> Simple:
    at = now()
    offer = offer_of(actor, stage, at, is_stopped=bool(row.held) or row.project.is_archived)
    left = int((offer.undo_until - at).total_seconds()) if offer.undo_until else 0
    return Simple(stage, offer, is_older, max(left, 0))

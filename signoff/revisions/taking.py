"""Whether somebody may take originals with them. Members may what they see; guests what their link says."""

from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.deliverables.models import DeliverableStatus
from signoff.revisions.models import Revision

DONE = (DeliverableStatus.APPROVED, DeliverableStatus.DELIVERED)


class TakingClosed(NotAllowed):
    code = "taking_closed"
    message = "The files of this round are to be looked at here, not to be taken along."


def may_take(actor: Actor, revision: Revision) -> bool:
    """`revision.deliverable` is there."""
    if actor.covers is None:
        return True
    if actor.covers.is_watermarked:  # an original has none
        return False
    return actor.covers.downloads == "always" or (actor.covers.downloads == "approved" and _is_approved(revision))


def check_taking(actor: Actor, revision: Revision) -> None:
    """Raises TakingClosed."""
    if not may_take(actor, revision):
        raise TakingClosed()


def _is_approved(revision: Revision) -> bool:
    """Formally decided, or the round with which the whole deliverable was approved."""
    row = revision.deliverable
    return revision.locked_at is not None or (row.status in DONE and revision.round == row.client_round)

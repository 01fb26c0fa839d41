"""Which round is the one to talk about. Clients talk about the newest that they see, whatever the house has by now."""

from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable
from signoff.revisions.errors import OldRound
from signoff.revisions.models import Revision


def newest_round(actor: Actor, deliverable: Deliverable) -> Revision | None:
    """Asked of the rounds themselves: a spreadsheet may have set the deliverable's number to another one."""
    found = Revision.objects.visible_to(actor).filter(deliverable=deliverable).order_by("-round").first()
    if found:
        found.deliverable = deliverable
    return found


def check_newest(actor: Actor, revision: Revision) -> None:
    """Raises OldRound; NotFound when the round was taken out of a client's sight meanwhile."""
    newest = newest_round(actor, revision.deliverable)
    if newest is None or revision.round > newest.round:
        raise NotFound()
    if revision.round < newest.round:
        raise OldRound(f"Round {newest.round} is the newest; older ones stay as they are.", round=newest.round)

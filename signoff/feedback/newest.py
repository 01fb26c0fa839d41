"""Which round is the one to talk about. Clients talk about the newest that they see, whatever the house has by now."""

from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable
from signoff.revisions.errors import OldRound
from signoff.revisions.models import Revision


def newest_round(actor: Actor, deliverable: Deliverable) -> int:
    """Its number; 0 when there is none. Asked of the rounds: a spreadsheet may have set the deliverable's number."""
    seen = Revision.objects.visible_to(actor).filter(deliverable=deliverable).order_by("-round")
    return seen.values_list("round", flat=True).first() or 0


def check_newest(actor: Actor, revision: Revision) -> None:
    """Raises OldRound; NotFound when the round was taken out of a client's sight meanwhile."""
    newest = newest_round(actor, revision.deliverable)
    if revision.round > newest:
        raise NotFound()
    if revision.round < newest:
        raise OldRound(f"Round {newest} is the newest; what was said about older ones stays.", round=newest)

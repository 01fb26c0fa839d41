"""Which decisions made a result."""

from signoff.core.actor import Actor
from signoff.reviews.models import Decision
from signoff.reviews.outcome import ENDINGS


def counted_for(actor: Actor, decision: Decision) -> list[Decision]:
    """Of a decision that brought a result: what everybody had last said by then, as far as the actor sees it.

    Of any other only itself. One query.
    """
    if decision.result not in ENDINGS:
        return [decision]
    of_round = Decision.objects.visible_to(actor).filter(
        stage_id=decision.stage_id, revision_id=decision.revision_id, number__lte=decision.number
    )
    last: dict[object, Decision] = {}
    for one in of_round.order_by("number"):
        last[one.approver_id] = one
        if one.result in ENDINGS and one.pk != decision.pk:
            last.clear()
    return list(last.values())

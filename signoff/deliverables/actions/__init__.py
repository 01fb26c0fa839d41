"""What people do with deliverables and their stages; one module a noun."""

from signoff.deliverables.actions.bulk import BulkResult, Refused, edit_many
from signoff.deliverables.actions.deliverables import (
    add_deliverable,
    add_deliverables,
    change_deliverable,
    mark_delivered,
    remove_deliverable,
    unmark_delivered,
)
from signoff.deliverables.actions.handover import HandedOver, hand_over
from signoff.deliverables.actions.pipelines import bring_up_to_date
from signoff.deliverables.actions.stages import change_stage
from signoff.deliverables.actions.undo import Undone, undo_act

__all__ = [
    "BulkResult",
    "HandedOver",
    "Refused",
    "Undone",
    "add_deliverable",
    "add_deliverables",
    "bring_up_to_date",
    "change_deliverable",
    "change_stage",
    "edit_many",
    "hand_over",
    "mark_delivered",
    "remove_deliverable",
    "undo_act",
    "unmark_delivered",
]

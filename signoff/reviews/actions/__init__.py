"""What reviewers do; one module a noun."""

from signoff.reviews.actions.approvals import approve_stage, request_changes, withdraw_approval
from signoff.reviews.actions.decisions import Saying, decide, send_decision_code
from signoff.reviews.actions.panels import PanelDraft, set_panel
from signoff.reviews.panels import GroupDraft

__all__ = [
    "GroupDraft",
    "PanelDraft",
    "Saying",
    "approve_stage",
    "decide",
    "request_changes",
    "send_decision_code",
    "set_panel",
    "withdraw_approval",
]

"""What reviewers do; one module a noun."""

from signoff.reviews.actions.approvals import approve_stage, request_changes, withdraw_approval
from signoff.reviews.actions.decisions import Saying, decide, send_decision_code
from signoff.reviews.actions.delegations import remove_delegation, set_delegation
from signoff.reviews.actions.locks import unlock_round
from signoff.reviews.actions.panels import PanelDraft, set_panel
from signoff.reviews.actions.reminders import remind_approvers
from signoff.reviews.panels import GroupDraft

__all__ = [
    "GroupDraft",
    "PanelDraft",
    "Saying",
    "approve_stage",
    "decide",
    "remind_approvers",
    "remove_delegation",
    "request_changes",
    "send_decision_code",
    "set_delegation",
    "set_panel",
    "unlock_round",
    "withdraw_approval",
]

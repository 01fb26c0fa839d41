from signoff.core.errors import Conflict, Invalid


class IllegalMove(Conflict):
    """`legal` in the detail lists the statuses that may follow."""

    code = "illegal_move"
    message = "This stage cannot go there from where it is."


class CannotTakeOver(Invalid):
    code = "cannot_take_over"
    message = "This person cannot take that over: it is not their role's, or they would not see it."


class ApprovalNeeded(Conflict):
    code = "approval_needed"
    message = "This stage is approved in review, not by setting its status."


class FormalDecisionNeeded(Conflict):
    code = "formal_decision_needed"
    message = "This stage needs the decisions of its named approvers; one click cannot approve it."


class ApprovedFormally(Conflict):
    code = "approved_formally"
    message = "This stage was approved formally. Only an admin can open it again."


class DeliverableStopped(Conflict):
    code = "deliverable_stopped"
    message = "This deliverable is on hold or cancelled. Take it up again before you move its stages."


class NotApprovedYet(Conflict):
    code = "not_approved_yet"
    message = "Only an approved deliverable can be marked as delivered."


class SlugTaken(Conflict):
    code = "slug_taken"
    message = "Another deliverable of this project has this slug."


class TooMany(Invalid):
    code = "too_many"
    message = "At most 10,000 deliverables at once."


class NothingToUndo(Conflict):
    code = "nothing_to_undo"
    message = "There is nothing left to undo here."


class HasRounds(Conflict):
    code = "has_rounds"
    message = "This deliverable has rounds, so it is kept. Cancel it instead."

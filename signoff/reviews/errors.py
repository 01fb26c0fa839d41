from signoff.core.errors import Conflict


class StageNotInReview(Conflict):
    code = "stage_not_in_review"
    message = "Only a stage that is in review can be approved."


class NothingToApprove(Conflict):
    code = "nothing_to_approve"
    message = "This stage needs no approval: its assignee marks it done."


class NotApproved(Conflict):
    code = "not_approved"
    message = "This stage is not approved, so there is nothing to withdraw."


class TooLateToWithdraw(Conflict):
    code = "too_late_to_withdraw"
    message = "An approval can be withdrawn for 10 minutes. A producer can open the stage again."

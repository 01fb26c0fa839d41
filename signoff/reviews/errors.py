from signoff.core.errors import Conflict, Invalid, NotAllowed


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


class NotFormal(Conflict):
    code = "not_formal"
    message = "This stage is not decided formally, so it has no approvers and no decisions."


class NothingToDecideOn(Conflict):
    code = "nothing_to_decide_on"
    message = "There is no round to decide on yet."


class RoundSuperseded(Conflict):
    """`round` in the detail is the one to decide on, where the caller sees it."""

    code = "round_superseded"
    message = "There is a newer round, so this one is not decided any more. Look at the newest one."


class NotAnApprover(NotAllowed):
    code = "not_an_approver"
    message = "You are not named to decide here, neither yourself nor as somebody's deputy."


class NotYourTurn(Conflict):
    """`waits_for` in the detail names the group before."""

    code = "not_your_turn"
    message = "It is not your turn yet: the groups decide one after the other."


class MustFixOpen(Conflict):
    """`notes` in the detail are those in the way: number, round, text."""

    code = "must_fix_open"
    message = "Must-fix notes are open, so this cannot be approved."


class NoSuchChoice(Invalid):
    code = "no_such_choice"
    message = "Choose one of the four: approve, approve with changes, request changes, not my call."


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = "Say why: a reason goes with everything but Approve."


class FilesNotChecked(Conflict):
    """`names` in the detail lists the files."""

    code = "files_not_checked"
    message = "Some files are still being checked. Wait a moment: an approval holds their checksums."


class IdentityNeeded(NotAllowed):
    """`identity` in the detail says how: `password` or `code`."""

    code = "identity_needed"
    message = "Prove first that it is you."


class WrongCode(Invalid):
    code = "wrong_code"
    message = "This is not the code that was sent, or its ten minutes are over."


class NoMailServer(Conflict):
    code = "no_mail_server"
    message = "Codes are mailed, and no mail server is set here. Choose another way, or ask who runs Signoff."


class StageDecided(Conflict):
    code = "stage_decided"
    message = "This stage is approved, so its approvers stay as they are."


class PanelWouldDecide(Conflict):
    code = "panel_would_decide"
    message = (
        "With these approvers all would have been said already, and nobody would have decided that. "
        "Name somebody who has not decided yet."
    )


class BadPanel(Invalid):
    """`group` in the detail is the place of the group, from 1."""

    code = "bad_panel"
    message = "The approvers cannot be like this."


class CannotApprove(Invalid):
    """`people` in the detail are the ids of those who cannot."""

    code = "cannot_approve"
    message = "Somebody here cannot decide: they are not active, their role does not approve, or they do not see this."


class RoundNotLocked(Conflict):
    code = "round_not_locked"
    message = "This round is not locked."


class NobodyToRemind(Conflict):
    code = "nobody_to_remind"
    message = "Nobody's answer is waited for here who was not reminded today."


class BadDelegation(Invalid):
    code = "bad_delegation"
    message = "This cannot be handed over like this."

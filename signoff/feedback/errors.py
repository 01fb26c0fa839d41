from signoff.core.errors import Conflict, Invalid


class EmptyComment(Invalid):
    code = "empty_comment"
    message = "Say something, or draw something."


class BadPlace(Invalid):
    code = "bad_place"
    message = "There is no such place in this round."


class BadMark(Invalid):
    code = "bad_mark"
    message = "This cannot be drawn."


class UnknownParent(Invalid):
    code = "unknown_parent"
    message = "What this answers is not in this round. Look at the round again."


class UnknownPerson(Invalid):
    code = "unknown_reference"
    message = "There is nobody with this id here."


class SaidElsewhere(Conflict):
    code = "said_elsewhere"
    message = "You have sent something else under this id. Send it under a new one."


class RoundLocked(Conflict):
    code = "round_locked"
    message = "This round is decided, so what was said about it stays. What you say now stands behind the decision."


class AlreadyRemoved(Conflict):
    code = "already_removed"
    message = "This comment was removed."


class ParentIsInternal(Conflict):
    code = "parent_is_internal"
    message = "This answers an internal comment. Release that one first."


class NotALegalMove(Conflict):
    """`state` in the detail is how the note stands, `legal` where it may go from there."""

    code = "not_a_legal_move"
    message = "A note cannot go there from where it is."


class NoteReasonNeeded(Invalid):
    code = "reason_needed"
    message = "Say why this will not be done."


class BadSuperseder(Invalid):
    code = "bad_superseder"
    message = "Name another note of the same deliverable, one that is not replaced itself."


class DraftTooLarge(Invalid):
    code = "draft_too_large"
    message = "A draft has at most 1 MB. Send it, or take some of the drawing out."


class AttachmentTooLarge(Invalid):
    code = "attachment_too_large"
    message = "A file with a comment has at most 25 MiB. Upload larger ones as a round."


class TooManyAttachments(Invalid):
    code = "too_many_attachments"
    message = "A comment has at most 20 files."

"""What people do with comments, notes and rounds; one module a noun."""

from signoff.feedback.actions.attachments import attach_file
from signoff.feedback.actions.changing import Anew, change_comment, release_comment, remove_comment
from signoff.feedback.actions.comments import add_comment
from signoff.feedback.actions.drafts import drop_draft, keep_draft
from signoff.feedback.actions.notes import NoteChange, change_note
from signoff.feedback.actions.replacement import replace_files
from signoff.feedback.actions.rounds import submit_round, withdraw_round

__all__ = [
    "Anew",
    "NoteChange",
    "add_comment",
    "attach_file",
    "change_comment",
    "change_note",
    "drop_draft",
    "keep_draft",
    "release_comment",
    "remove_comment",
    "replace_files",
    "submit_round",
    "withdraw_round",
]

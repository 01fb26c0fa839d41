"""What people do with comments and notes; one module a noun."""

from signoff.feedback.actions.comments import add_comment

__all__ = ["add_comment"]

"""Refusals the caller can understand.

A domain error knows its code and its words, never an HTTP status: each door
translates the five families below in one table of its own.
"""


class SignoffError(Exception):
    """A refusal. `detail` goes to API callers as it is, so it holds plain JSON values only."""

    code = "error"
    message = "That cannot be done."

    def __init__(self, message: str = "", **detail: object) -> None:
        self.message = message or self.message
        self.detail = detail
        super().__init__(self.message)


class NotAllowed(SignoffError):
    code = "not_allowed"
    message = "You are not allowed to do that."


class NotFound(SignoffError):
    code = "not_found"
    message = "No such thing, or you cannot see it."


class Invalid(SignoffError):
    """What was given has a meaning that cannot be. `field` in the detail names where."""

    code = "invalid"


class Conflict(SignoffError):
    code = "conflict"


class Unavailable(SignoffError):
    code = "unavailable"

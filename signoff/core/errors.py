"""Refusals the caller can understand.

A domain error knows its code and its words, never an HTTP status: each door
translates the six families below in one table of its own.
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


class TooMany(SignoffError):
    """Asked too often. `wait` in the detail says in how many seconds it may be asked again."""

    code = "too_many_tries"
    message = "Too many tries."

    def __init__(self, message: str = "", *, wait: int, **detail: object) -> None:
        super().__init__(message, wait=wait, **detail)
        self.wait = wait

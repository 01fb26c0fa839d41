"""Refusals as application/problem+json (RFC 9457), the framework's own included.

`type` and `code` are stable and never reused; `title` is the kind of refusal in words, `detail`
this one. What a refusal adds (`field`, `legal`, `current` ...) stands beside them.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from signoff.api.wire import encode
from signoff.core.errors import Conflict, Invalid, NotAllowed, NotFound, SignoffError, TooMany, Unavailable

log = logging.getLogger("signoff.api")
CONTENT_TYPE = "application/problem+json"
STATUSES: tuple[tuple[type[SignoffError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (Invalid, 422),
    (TooMany, 429),
    (Unavailable, 503),
)
# Refusals of the framework and of the way here: status -> code and title.
OTHERS = {
    400: ("bad_request", "The request cannot be read."),
    401: ("not_signed_in", "Send an API key (Authorization: Bearer KEY), or sign in."),
    403: ("not_allowed", "You are not allowed to do that."),
    404: ("not_found", "No such thing, or you cannot see it."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "The request is too large."),
    429: ("too_many_requests", "Too many requests. Wait a little."),
    500: ("server_error", "Something went wrong on our side. Nothing was changed."),
}
# What a domain's detail calls by a name that a problem needs for itself.
RESERVED = {"type": "its_type", "title": "its_title", "code": "its_code", "status": "current_status"}


def problem(status: int, code: str, title: str, detail: str = "", **more: object) -> HttpResponse:
    """The answer to a refused request."""
    body: dict[str, object] = {
        "type": f"urn:signoff:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail or title,
    }
    return HttpResponse(encode(body | more), status=status, content_type=CONTENT_TYPE)


def plain_problem(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A refusal that no domain raised, by its status."""
    code, title = OTHERS.get(status, OTHERS[400])
    response = problem(status, code, title, detail)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def status_of(error: SignoffError) -> int:
    return next((status for family, status in STATUSES if isinstance(error, family)), 400)


def register_errors(api: NinjaAPI) -> None:
    """Give the API its one table of answers."""
    for family, handler in HANDLERS.items():
        api.add_exception_handler(family, handler)


def refuse(request: HttpRequest, error: SignoffError) -> HttpResponse:
    more = {RESERVED.get(name, name): value for name, value in error.detail.items()}
    response = problem(status_of(error), error.code, type(error).message, error.message, **more)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.wait)
    return response


def _who(request: HttpRequest, error: Exception) -> HttpResponse:
    return plain_problem(401, headers={"WWW-Authenticate": 'Bearer realm="signoff"'})


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("%s %s", request.method, request.path, exc_info=error)
    return plain_problem(500)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Every field that is wrong, the first one also by itself as `field`."""
    errors = [{"field": _field(one.get("loc", ())), "message": _words(one)} for one in error.errors]
    first = errors[0] if errors else {"field": "", "message": ""}
    where = f"{first['field']}: " if first["field"] else ""
    title = "The request does not have the right shape."
    return problem(422, "invalid", title, where + first["message"], field=first["field"], errors=errors)


def _field(location: object) -> str:
    """("body", "payload", "due_on") -> due_on: the source and our own argument's name are nobody's business."""
    steps = [str(step) for step in location] if isinstance(location, (list, tuple)) else []
    steps = steps[1:]
    if steps and steps[0] in ("payload", "query", "one", "many"):
        steps = steps[1:]
    return ".".join(step for step in steps if step not in ("one", "many"))


def _words(error: Mapping[str, object]) -> str:
    words = str(error.get("msg") or "It cannot be read.").removeprefix("Value error, ")
    return words if words.endswith(".") else f"{words}."


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    SignoffError: refuse,
    ValidationError: _invalid,
    AuthenticationError: _who,
    HttpError: lambda request, error: plain_problem(error.status_code, str(error)),
    Http404: lambda request, error: plain_problem(404),
    RequestDataTooBig: lambda request, error: plain_problem(413),
    UnreadablePostError: lambda request, error: plain_problem(400),
    MultiPartParserError: lambda request, error: plain_problem(400, "The parts of the form cannot be read."),
    SuspiciousOperation: lambda request, error: plain_problem(400),
    Exception: _broken,
}

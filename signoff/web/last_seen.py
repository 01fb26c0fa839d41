"""When a session was last seen, and from where: written every few minutes, in one statement, never at every request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import now

from signoff.access.seen import note_seen, renamed
from signoff.accounts.models import User
from signoff.web.actor import person_of

EVERY = timedelta(minutes=5)


class LastSeenMiddleware:
    """Notes a session that is new, or was not seen for a while. The session's own statement says when it was seen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and _is_due(getattr(request.session, "last_seen_at", None)):
            note(request, person_of(request))
        return self.get_response(request)


def note(request: HttpRequest, person: User) -> None:
    """The session is this person's, or is about to be. Without an address of who asks (which allauth refuses to sign
    in) nothing is noted."""
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return
    key, agent = request.session.session_key or "", request.headers.get("User-Agent", "")
    note_seen(person.pk, key, address, agent)


@contextmanager
def same_session(request: HttpRequest) -> Iterator[None]:
    """What is done inside gives the session another key; it stays the same line in the list of sessions."""
    before = request.session.session_key
    yield
    renamed(before or "", request.session.session_key or "")


def _is_due(seen_at: datetime | None) -> bool:
    return seen_at is None or now() - seen_at > EVERY

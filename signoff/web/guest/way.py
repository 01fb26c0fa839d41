"""A guest's way through the site: below `/g/<link id>/` lie those of its pages that are open to guests.

The address says by which link somebody comes, and a cookie of that link that they did. So a person's own session, two
links in one browser and two organisations never mix: what is asked for below a link is answered to its guest, and
nothing else ever is. Links on such a page stay below it, because addresses are made with its prefix.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve, set_script_prefix
from django.utils.timezone import now
from django.utils.translation import gettext as _

from signoff.access.session_store import SessionStore
from signoff.accounts.looking import Sight
from signoff.accounts.models import Membership, Role, User
from signoff.accounts.names import NOBODY
from signoff.core.origin import origin_of
from signoff.guests.about import about_of
from signoff.guests.enter import device_of
from signoff.guests.errors import NotEntered
from signoff.guests.models import Deed, GuestDevice
from signoff.guests.sight import SOMEBODY, actor_of_guest
from signoff.guests.visits import note_visit
from signoff.web.errors import page_not_found, trouble
from signoff.web.guest.doors import deed_of, is_open
from signoff.web.visitor import Visitor, cookie_of

WAY = re.compile(r"/g/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(/.*)")
HOME = "/guest"


class GuestMiddleware:
    """The one place that asks whether a door is open to guests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        way = WAY.fullmatch(request.path_info)
        if way is None:
            return self.get_response(request)
        link_id, path = UUID(way[1]), HOME if way[2] == "/" else way[2]
        match = _match(path)
        if match is None or not is_open(match, str(request.method)):
            return page_not_found(request, Resolver404())
        device = device_of(link_id, request.COOKIES.get(cookie_of(link_id), ""))
        if device is None:
            return trouble(request, 404, _("You are not let in"), NotEntered.message)
        with _as_guest(request, Visitor(device, actor_of_guest(device)), path):
            response = self.get_response(request)
        _note(request, device, match, response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


@contextmanager
def _as_guest(request: HttpRequest, visitor: Visitor, path: str) -> Iterator[None]:
    """The request is the guest's while it is answered. The session of who is signed in there comes back after it: it
    has nothing to do with this."""
    kept = request.session, request.user, get_script_prefix()
    session = SessionStore()
    session.last_seen_at = now()
    request.session, request.user, request.path_info = session, _person(visitor), path
    request._signoff_visitor = visitor  # type: ignore[attr-defined]
    request._signoff_actor = visitor.actor  # type: ignore[attr-defined]
    request._signoff_sight = Sight(_member(visitor, request.user))  # type: ignore[attr-defined]
    set_script_prefix(f"{visitor.prefix}/")
    try:
        yield
    finally:
        request.session, request.user = kept[:2]
        set_script_prefix(kept[2])


def _person(visitor: Visitor) -> User:
    """Nobody's row is written for who only looks."""
    guest = visitor.device.guest
    return guest.user if guest else User(pk=NOBODY, name=SOMEBODY)


def _member(visitor: Visitor, person: User) -> Membership:
    """What pages ask of who looks, without a row: a guest is no member."""
    house = visitor.device.link.organization
    return Membership(pk=NOBODY, user=person, organization=house, role=Role.CLIENT_VIEWER)


def _note(request: HttpRequest, device: GuestDevice, match: ResolverMatch, response: HttpResponseBase) -> None:
    what: Deed | None = deed_of(match, str(request.method))
    if what and response.status_code < 400:
        note_visit(device, what, origin_of(request.META), about_of(match.kwargs))

"""GET /events: the live stream of the person who is signed in, as an ASGI application beside Django."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import get_user
from django.db import DatabaseError, connection
from django.http import HttpRequest

from signoff.access.factors import is_missing
from signoff.access.standing import Ticket, standing_of
from signoff.accounts.errors import NoMembership
from signoff.accounts.looking import sight_of
from signoff.accounts.models import Role, User
from signoff.core.actor import Actor
from signoff.live.hub import Hub, Subscriber
from signoff.live.stream import read
from signoff.projects.models import Project
from signoff.web.cookies import session_of
from signoff.web.threads import in_thread

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Opened = tuple[str, UUID, str]  # session, membership, how both stood

HUB = Hub()
CHECK_SECONDS = 5.0  # how long a stream outlives what it was opened with: a session, a role, a client team
CHECKS: list[asyncio.Task[None]] = []  # the one that runs
log = logging.getLogger(__name__)
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def open_streams() -> None:
    """Listen to the database from now on; SIGUSR1 ends the streams, so that the server can stop at once."""
    HUB.open(connection.settings_dict)
    CHECKS.append(asyncio.create_task(_check_for_ever()))
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, HUB.close)


async def close_streams() -> None:
    HUB.close()
    while CHECKS:
        CHECKS.pop().cancel()


async def _check_for_ever() -> None:
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            await check_streams()
        except (DatabaseError, OSError) as error:  # it is asked again; the streams stay meanwhile
            log.warning("the streams' sessions cannot be checked: %s", error)


async def check_streams() -> None:
    """End the streams that would not be opened like this any more: one statement for all of them, none for none.

    The page then asks anew and is refused, or gets the stream that is right now.
    """
    asked = [(one, Ticket(*one.opened_with[:2]), one.opened_with[2]) for one in HUB.subscribers if one.opened_with]
    if not asked:
        return
    standing = await in_thread(standing_of, [ticket for _, ticket, _ in asked])
    for one, ticket, was in asked:
        if standing.get(ticket) != was:
            one.tell(None)


async def events(scope: Message, receive: Receive, send: Send) -> None:
    """Answer 401 to nobody, 405 to anything but GET, else the stream until either side ends it."""
    if scope["method"] != "GET":
        return await refuse(send, 405)
    subscriber = await asyncio.to_thread(subscriber_of, scope["headers"])
    if subscriber is None:
        return await refuse(send, 401)
    await speak_to(subscriber, receive, send)


async def speak_to(subscriber: Subscriber, receive: Receive, send: Send) -> None:
    """The stream of this subscriber, until either side ends it."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    speaking = asyncio.create_task(_speak(subscriber, send))
    leaving = asyncio.create_task(_gone(receive))
    await asyncio.wait({speaking, leaving}, return_when=asyncio.FIRST_COMPLETED)
    for task in (speaking, leaving):
        task.cancel()
    await asyncio.gather(speaking, leaving, return_exceptions=True)


def subscriber_of(headers: Headers) -> Subscriber | None:
    """Who asks, by the session cookie; None for nobody. Reads the database, so it belongs in a thread."""
    try:
        found = opened_by(headers)
        return _subscriber(*found) if found else None
    finally:
        connection.close()


def opened_by(headers: Headers) -> tuple[Actor, Opened] | None:
    """Who asks, and what their stream is opened with; None for nobody."""
    request = HttpRequest()
    request.session = session_of(headers)
    user = get_user(request)
    if not isinstance(user, User) or user.must_change_password:
        return None
    try:
        sight = sight_of(user, request.session)
        if is_missing(sight.own, get_authentication_records(request, user)):
            return None
        actor = sight.actor()
    except NoMembership:
        return None
    ticket = Ticket(str(request.session.session_key), sight.own.pk)
    return actor, (*ticket, standing_of([ticket]).get(ticket, ""))


def _subscriber(actor: Actor, opened_with: Opened) -> Subscriber:
    projects = None
    if actor.role == Role.CLIENT_VIEWER:
        visible = Project.objects.visible_to(actor).order_by().values_list("id", flat=True)
        projects = frozenset(map(str, visible))
    return Subscriber(str(actor.organization_id), str(actor.user_id), projects, opened_with)


async def _speak(subscriber: Subscriber, send: Send) -> None:
    async with aclosing(read(HUB, subscriber)) as lines:
        async for line in lines:
            await send({"type": "http.response.body", "body": line, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})

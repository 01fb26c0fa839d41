"""GET /events: the live stream of the person who is signed in, as an ASGI application beside Django."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest

from signoff.accounts.actors import actor_of_member, membership_of
from signoff.accounts.models import Role, User
from signoff.core.actor import Actor
from signoff.live.hub import Hub, Subscriber
from signoff.live.stream import read
from signoff.projects.models import Project

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

HUB = Hub()
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-cache, no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def open_streams() -> None:
    """Listen to the database from now on; SIGUSR1 ends the streams, so that the server can stop at once."""
    HUB.open(connection.settings_dict)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, HUB.close)


async def close_streams() -> None:
    HUB.close()


async def events(scope: Message, receive: Receive, send: Send) -> None:
    """Answer 401 to nobody, 405 to anything but GET, else the stream until either side ends it."""
    if scope["method"] != "GET":
        return await _refuse(send, 405)
    subscriber = await asyncio.to_thread(subscriber_of, scope["headers"])
    if subscriber is None:
        return await _refuse(send, 401)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    speaking = asyncio.create_task(_speak(subscriber, send))
    leaving = asyncio.create_task(_gone(receive))
    await asyncio.wait({speaking, leaving}, return_when=asyncio.FIRST_COMPLETED)
    for task in (speaking, leaving):
        task.cancel()
    await asyncio.gather(speaking, leaving, return_exceptions=True)


def subscriber_of(headers: list[tuple[bytes, bytes]]) -> Subscriber | None:
    """Who asks, by the session cookie; None for nobody. Reads the database, so it belongs in a thread."""
    try:
        request = HttpRequest()
        request.session = _session(headers)
        user = get_user(request)
        if not isinstance(user, User) or user.must_change_password:
            return None
        membership = membership_of(user, request.session.get("organization"))
        return _subscriber(actor_of_member(membership)) if membership else None
    finally:
        connection.close()


def _session(headers: list[tuple[bytes, bytes]]) -> Any:
    jar: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                continue
    cookie = jar.get(settings.SESSION_COOKIE_NAME)
    return import_module(settings.SESSION_ENGINE).SessionStore(cookie.value if cookie else None)


def _subscriber(actor: Actor) -> Subscriber:
    projects = None
    if actor.role == Role.CLIENT_VIEWER:
        visible = Project.objects.visible_to(actor).order_by().values_list("id", flat=True)
        projects = frozenset(map(str, visible))
    return Subscriber(str(actor.organization_id), str(actor.user_id), projects)


async def _speak(subscriber: Subscriber, send: Send) -> None:
    async with aclosing(read(HUB, subscriber)) as lines:
        async for line in lines:
            await send({"type": "http.response.body", "body": line, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})

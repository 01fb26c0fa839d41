"""GET /rooms/<id>: the live stream of a room, as an ASGI application beside Django."""

import asyncio
from uuid import UUID

from django.db import connection

from signoff.rooms.models import ReviewSession
from signoff.rooms.stream import RoomSubscriber, subscriber_in
from signoff.web.events import Headers, Message, Receive, Send, opened_by, refuse, speak_to

PREFIX = "/rooms/"


async def rooms(scope: Message, receive: Receive, send: Send, said: str) -> None:
    """Answer 404 to who does not see the session, 405 to anything but GET, else the stream until either side ends."""
    if scope["method"] != "GET":
        return await refuse(send, 405)
    subscriber = await asyncio.to_thread(subscriber_of, scope["headers"], said)
    if subscriber is None:
        return await refuse(send, 404)
    await speak_to(subscriber, receive, send)


def subscriber_of(headers: Headers, said: str) -> RoomSubscriber | None:
    """Who asks for the room of this session; None for nobody, and for who does not see it."""
    try:
        found = opened_by(headers)
        if found is None:
            return None
        session = ReviewSession.objects.visible_to(found[0]).filter(pk=UUID(said)).first()
        return subscriber_in(found[0], session, found[1]) if session else None
    except ValueError:
        return None
    finally:
        connection.close()

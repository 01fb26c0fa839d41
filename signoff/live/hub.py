"""Who listens in this process, and who of them may hear what. One LISTEN for all of them."""

import asyncio
import json
import logging
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from psycopg.conninfo import make_conninfo

from signoff.live.publish import CHANNEL

Message = dict[str, Any]
RESYNC: Message = {"v": "resync"}  # something was missed: read again what you show
WAITING_MESSAGES = 100
QUIET_SECONDS = 15.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
DJANGOS_OWN = ("server_side_binding", "prepare_threshold", "pool", "isolation_level")  # unknown to libpq
log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Subscriber:
    """One open page: whose it is, which projects it may hear of (None: all of the organisation), what waits.

    Those who may hear of some only are clients: they hear nothing of what is internal.
    """

    organization_id: str
    user_id: str
    project_ids: frozenset[str] | None = None
    opened_with: tuple[str, UUID, str] | None = None  # session, membership, how both stood: the door asks again
    queue: asyncio.Queue[Message | None] = field(default_factory=lambda: asyncio.Queue(WAITING_MESSAGES))

    def may_hear(self, message: Message) -> bool:
        if message.get("o") != self.organization_id or "r" in message:  # a room's are for who is in it
            return False
        if message.get("u"):
            return bool(message["u"] == self.user_id)
        if message.get("i") and self.project_ids is not None:
            return False
        return self.project_ids is None or message.get("p") in self.project_ids

    def tell(self, message: Message | None) -> None:
        """Put it into the queue; one that is full is replaced by a single RESYNC. None ends the stream."""
        if self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(RESYNC)
        self.queue.put_nowait(message)


class Hub:
    """Hears the database and tells the subscribers. Lives in one event loop; `open` it there."""

    def __init__(self) -> None:
        self.subscribers: set[Subscriber] = set()
        self.is_closed = False
        self._task: asyncio.Task[None] | None = None

    def open(self, database: dict[str, Any]) -> None:
        """Begin to listen. `database` is Django's settings of one."""
        self.is_closed = False
        self._task = asyncio.create_task(self._listen_for_ever(_conninfo(database)))

    def close(self) -> None:
        """End every stream and stop listening. New streams end at once."""
        self.is_closed = True
        for subscriber in self.subscribers:
            subscriber.tell(None)
        if self._task:
            self._task.cancel()

    def add(self, subscriber: Subscriber) -> None:
        self.subscribers.add(subscriber)
        if self.is_closed:
            subscriber.tell(None)

    def remove(self, subscriber: Subscriber) -> None:
        self.subscribers.discard(subscriber)

    def tell(self, message: Message) -> None:
        """Pass a message on to those who may hear it."""
        for subscriber in self.subscribers:
            if subscriber.may_hear(message):
                subscriber.tell(message)

    async def _listen_for_ever(self, conninfo: str) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
                    pause = FIRST_PAUSE
                    await self._listen(connection)
            except (psycopg.OperationalError, OSError) as error:
                log.warning("live messages are interrupted: %s", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _listen(self, connection: psycopg.AsyncConnection[Any]) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        for subscriber in self.subscribers:  # what was said while nobody listened is lost
            subscriber.tell(RESYNC)
        while True:
            async for notice in connection.notifies(timeout=QUIET_SECONDS):
                self.tell(json.loads(notice.payload))
            await connection.execute("SELECT 1")  # proves that the line still stands


def _conninfo(database: dict[str, Any]) -> str:
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    said = {ours: database[theirs] for ours, theirs in names.items() if database.get(theirs)}
    options = {name: value for name, value in database.get("OPTIONS", {}).items() if name not in DJANGOS_OWN}
    return make_conninfo(**said, **options, keepalives_idle=30)

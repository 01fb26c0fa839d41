"""The whole ASGI application, asked as the server asks it."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.db import connection

from config.asgi import application
from tests.loops import run_in_loop

Message = dict[str, Any]


@dataclass
class Answer:
    """All that was sent for one request."""

    sent: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def scope_of(method: str, address: str, headers: dict[str, str], extensions: Iterable[str] = ()) -> Message:
    """As granian makes it: the path without its percent signs."""
    path, _, query = address.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.9", 5),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "extensions": {name: {} for name in extensions},
    }


def ask(
    method: str,
    address: str,
    headers: dict[str, str] | None = None,
    *,
    parts: Iterable[bytes] = (b"",),
    leaves: bool = False,
    extensions: Iterable[str] = (),
    at_start: Callable[[Message], None] | None = None,
) -> Answer:
    """What the application answers. `parts` are the pieces of the body; `leaves`: the sender goes after them.

    `at_start` is called when the answer has begun and nothing of its body has come.
    """
    answer = Answer()
    coming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    if not leaves:
        coming[-1]["more_body"] = False

    async def story() -> None:
        async def receive() -> Message:
            if coming:
                return coming.pop(0)
            if not leaves:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            answer.sent.append(message)
            if at_start and len(answer.sent) == 1:
                at_start(message)

        await application(scope_of(method, address, headers or {}, extensions), receive, send)

    connection.settings_dict["CONN_MAX_AGE"] = 0  # else the door's threads hold the tests' database
    run_in_loop(story())
    return answer

"""GET and HEAD /media/<seal>/<name>: the bytes of a file, whole or in part, from the directory that keeps them.

An ASGI application beside Django: a reader takes a thread for the moment of a read only, so thousands of slow ones
hold none. The sealed address is all the permission there is; `revisions.addresses` makes it, and it ends within hours.
"""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from io import FileIO
from typing import Any

from django.conf import settings

from signoff.core.disposition import disposition
from signoff.core.errors import SignoffError
from signoff.core.seals import BrokenSeal, opened
from signoff.integrations.storage.port import NotStored, StorageUnavailable
from signoff.revisions.addresses import FILE
from signoff.revisions.storage import storage, takes_pieces
from signoff.web.ranges import Unsatisfiable, http_date, is_known, wanted
from signoff.web.threads import reading

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

log = logging.getLogger(__name__)
PREFIX = "/media/"
PIECE = 256 * 1024  # read and sent at a time
PATHSEND = "http.response.pathsend"
OVER = "This address is over. Go back to the page, reload it, and open the file from there."
# A file is only ever a file here: nothing in it runs, and no other site may embed it.
SAFE: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that a seal gives access to, open for reading."""

    file: FileIO
    key: str
    path: str
    size: int
    changed_ns: int
    media_type: str
    disposition: str
    seconds_left: int

    @property
    def tag(self) -> str:
        return f'"{self.size:x}-{self.changed_ns:x}"'

    @property
    def changed_at(self) -> int:
        return self.changed_ns // 1_000_000_000

    def headers(self) -> Headers:
        """Those of every answer that has to do with the content."""
        keeping = f"private, max-age={self.seconds_left}, immutable"
        said = [("etag", self.tag), ("last-modified", http_date(self.changed_at)), ("cache-control", keeping)]
        return [*SAFE, (b"accept-ranges", b"bytes"), *((name.encode(), value.encode()) for name, value in said)]

    def names(self) -> Headers:
        return [(b"content-type", self.media_type.encode()), (b"content-disposition", self.disposition.encode())]


async def media(scope: Message, receive: Receive, send: Send, address: str) -> None:
    """Answer one request for the file of this address: `<seal>/<name>`, of which only the seal counts."""
    if scope["method"] not in ("GET", "HEAD"):
        return await say(send, 405, "Only GET and HEAD work here.", [(b"allow", b"GET, HEAD")])
    try:
        found = await reading(_open, address.partition("/")[0])
    except BrokenSeal:
        return await say(send, 403, OVER)
    except NotStored as error:
        return await say(send, 404, error.message)
    except SignoffError as error:
        return await say(send, 503, error.message)
    with found.file:
        await _answer(scope, receive, send, found)


async def _answer(scope: Message, receive: Receive, send: Send, found: Opened) -> None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if is_known(headers, found.tag, found.changed_at):
        return await start_and_end(send, 304, found.headers())
    if settings.SENDFILE[0]:
        return await start_and_end(send, 200, [*found.headers(), *found.names(), _handed_over(found)])
    try:
        part = wanted(headers, found.size, found.tag, found.changed_at) if scope["method"] == "GET" else None
    except Unsatisfiable:
        return await say(send, 416, "The file ends before that.", [_content_range(f"*/{found.size}")])
    start, end = part or (0, found.size)
    said = [*found.headers(), *found.names(), (b"content-length", str(end - start).encode())]
    said += [_content_range(f"{start}-{end - 1}/{found.size}")] if part else []
    if scope["method"] == "HEAD":
        return await start_and_end(send, 200, said)
    await send({"type": "http.response.start", "status": 206 if part else 200, "headers": said})
    if not part and PATHSEND in scope.get("extensions", {}):
        return await send({"type": PATHSEND, "path": found.path})
    await until_gone(receive, _pour(found.file, start, end, send))


async def until_gone(receive: Receive, sending: Coroutine[Any, Any, None]) -> None:
    """Send, and stop at once when the reader leaves. What fails on the way is logged: the answer has begun already."""
    work, leaving = asyncio.ensure_future(sending), asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait([work, leaving], return_when=asyncio.FIRST_COMPLETED)
    finally:
        work.cancel()
        leaving.cancel()
        await asyncio.wait([work, leaving])
    if not work.cancelled() and (error := work.exception()):
        log.warning("An answer broke off: %r", error)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pour(file: FileIO, start: int, end: int, send: Send) -> None:
    """The bytes of a part. When the file got shorter the answer breaks off, since its length was said."""
    while start < end:
        piece = await reading(os.pread, file.fileno(), min(PIECE, end - start), start)
        if not piece:
            raise EOFError
        start += len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": start < end})


def _open(token: str) -> Opened:
    """On a thread. Raises BrokenSeal, NotStored, StorageUnavailable."""
    content, seconds_left = opened(FILE, token)
    key, media_type, name, is_attachment = content
    place = storage()
    if not takes_pieces(place):
        raise NotStored
    path = str(place.path(str(key)))
    try:
        file = FileIO(path)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotStored from error
    except OSError as error:
        raise StorageUnavailable from error
    status = os.fstat(file.fileno())
    said = disposition(str(name), is_attachment=bool(is_attachment))
    return Opened(file, str(key), path, status.st_size, status.st_mtime_ns, str(media_type), said, seconds_left)


def _handed_over(found: Opened) -> tuple[bytes, bytes]:
    """For the server in front, which then sends the file itself, ranges included."""
    header, prefix = settings.SENDFILE
    return header.encode(), (f"{prefix}{found.key}" if prefix else found.path).encode()


def _content_range(said: str) -> tuple[bytes, bytes]:
    return b"content-range", f"bytes {said}".encode()


async def start_and_end(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def say(send: Send, status: int, words: str, headers: Headers | None = None) -> None:
    """A refusal as a line of text: whoever fetches a file is no page."""
    body = words.encode()
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    length = (b"content-length", str(len(body)).encode())
    await start_and_end(send, status, [*SAFE, *plain, length, *(headers or [])], body)

"""GET and HEAD /archives/<seal>/<name>: a zip that is made while it is sent, beside Django as the media door is.

What is in it is decided when it is asked for, so a round that was taken back since is not. It has no ranges.
"""

import asyncio
from collections.abc import Iterator
from uuid import UUID

from signoff.core.disposition import disposition
from signoff.core.errors import SignoffError
from signoff.core.seals import BrokenSeal, unseal
from signoff.integrations.storage.port import NotStored
from signoff.revisions.addresses import ARCHIVE
from signoff.revisions.archive import Archive, archive_of, entries_of
from signoff.revisions.storage import storage
from signoff.web.media import OVER, SAFE, Headers, Message, Receive, Send, say, start_and_end, until_gone
from signoff.web.threads import in_thread, reading

PREFIX = "/archives/"
PIECE = 256 * 1024  # sent at a time, at least
GONE = "These files are not there any more. Go back to the page and reload it."


async def archives(scope: Message, receive: Receive, send: Send, address: str) -> None:
    """Answer one request for the zip of this address: `<seal>/<name>`, of which only the seal counts."""
    if scope["method"] not in ("GET", "HEAD"):
        return await say(send, 405, "Only GET and HEAD work here.", [(b"allow", b"GET, HEAD")])
    try:
        archive, name = await in_thread(_open, address.partition("/")[0])
    except BrokenSeal:
        return await say(send, 403, OVER)
    except NotStored:
        return await say(send, 404, GONE)
    except SignoffError as error:
        return await say(send, 503, error.message)
    if scope["method"] == "HEAD":
        return await start_and_end(send, 200, _headers(archive, name))
    await send({"type": "http.response.start", "status": 200, "headers": _headers(archive, name)})
    await until_gone(receive, _pour(archive, send))


async def _pour(archive: Archive, send: Send) -> None:
    """Everything, a piece at a time. A file that fails breaks the answer off: half a zip must not look whole."""
    left, step = archive.size, None
    try:
        while left:
            step = asyncio.ensure_future(reading(_next, archive.pieces))
            piece = await asyncio.shield(step)
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
    finally:
        if step:
            await asyncio.wait([step])
        await reading(_close, archive.pieces)


def _open(token: str) -> tuple[Archive, str]:
    """On a thread. Raises BrokenSeal, NotStored when nothing is left of it, StorageUnavailable."""
    what, subject, name, is_client = unseal(ARCHIVE, token)
    entries = entries_of(str(what), UUID(str(subject)), is_client=bool(is_client))
    if not entries:
        raise NotStored
    return archive_of(entries, storage()), str(name)


def _next(pieces: Iterator[bytes]) -> bytes:
    """On a thread: small pieces together, since each way to the wire has its price. Raises EOFError before the end."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE:
            break
    if not gathered:
        raise EOFError
    return bytes(gathered)


def _close(pieces: Iterator[bytes]) -> None:
    close = getattr(pieces, "close", None)
    if close:
        close()


def _headers(archive: Archive, name: str) -> Headers:
    said = [
        ("content-type", "application/zip"),
        ("content-length", str(archive.size)),
        ("content-disposition", disposition(name, is_attachment=True)),
        ("cache-control", "private, no-store"),
        ("accept-ranges", "none"),
    ]
    return [*SAFE, *((name.encode(), value.encode()) for name, value in said)]

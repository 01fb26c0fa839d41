"""HEAD, PATCH and DELETE /uploads/<seal>: the bytes of a file, by the tus protocol 1.0
(https://tus.io/protocols/resumable-upload).

An ASGI application beside Django, so that gigabytes go from the wire to the disk through a few megabytes of memory.
The address is sealed and given out with the upload; it is all the permission there is, and it ends with the upload.
"""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from typing import Any

from signoff.accounts.errors import LookingAsSomebodyElse
from signoff.core.errors import SignoffError
from signoff.integrations.storage.port import OffsetMismatch, StorageFull, UploadBusy
from signoff.revisions.errors import NotDirect, UploadGone, UploadTooLong, WrongChecksum
from signoff.revisions.models import Upload
from signoff.revisions.uploads import ALGORITHMS, Receiving, arrived, forget_at, receiving, upload_at
from signoff.web.cookies import is_looking_here
from signoff.web.threads import in_thread

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PREFIX = "/uploads/"
VERSION = b"1.0.0"
PIECE = 4 * 1024 * 1024  # written at a time
SILENCE = 30.0  # seconds
TUS: Headers = [(b"tus-resumable", VERSION), (b"cache-control", b"no-store")]
ABILITIES: Headers = [
    (b"tus-version", VERSION),
    (b"tus-extension", b"creation,termination,checksum,expiration"),
    (b"tus-checksum-algorithm", ",".join(ALGORITHMS).encode()),
]
# What the protocol calls our refusals.
STATUSES: Mapping[type[SignoffError], int] = {
    UploadGone: 410,
    OffsetMismatch: 409,
    NotDirect: 409,
    UploadTooLong: 413,
    UploadBusy: 423,
    WrongChecksum: 460,
    StorageFull: 507,
}


class BadRequest(Exception):
    """Its argument is what is wrong, in words."""


async def uploads(scope: Message, receive: Receive, send: Send, token: str) -> None:
    """Answer one request to the upload of this seal."""
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    method = str(headers.get("x-http-method-override") or scope["method"]).upper()
    if method != "OPTIONS" and headers.get("tus-resumable", VERSION.decode()) != VERSION.decode():
        return await _answer(send, 412, [(b"tus-version", VERSION)], body=b"Speak version 1.0.0 of tus.")
    if method in WRITES and await in_thread(is_looking_here, scope["headers"]):
        return await _answer(send, 403, body=LookingAsSomebodyElse.message.encode())
    try:
        await ANSWERS.get(method, _not_allowed)(token, headers, receive, send)
    except BadRequest as error:
        await _answer(send, 400, body=str(error).encode())
    except SignoffError as error:
        offset = [(b"upload-offset", str(error.detail["offset"]).encode())] if "offset" in error.detail else []
        await _answer(send, STATUSES.get(type(error), 503), offset, body=error.message.encode())


async def _head(token: str, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
    upload, offset = await in_thread(_look, token)
    size = [(b"upload-offset", str(offset).encode()), (b"upload-length", str(upload.size).encode())]
    await _answer(send, 200, [*size, _expires(upload)])


async def _patch(token: str, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
    if headers.get("content-type") != "application/offset+octet-stream":
        return await _answer(send, 415, body=b"Send application/offset+octet-stream.")
    offset, (algorithm, digest) = _offset_of(headers), _checksum_of(headers)
    upload = await in_thread(upload_at, token)
    file = ExitStack()
    stretch = await in_thread(file.enter_context, receiving(upload, offset, algorithm))
    try:
        await _pour(receive, stretch)
        if algorithm:
            stretch.check(digest)
    finally:
        await asyncio.shield(in_thread(file.close))
    await _answer(send, 204, [(b"upload-offset", str(stretch.offset).encode()), _expires(upload)])


async def _pour(receive: Receive, stretch: Receiving) -> None:
    """From the wire into the file: one piece is written while the next one comes. Ends when the sender is gone."""
    gathered, writing, is_over = bytearray(), None, False
    try:
        while not is_over:
            message = await _next(receive)
            gathered += message.get("body", b"")
            is_over = not message.get("more_body", False)
            if gathered and (is_over or len(gathered) >= PIECE):
                if writing:
                    await writing
                writing = asyncio.ensure_future(in_thread(stretch.write, bytes(gathered)))
                gathered = bytearray()
    finally:
        if writing:
            await asyncio.shield(writing)


async def _next(receive: Receive) -> Message:
    """What comes next; a sender that falls silent has gone, so that the file is free for its next try."""
    try:
        return await asyncio.wait_for(receive(), SILENCE)
    except TimeoutError:
        return {"type": "http.disconnect"}


async def _delete(token: str, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
    await in_thread(forget_at, token)
    await _answer(send, 204)


async def _options(token: str, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
    await _answer(send, 204, ABILITIES)


async def _not_allowed(token: str, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
    await _answer(send, 405, [(b"allow", b"HEAD, PATCH, DELETE, OPTIONS")])


WRITES = ("PATCH", "DELETE")
ANSWERS = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete, "OPTIONS": _options}


def _look(token: str) -> tuple[Upload, int]:
    upload = upload_at(token)
    return upload, arrived(upload)


def _offset_of(headers: Mapping[str, str]) -> int:
    text = headers.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise BadRequest("Upload-Offset must say where this part goes on.")
    return int(text)


def _checksum_of(headers: Mapping[str, str]) -> tuple[str, bytes]:
    """`Upload-Checksum: sha256 <base64>`; nothing when there is none."""
    algorithm, _, digest = headers.get("upload-checksum", "").partition(" ")
    if not algorithm:
        return "", b""
    try:
        if algorithm not in ALGORITHMS:
            raise BadRequest(f"Upload-Checksum may be one of: {', '.join(ALGORITHMS)}.")
        return algorithm, base64.b64decode(digest, validate=True)
    except ValueError as error:
        raise BadRequest("Upload-Checksum must hold the digest in base64.") from error


def _expires(upload: Upload) -> tuple[bytes, bytes]:
    return b"upload-expires", upload.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT").encode()


async def _answer(send: Send, status: int, headers: Headers | None = None, body: bytes = b"") -> None:
    kind = [(b"content-type", b"text/plain; charset=utf-8")] if body else []
    length = [] if status == 204 else [(b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": status, "headers": [*TUS, *kind, *length, *(headers or [])]}
    await send(start)
    await send({"type": "http.response.body", "body": body})

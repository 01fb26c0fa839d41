"""Between the server (ASGI) and Django (WSGI on threads): a request crosses once, its answer comes back once.

The body is read before a thread is taken, so a slow sender holds none; an answer that Django has whole is
sent from the loop, and only one that it makes as it goes (a long file) keeps its thread until it is sent.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any, cast

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
Hand = Callable[[Message], None]

IN_MEMORY = 1024 * 1024
MOST_BODY = 64 * 1024 * 1024
TOO_LARGE = (
    b'{"type":"urn:signoff:problem:too_large","title":"The request is too large.","status":413,"code":"too_large"}'
)


class TooLarge(Exception):
    pass


class ThreadedWsgi:
    """The WSGI application as an ASGI one, on so many threads."""

    def __init__(self, application: Wsgi, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()

        def hand(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result()

        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                size = await _receive_into(body, receive)
            except TooLarge:
                return await _send_all(send, _start(413, [("content-type", "application/problem+json")]), TOO_LARGE)
            if size is None:
                return  # the sender left before the end of it
            environ = environ_of(scope, body, size)
            messages = await loop.run_in_executor(self._threads, _answer, self._application, environ, hand)
        for message in messages:
            await send(message)


async def _receive_into(body: "SpooledTemporaryFile[bytes]", receive: Receive) -> int | None:
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BODY:
            raise TooLarge
        body.write(part)
        if not message.get("more_body", False):
            body.seek(0)
            return size


def environ_of(scope: Message, body: object, size: int) -> dict[str, Any]:
    """What PEP 3333 calls the same request. Headers with underscores are dropped: they could pass for others."""
    root = scope.get("root_path", "")
    server, client = scope.get("server") or ("localhost", 80), scope.get("client")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _wsgi_text(root),
        "PATH_INFO": _wsgi_text(scope["path"].removeprefix(root)) or "/",
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    environ["CONTENT_LENGTH"] = str(size)  # what came, also where none was announced
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
    glue = "; " if key == "HTTP_COOKIE" else ","
    environ[key] = f"{environ[key]}{glue}{value}" if key in environ else value


def _wsgi_text(text: str) -> str:
    return text.encode().decode("latin-1")


def _answer(application: Wsgi, environ: dict[str, Any], hand: Hand) -> list[Message]:
    """On a thread: ask Django. The messages that are left to send; all of them when the answer is whole."""
    begun: list[Message] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        begun[:] = [_start(int(status.split(" ", 1)[0]), headers)]

    answer = application(environ, start_response)
    try:
        if getattr(answer, "streaming", True):
            return _stream(begun, answer, hand)
        content = b"" if environ["REQUEST_METHOD"] == "HEAD" else b"".join(answer)
        return [begun[0], {"type": "http.response.body", "body": content}]
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()


def _stream(begun: list[Message], answer: Iterable[bytes], hand: Hand) -> list[Message]:
    for part in answer:
        for message in begun:
            hand(message)
        begun.clear()
        hand({"type": "http.response.body", "body": part, "more_body": True})
    return [*begun, {"type": "http.response.body", "body": b""}]


def _start(status: int, headers: list[tuple[str, str]]) -> Message:
    named = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": named}


async def _sent(send: Send, message: Message) -> None:
    await send(message)


async def _send_all(send: Send, start: Message, body: bytes) -> None:
    await send(start)
    await send({"type": "http.response.body", "body": body})


def threaded(application: object, threads: int) -> ThreadedWsgi:
    return ThreadedWsgi(cast(Wsgi, application), threads)

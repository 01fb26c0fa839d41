"""A small HTTP/1.1 client on a raw, kept-alive socket: low and constant overhead, answers read whole and not parsed."""

import json
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


class HttpError(Exception):
    pass


@dataclass(slots=True)
class Request:
    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def asking(method: str, path: str, body: object = None, **headers: str) -> Request:
    """A request, with a body as JSON if there is one."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is None:
        return Request(method, path, None, named)
    content = body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode()
    return Request(method, path, content, {"Content-Type": "application/json", **named})


class Client:
    """One connection; it is opened again once when the server closed it meanwhile."""

    def __init__(self, base_url: str, headers: dict[str, str] | None = None, timeout: float = 900) -> None:
        parts = urlsplit(base_url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.headers, self.timeout = dict(headers or {}), timeout
        self.socket: socket.socket | None = None

    def send(self, request: Request, *, ok: bool = True) -> Response:
        data = self.encode(request)
        try:
            response = self._exchange(data, request.method)
        except (ConnectionError, HttpError):
            self.close()
            response = self._exchange(data, request.method)
        if ok and not 200 <= response.status < 400:
            raise HttpError(f"{request.method} {request.path} -> {response.status}: {response.body[:400]!r}")
        return response

    def pour(self, request: Request, pieces: Iterable[bytes]) -> Response:
        """Send a body that is too long for memory; `request` says its Content-Length."""
        self._open()
        assert self.socket is not None
        self.socket.sendall(self.encode(request))
        for piece in pieces:
            self.socket.sendall(piece)
        return self._exchange(b"", request.method)

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def encode(self, request: Request) -> bytes:
        headers = {"Host": f"{self.host}:{self.port}", "Accept": "*/*", **self.headers, **request.headers}
        if request.body is not None or request.method in ("POST", "PUT", "PATCH"):
            headers.setdefault("Content-Length", str(len(request.body or b"")))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{request.method} {request.path} HTTP/1.1\r\n{lines}\r\n".encode() + (request.body or b"")

    def _exchange(self, data: bytes, method: str) -> Response:
        self._open()
        assert self.socket is not None
        self.socket.sendall(data)
        head, rest = self._until(b"\r\n\r\n", b"")
        lines = head.split(b"\r\n")
        status = int(lines[0].split(b" ", 2)[1])
        pairs = (line.decode().partition(":") for line in lines[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        body = b"" if method == "HEAD" or status in (204, 304) else self._body(headers, rest)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Response(status, headers, body)

    def _open(self) -> None:
        if self.socket is None:
            self.socket = socket.create_connection((self.host, self.port), timeout=self.timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _body(self, headers: dict[str, str], rest: bytes) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return self._exactly(int(headers["content-length"]), rest)[0]
        parts = []
        while True:
            size, rest = self._until(b"\r\n", rest)
            part, rest = self._exactly(int(size.split(b";")[0], 16) + 2, rest)
            if len(part) == 2:
                return b"".join(parts)
            parts.append(part[:-2])

    def _until(self, mark: bytes, buffer: bytes) -> tuple[bytes, bytes]:
        while (at := buffer.find(mark)) < 0:
            buffer += self._more()
        return buffer[:at], buffer[at + len(mark) :]

    def _exactly(self, size: int, buffer: bytes) -> tuple[bytes, bytes]:
        parts, have = [buffer], len(buffer)
        while have < size:
            parts.append(self._more())
            have += len(parts[-1])
        whole = b"".join(parts)
        return whole[:size], whole[size:]

    def _more(self) -> bytes:
        assert self.socket is not None
        received = self.socket.recv(1 << 18)
        if not received:
            raise HttpError("the server closed the connection")
        return received

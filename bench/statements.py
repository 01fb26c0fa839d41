"""How many SQL statements one request makes: the same code, asked in this process."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.httpc import Request

FRAME = {"BEGIN", "COMMIT"}


def count(request: Request, headers: dict[str, str]) -> tuple[int, int]:
    """Statements, and the begins and commits around them. Raises RuntimeError when the request is refused."""
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = _ask(client, request, headers)
    if response.status_code >= 400:
        raise RuntimeError(f"{request.method} {request.path}: {response.status_code} {response.content[:300]!r}")
    around = sum(query["sql"] in FRAME for query in captured)
    return len(captured) - around, around


def _ask(client: Client, request: Request, headers: dict[str, str]) -> Any:
    return client.generic(
        request.method,
        request.path,
        request.body or b"",
        content_type="application/json",
        headers={**headers, **request.headers},
    )

"""How many SQL statements one request makes, begin and commit included: the same code, asked in this process."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.httpc import Request


def count(request: Request, headers: dict[str, str]) -> tuple[int, list[str]]:
    """The number and the statements. The request is asked once before, so that nothing of a first time is counted."""
    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = _ask(client, request, headers)
    if response.status_code >= 400:
        raise RuntimeError(f"{request.method} {request.path}: {response.status_code} {response.content[:300]!r}")
    return len(captured), [query["sql"] for query in captured]


def _ask(client: Client, request: Request, headers: dict[str, str]) -> Any:
    return client.generic(
        request.method,
        request.path,
        request.body or b"",
        content_type="application/json",
        headers={**headers, **request.headers},
    )

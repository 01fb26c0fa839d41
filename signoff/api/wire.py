"""JSON in and out."""

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer


def encode(value: object) -> bytes:
    """JSON of plain values, UUIDs, dates and times."""
    return msgspec.json.encode(value)


class JsonParser(Parser):
    """Stricter than the standard one: no NaN, no lone surrogates, no deep towers of brackets."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return msgspec.json.decode(request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise HttpError(400, f"The body is not JSON: {error}") from error


class JsonRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return encode(data)

"""JSON kept small in a column: previews and traces of imports run to megabytes."""

import zlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import models


def pack(value: Any) -> bytes:
    return zlib.compress(msgspec.json.encode(value), 3)


def unpack(packed: bytes | memoryview | None) -> Any:
    return msgspec.json.decode(zlib.decompress(bytes(packed))) if packed else {}


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row as JSON holds them."""
    return {name: _plain(value) for name, value in facts.items()}


def typed_facts(model: type[models.Model], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values again as the model's fields have them."""
    return {name: _typed(model, name, value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _typed(model: type[models.Model], name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "id" or name.endswith("_id"):
        return UUID(value)
    field: Any = model._meta.get_field(name)
    return field.to_python(value)

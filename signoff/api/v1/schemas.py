"""What every schema here is built on, and the types that several of them share."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, field_validator

MOST_INTEGER = 2_147_483_647


class Given(Schema):
    """What callers send. Unknown fields are refused, so that a typing error is not a silent nothing."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _can_be_stored(cls, value: Any) -> Any:
        try:
            holds_nul = _holds_nul(value)
        except RecursionError as error:
            raise ValueError("Its brackets are too deep.") from error
        if holds_nul:
            raise ValueError("NUL characters cannot be stored.")
        return value

    def given(self) -> dict[str, Any]:
        """Only what was said: an absent field leaves, null clears."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Answer(Schema):
    """What we answer."""


class Page(Answer):
    """`next` is the cursor of the next page; null on the last one."""

    next: UUID | None


def _holds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(_holds_nul(one) for pair in value.items() for one in pair)
    return isinstance(value, list) and any(_holds_nul(one) for one in value)


def _iso_day(value: object) -> object:
    """A number would be read as seconds since 1970, which nobody means."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("A date is written as 2026-03-31.") from error
    if value is None or isinstance(value, date):
        return value
    raise ValueError("A date is written as 2026-03-31.")


OR_NULL = [{"type": "string"}, {"type": "null"}]
# Text that null empties.
Text = Annotated[str, BeforeValidator(lambda value: "" if value is None else value), WithJsonSchema({"anyOf": OR_NULL})]
Day = Annotated[date, BeforeValidator(_iso_day)]
Version = Annotated[int, Field(ge=1, le=MOST_INTEGER, strict=True)]
Count = Annotated[int, Field(ge=0, le=32_767, strict=True)]
Custom = dict[str, Any]

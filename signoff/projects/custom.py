"""Values of custom fields: what each kind may hold. Pure but for the list of fields, which the caller brings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from signoff.core.text import clean_text
from signoff.projects.errors import BadCustomValue
from signoff.projects.models import CustomField

Value = str | float | int | bool | None


def clean_custom(fields: Iterable[CustomField], given: Mapping[str, object]) -> dict[str, Value]:
    """The given values as they are kept, by field key; empty ones become None.

    Raises BadCustomValue, with `field` set to `custom.<key>`, for a key that is not there or a
    value that its kind cannot hold.
    """
    by_key = {field.key: field for field in fields}
    return {key: _clean(key, by_key.get(key), value) for key, value in given.items()}


def merged(now: Mapping[str, object], given: Mapping[str, Value]) -> dict[str, object]:
    """The stored values with the given ones put over them; None takes a value out."""
    both = {**now, **given}
    return {key: value for key, value in both.items() if value is not None}


def _clean(key: str, field: CustomField | None, value: object) -> Value:
    if field is None:
        raise BadCustomValue(f"There is no field “{key}”.", field=f"custom.{key}")
    if value is None or value == "":
        return None
    try:
        return CLEANERS[field.kind](field, value)
    except (ValueError, TypeError) as error:
        words = f"{field.name}: “{value}” is not a {field.get_kind_display().lower()} this field can hold."
        raise BadCustomValue(words, field=f"custom.{key}") from error


def _number(field: CustomField, value: object) -> float | int:
    number = float(str(value).replace(",", "."))
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError
    return int(number) if number.is_integer() else number


def _choice(field: CustomField, value: object) -> str:
    for choice in field.choices:
        if choice.casefold() == str(value).strip().casefold():
            return choice
    raise BadCustomValue(f"{field.name} is one of: {', '.join(field.choices)}.", field=f"custom.{field.key}")


def _checkbox(field: CustomField, value: object) -> bool:
    word = str(value).strip().lower()
    if word in {"true", "yes", "y", "1", "x", "✓"}:
        return True
    if word in {"false", "no", "n", "0"}:
        return False
    raise ValueError


def _date(field: CustomField, value: object) -> str:
    return (value if isinstance(value, date) else date.fromisoformat(str(value).strip())).isoformat()


def _text(field: CustomField, value: object) -> str:
    return clean_text(str(value), field=f"custom.{field.key}", most=2000)


def _person(field: CustomField, value: object) -> str:
    return str(UUID(str(value)))


CLEANERS: dict[str, Callable[[CustomField, object], Value]] = {
    CustomField.Kind.TEXT: _text,
    CustomField.Kind.NUMBER: _number,
    CustomField.Kind.DATE: _date,
    CustomField.Kind.CHOICE: _choice,
    CustomField.Kind.CHECKBOX: _checkbox,
    CustomField.Kind.PERSON: _person,
}

"""What an organisation's branding may hold: a product name, two colours, a small picture. Pure."""

import base64
import re
from collections.abc import Callable, Mapping

from signoff.accounts.errors import BadColour, BadLogo
from signoff.accounts.pictures import picture_type
from signoff.core.text import clean_name

COLOUR = re.compile(r"#[0-9a-f]{6}")
MOST_LOGO_BYTES = 200_000
MOST_PRODUCT = 40


def clean_branding(now: Mapping[str, str], given: Mapping[str, object]) -> dict[str, str]:
    """`now` with what is given put over it; an empty value takes the house's own away.

    `given` may hold product, accent, sidebar (text) and logo (bytes). Raises BadText, BadColour or
    BadLogo, naming the field.
    """
    clean = {name: "" if value in (None, "") else CLEANERS[name](value) for name, value in given.items()}
    return {name: value for name, value in {**now, **clean}.items() if value}


def clean_colour(value: object, *, field: str = "colour") -> str:
    """In small letters. Raises BadColour unless it is `#rrggbb`."""
    colour = str(value).strip().lower()
    if not COLOUR.fullmatch(colour):
        raise BadColour(field=field)
    return colour


def logo_of(branding: Mapping[str, str]) -> tuple[str, bytes] | None:
    """The stored logo as media type and bytes."""
    head, comma, body = branding.get("logo", "").partition(";base64,")
    return (head.removeprefix("data:"), base64.b64decode(body)) if comma else None


def logo_in_words(logo: str) -> str:
    """What an event says of a logo: its type and size, not its bytes."""
    found = logo_of({"logo": logo})
    return f"{found[0]}, {len(found[1])} bytes" if found else ""


def _clean_logo(value: object) -> str:
    data = value if isinstance(value, bytes) else b""
    if len(data) > MOST_LOGO_BYTES:
        raise BadLogo(f"At most 200 kB; this picture has {len(data) // 1000} kB.", field="logo")
    media_type = picture_type(data)
    if media_type is None:
        raise BadLogo("This is not a whole PNG or JPEG picture.", field="logo")
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


CLEANERS: dict[str, Callable[[object], str]] = {
    "product": lambda value: clean_name(str(value), field="product", most=MOST_PRODUCT, required=False),
    "accent": lambda value: clean_colour(value, field="accent"),
    "sidebar": lambda value: clean_colour(value, field="sidebar"),
    "logo": _clean_logo,
}

"""Text that people typed: what a name may hold, and the slug made from it. Pure."""

import re
import unicodedata

from signoff.core.errors import Invalid

MAX_NAME = 200
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # spaces, line ends, marks of no width
NOT_SLUG = re.compile(r"[^a-z0-9]+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_SLUG = 80


class BadText(Invalid):
    code = "bad_text"


def clean_name(text: str, *, field: str = "name", most: int = MAX_NAME, required: bool = True) -> str:
    """One line of text, trimmed, in composed form.

    Raises BadText, naming `field`, when it is empty though `required`, longer than `most`
    characters, or holds control characters (NUL cannot be stored at all).
    """
    text = clean_text(text, field=field, most=most)
    text = "" if _is_blank(text) else " ".join(text.split())
    if required and not text:
        raise BadText("Give it a name.", field=field)
    return text


def _is_blank(text: str) -> bool:
    """Nothing of it can be seen."""
    return all(unicodedata.category(letter) in UNSEEN for letter in text)


def clean_text(text: str, *, field: str, most: int = 10_000) -> str:
    """Text of several lines. Raises BadText as `clean_name` does."""
    if CONTROL.search(text):
        raise BadText("Control characters cannot be stored here; type the text again.", field=field)
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > most:
        raise BadText(f"At most {most} characters, this has {len(text)}.", field=field)
    return text


def slug_of(name: str) -> str:
    """`Key visual, landscape` -> `key-visual-landscape`. Never holds `_`, so that delivery names parse back.

    A name without any Latin letter or digit gives the empty string; the caller numbers it.
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    return NOT_SLUG.sub("-", plain).strip("-")[:MAX_SLUG].strip("-")


def free_slug(wanted: str, taken: set[str], *, fallback: str) -> str:
    """`wanted`, or it with the first free number behind it."""
    base = wanted or fallback
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def check_slug(slug: str) -> str:
    """Raises BadText unless `slug` is small letters, digits and single hyphens."""
    if len(slug) > MAX_SLUG or not SLUG.fullmatch(slug):
        raise BadText("A slug has small letters, digits and single hyphens, nothing else.", field="slug")
    return slug

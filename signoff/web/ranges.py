"""What a request says about which bytes it wants, and whether it has them already (RFC 9110). Pure."""

import re
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime

ONE_RANGE = re.compile(r"bytes=\s*([0-9]*)-([0-9]*)\s*", re.IGNORECASE)
MOST_DIGITS, PAST_EVERY_END = 18, 10**18


class Unsatisfiable(Exception):
    """The range lies behind the end."""


def wanted(headers: Mapping[str, str], size: int, tag: str, changed_at: int) -> tuple[int, int] | None:
    """The bytes from a first one up to, not including, an end; None for all of them.

    What is not one range of bytes (several, nonsense) is no range at all, as the standard allows. Raises Unsatisfiable.
    """
    found = ONE_RANGE.fullmatch(headers.get("range", ""))
    if not found or found.group() == "bytes=-" or not _is_still(headers.get("if-range", ""), tag, changed_at):
        return None
    first, last = found.groups()
    if first and last and _number(last) < _number(first):
        return None
    start = _number(first) if first else max(size - _number(last), 0)
    if start >= size:
        raise Unsatisfiable
    return start, min(_number(last) + 1, size) if first and last else size


def is_known(headers: Mapping[str, str], tag: str, changed_at: int) -> bool:
    """The asker has this very content. A tag counts before a date."""
    tags = headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in tags.split(",")}
    since = _moment(headers.get("if-modified-since", ""))
    return since is not None and changed_at <= since


def http_date(moment: int) -> str:
    return formatdate(moment, usegmt=True)


def _is_still(condition: str, tag: str, changed_at: int) -> bool:
    """An If-Range holds for the very same content only; without one there is nothing to hold."""
    return condition in ("", tag, http_date(changed_at))


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= MOST_DIGITS else PAST_EVERY_END

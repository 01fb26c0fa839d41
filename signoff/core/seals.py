"""Short texts that only this installation can have written: signed addresses of files and uploads.

A seal mostly says until when it holds; within half of that time the same content gives the same text, so that
browsers can keep what they fetched by it.
"""

import time
from collections.abc import Sequence

from django.core.signing import BadSignature, Signer


class BrokenSeal(Exception):
    """Not ours, changed on the way, or over."""


def seal(purpose: str, content: Sequence[object], seconds: int) -> str:
    """`content` (plain JSON values) as a text for addresses; it holds for `seconds`, or up to half as long again."""
    half = max(seconds // 2, 1)
    until = (int(time.time()) // half + 3) * half
    return Signer(salt=f"signoff.{purpose}").sign_object([until, *content])


def unseal(purpose: str, text: str) -> list[object]:
    """What was sealed for this purpose. Raises BrokenSeal."""
    return opened(purpose, text)[0]


def seal_for_good(purpose: str, content: Sequence[object]) -> str:
    """The same without an end: whoever opens it asks a row whether it still holds."""
    return Signer(salt=f"signoff.{purpose}").sign_object(list(content))


def unseal_for_good(purpose: str, text: str) -> list[object]:
    """What `seal_for_good` sealed for this purpose. Raises BrokenSeal."""
    try:
        return list(Signer(salt=f"signoff.{purpose}").unsign_object(text))
    except (BadSignature, ValueError, TypeError, LookupError) as error:
        raise BrokenSeal from error


def opened(purpose: str, text: str) -> tuple[list[object], int]:
    """What was sealed for this purpose, and how many seconds the seal still holds. Raises BrokenSeal."""
    try:
        until, *content = Signer(salt=f"signoff.{purpose}").unsign_object(text)
        left = float(until) - time.time()
    except (BadSignature, ValueError, TypeError, LookupError) as error:
        raise BrokenSeal from error
    if left < 0:
        raise BrokenSeal
    return content, int(left)

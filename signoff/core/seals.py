"""Short texts that only this installation can have written: signed addresses of files and uploads.

A seal says until when it holds; within half of that time the same content gives the same text, so that
browsers can keep what they fetched by it.
"""

import time
from collections.abc import Sequence
from typing import Any

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
    try:
        opened: list[Any] = Signer(salt=f"signoff.{purpose}").unsign_object(text)
        until, content = int(opened[0]), opened[1:]
    except (BadSignature, ValueError, TypeError, IndexError) as error:
        raise BrokenSeal from error
    if until < time.time():
        raise BrokenSeal
    return content

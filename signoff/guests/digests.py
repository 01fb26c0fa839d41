"""Secrets of guests, and what is kept of them. Pure but for chance.

The token of a link and the cookie of a browser have 256 random bits each: guessing is hopeless at any speed, so a plain
SHA-256 is digest enough, and they are looked up by it. A code has a million values, which are quickly tried: its
digest needs the installation's key, and what holds guessing up are its tries. Each code is of one browser and one
address, ends after ten minutes, with its use, and with its fifth wrong try; an address is sent twenty a day at most,
over all links. So who can enter a link and does nothing but guess has a hundred tries a day against an address: one
chance in ten thousand, while its owner finds twenty letters in their box.
"""

import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

BYTES = 32
DIGITS = 6


def new_secret() -> str:
    return secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def digest_of_code(device_id: UUID, email: str, code: str) -> str:
    return salted_hmac("signoff.guest-code", f"{device_id}:{email}:{code}", algorithm="sha256").hexdigest()

"""Browsers in which somebody has signed in before: a sealed cookie of theirs says which accounts.

A stranger who tries passwords uses up the limits of their address and of the account, never those of a browser that
the right person has used; so nobody is locked out of an account by somebody else.
"""

import hashlib
import secrets
from dataclasses import dataclass

from signoff.core.seals import BrokenSeal, seal, unseal

PURPOSE = "device"
SECONDS = 365 * 24 * 3600
MOST = 8  # accounts that one browser is known for


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """A browser; `accounts` are digests of addresses. A new one knows nobody."""

    name: str
    accounts: tuple[str, ...] = ()

    def knows(self, email: str) -> bool:
        return _digest(email) in self.accounts

    def cookie_for(self, email: str) -> str:
        """What to keep in the browser now that this person has signed in."""
        account = _digest(email)
        others = [one for one in self.accounts if one != account]
        return seal(PURPOSE, [self.name, account, *others[: MOST - 1]], SECONDS)


def known_browser(cookie: str) -> KnownBrowser:
    """The browser whose cookie this is; a new one when it is none, or too old."""
    try:
        name, *accounts = map(str, unseal(PURPOSE, cookie))
    except (BrokenSeal, ValueError):
        return KnownBrowser(secrets.token_urlsafe(12))
    return KnownBrowser(name, tuple(accounts))


def _digest(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:24]

"""Where a person is signed in, for them to read."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from signoff.access.devices import Device, device_of
from signoff.accounts.models import User


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which somebody is signed in; `is_here` is the one that asks."""

    id: int
    device: Device
    address: str
    since: datetime
    seen_at: datetime
    is_here: bool


def sessions_of(user: User, here: str) -> list[SignedIn]:
    """The sessions of this person that work: that of the key `here`, then by when they were seen. Two queries."""
    rows = UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at", "-pk")
    working = _working(user, [row.session_key for row in rows])
    listed = [_shown(row, here) for row in rows if row.session_key in working]
    return sorted(listed, key=lambda one: not one.is_here)


def _working(user: User, keys: list[str]) -> set[str]:
    """Those that are not over, and whose password is still the person's."""
    present = user.get_session_auth_hash()
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=now())
    said = {row.session_key: str(row.get_decoded().get(HASH_SESSION_KEY, "")) for row in rows}
    return {key for key, hashed in said.items() if constant_time_compare(hashed, present)}


def _shown(row: UserSession, here: str) -> SignedIn:
    return SignedIn(
        id=row.pk,
        device=device_of(row.user_agent),
        address=row.ip,
        since=row.created_at,
        seen_at=row.last_seen_at,
        is_here=row.session_key == here,
    )

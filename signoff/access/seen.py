"""Writing down where and when a session was seen: steps, of the door that sees it."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.utils.timezone import now

MOST_AGENT = 200


def note_seen(user_id: UUID, session_key: str, address: str, user_agent: str) -> None:
    """One statement, whether the session was known or is new."""
    row = UserSession(
        user_id=user_id, session_key=session_key, ip=address, user_agent=user_agent[:MOST_AGENT], last_seen_at=now()
    )
    UserSession.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["user", "ip", "user_agent", "last_seen_at"],
    )


def renamed(before: str, session_key: str) -> None:
    """A session has another key and stays the same line in the list."""
    UserSession.objects.filter(session_key=before).update(session_key=session_key)

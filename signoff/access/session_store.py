"""Django's sessions in the database; the statement that reads one says also when it was last seen."""

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import OuterRef, Subquery
from django.utils.timezone import now


class SessionStore(DatabaseStore):
    """`last_seen_at` is None for a session that has not been read, or is new to `UserSession`."""

    last_seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Any:
        row = (
            Session.objects.annotate(seen_at=Subquery(SEEN))
            .filter(session_key=self.session_key, expire_date__gt=now())
            .first()
        )
        if row is None:
            self._session_key = None
            return None
        self.last_seen_at = row.seen_at
        return row


SEEN = UserSession.objects.filter(session_key=OuterRef("session_key")).values("last_seen_at")

"""Ending sessions: the steps. Whose a session is, and of which browser, allauth keeps in a row beside Django's."""

from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

ORGANIZATION = "organization"  # the session's keys: where the person looks,
SHUT = "shut"  # and where they may not look until they have signed in anew


def end_sessions(user_id: UUID, keep: str = "") -> int:
    """Sign a person out everywhere, but for the session of the key `keep`; returns how many sessions that were."""
    return end(UserSession.objects.filter(user_id=user_id).exclude(session_key=keep))


def end(rows: "QuerySet[UserSession]") -> int:
    """Sign out these sessions. A request that is under way in one of them cannot bring it back."""
    keys = list(rows.values_list("session_key", flat=True))
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return ended


def end_sessions_here(user_id: UUID, organization_id: UUID) -> int:
    """The same for one organisation of several that the person belongs to.

    What looks at this organisation is signed out. What looks at another one stays, because its admins have not
    been asked, but may not change over to this one: that needs signing in again.
    """
    keys = UserSession.objects.filter(user_id=user_id).values("session_key")
    ended = []
    for row in Session.objects.select_for_update().filter(session_key__in=keys):
        said = row.get_decoded()
        if said.get(ORGANIZATION, str(organization_id)) == str(organization_id):
            ended.append(row.session_key)
            continue
        said[SHUT] = sorted({*said.get(SHUT, []), str(organization_id)})
        Session.objects.filter(pk=row.pk).update(session_data=Session.objects.encode(said))
    return end(UserSession.objects.filter(session_key__in=ended))

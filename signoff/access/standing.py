"""Whether what a stream was opened with still stands: the session, the person, their role and client teams."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Ticket(NamedTuple):
    """Which session opened the stream, and as which member."""

    session_key: str
    membership_id: UUID


STANDING = """
SELECT t.session_key, t.membership_id, md5(concat_ws(' ', s.session_data, u.password, u.must_change_password, m.role,
  o.second_factor_roles, o.only_sso, ARRAY(
    SELECT teams.clientteam_id FROM accounts_membership_client_teams teams WHERE teams.membership_id = m.id ORDER BY 1
  )))
FROM unnest(%s::text[], %s::uuid[]) AS t (session_key, membership_id)
JOIN django_session s ON s.session_key = t.session_key AND s.expire_date > now()
JOIN accounts_membership m ON m.id = t.membership_id AND m.is_active
JOIN accounts_user u ON u.id = m.user_id AND u.is_active
JOIN accounts_organization o ON o.id = m.organization_id
"""


def standing_of(tickets: Sequence[Ticket]) -> dict[Ticket, str]:
    """A text for each that still holds; another text means that something about it has changed. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [[one.session_key for one in tickets], [one.membership_id for one in tickets]])
        return {Ticket(key, membership): standing for key, membership, standing in cursor.fetchall()}

"""Who is there, noticed by the signs of life of those who are: nobody else has to run. Steps; they ask nobody."""

from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.rooms.models import GONE, LEADERS, Attendance, ReviewSession, Role, Room
from signoff.rooms.people import here_now
from signoff.rooms.turns import Turn, take_turn

# Time in the room is summed with each sign, so that a crash costs no more than the last one.
SIGN = """
UPDATE rooms_attendance AS here SET is_following = %(follows)s, left_at = NULL, last_seen_at = clock_timestamp(),
  here_seconds = here_seconds + round(least(extract(epoch FROM clock_timestamp() - before.last_seen_at), %(gone)s))
FROM (SELECT id, is_following, left_at, coalesce(last_seen_at, clock_timestamp()) AS last_seen_at
      FROM rooms_attendance WHERE id = %(id)s FOR UPDATE) AS before
WHERE here.id = before.id
RETURNING before.left_at IS NOT NULL OR before.is_following <> %(follows)s
"""
LEAVE = """
UPDATE rooms_attendance SET left_at = last_seen_at WHERE session_id = %s AND joined_at IS NOT NULL
  AND left_at IS NULL AND last_seen_at < clock_timestamp() - make_interval(secs => %s) RETURNING user_id
"""


def house_of(session: ReviewSession) -> Actor:
    """Who notices what nobody does."""
    return Actor.system("Signoff", session.organization_id)


def give_sign(session: ReviewSession, actor: Actor, here: Attendance, *, follows: bool) -> None:
    """This person is there; others hear of it where that is new. Two statements, more where somebody is gone."""
    with connection.cursor() as cursor:
        cursor.execute(SIGN, {"id": here.pk, "follows": follows, "gone": GONE.total_seconds()})
        row = cursor.fetchone()
    if row and row[0]:
        take_turn(session.pk, actor, Turn("people", {"user": str(here.user_id), "follows": follows}))
    notice_gone(session)


def notice_gone(session: ReviewSession) -> None:
    """Those without a sign of life have left; who led is replaced."""
    with connection.cursor() as cursor:
        cursor.execute(LEAVE, [session.pk, GONE.total_seconds()])
        gone = [row[0] for row in cursor.fetchall()]
    for user_id in gone:
        take_turn(session.pk, house_of(session), Turn("people", {"user": str(user_id), "how": "lost"}))
    if gone:
        replace_lost(session, gone)


def replace_lost(session: ReviewSession, gone: list[UUID]) -> None:
    """If one of these led: the host leads, or a co-host who is there; or nobody, and what plays stands still.

    Asked of the room's row in the same statement, so of two who notice it one replaces.
    """
    lost = Room.objects.filter(session=session, driver__in=gone).values_list("driver", flat=True).first()
    if lost is None:
        return
    able = here_now(session).filter(role__in=LEADERS).exclude(user=lost)
    found = {one.role: one for one in able.order_by("-joined_at")}
    heir = found.get(Role.HOST) or found.get(Role.COHOST)
    data = {"from": str(lost), "to": str(heir.user_id) if heir else None}
    take_turn(session.pk, house_of(session), Turn("lost", data, lost=lost))


def walk_in(session: ReviewSession, actor: Actor, here: Attendance, *, is_let_in: bool) -> None:
    """`here`, locked, is in the room from now on, or before its door."""
    is_new = here.joined_at is None or here.left_at is not None or here.is_admitted != is_let_in
    here.is_admitted, here.left_at, here.last_seen_at = is_let_in, None, now()
    here.joined_at = here.joined_at or now()
    here.is_following = True
    here.save()
    if is_new:
        how = "joined" if is_let_in else "waits"
        take_turn(session.pk, actor, Turn("people", {"user": str(here.user_id), "how": how}))

"""Opening and ending a session, and the next one from what was left."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.rooms.agenda import locked_session, round_shown
from signoff.rooms.announce_session import announce_session
from signoff.rooms.errors import NothingLeft, NothingOnTheAgenda, SessionNotOpen
from signoff.rooms.models import Attendance, ReviewSession, Role, Room, SessionItem, SessionStatus
from signoff.rooms.people import person_acting
from signoff.rooms.shown import shown_times
from signoff.rooms.turns import Turn, clock_ms, take_turn

CARRIED = ("name", "description", "audience", "owner", "minutes_per_item", "is_frozen")


@transaction.atomic
def open_session(*, actor: Actor, session: ReviewSession) -> Room:
    """Open the room at the first item. Who opens it leads, as a co-host where somebody else is the host; who was
    invited is told. Opened already, it is the room there is.

    Raises NotAllowed, SessionConcluded, NothingOnTheAgenda.
    """
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = locked_session(session)
    if session.is_open:
        return session.room
    first = session.items.select_related("deliverable", "revision", "session").first()
    if first is None:
        raise NothingOnTheAgenda()
    session.status, session.opened_at = SessionStatus.OPEN, now()
    session.version += 1
    session.save()
    driver = person_acting(actor)
    room = Room.objects.create(session=session, driver=driver, state=first_state(first))
    if driver:
        _lead(session, driver)
    take_turn(room.pk, actor, Turn("open", {"item": str(first.pk)}))
    asked = session.attendances.filter(is_invited=True).values_list("user_id", flat=True)
    announce_session(Verb.SESSION_OPENED, actor, session, tell=list(asked))
    return Room.objects.get(pk=room.pk)


@transaction.atomic
def conclude_session(*, actor: Actor, session: ReviewSession) -> ReviewSession:
    """End it: nobody leads any more, and how long each item was shown is written down. Ended already, it stays so.

    Raises NotAllowed, SessionNotOpen.
    """
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = ReviewSession.objects.select_for_update().get(pk=session.pk)
    if session.status == SessionStatus.CONCLUDED:
        return session
    if not session.is_open:
        raise SessionNotOpen()
    session.status, session.concluded_at = SessionStatus.CONCLUDED, now()
    session.version += 1
    session.save()
    take_turn(session.pk, actor, Turn("conclude"))
    _write_times(session, session.concluded_at)
    session.attendances.filter(joined_at__isnull=False, left_at__isnull=True).update(left_at=session.concluded_at)
    announce_session(Verb.SESSION_CONCLUDED, actor, session)
    return session


@transaction.atomic
def start_remainder(*, actor: Actor, session: ReviewSession, starts_at: datetime | None = None) -> ReviewSession:
    """Plan the next session from the items that were not reached, with the same people. Done already, it is that one.

    Raises NotAllowed, SessionNotOpen, NothingLeft.
    """
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = ReviewSession.objects.select_for_update().get(pk=session.pk)
    if session.status != SessionStatus.CONCLUDED:
        raise SessionNotOpen("End this session first.")
    known = ReviewSession.objects.filter(follows=session).first()
    if known:
        return known
    left = list(session.items.filter(shown_at__isnull=True))
    if not left:
        raise NothingLeft()
    carried = {name: getattr(session, name) for name in CARRIED}
    following = ReviewSession.objects.create(
        organization_id=session.organization_id, follows=session, starts_at=starts_at, **carried
    )
    _carry(session, following, left)
    announce_session(Verb.SESSION_ADDED, actor, following)
    return following


def first_state(item: SessionItem) -> dict[str, Any]:
    """What the room shows before anybody has done anything."""
    revision = round_shown(item)
    shown: dict[str, Any] = {"item": str(item.pk), "revision": str(revision.pk) if revision else None, "file": None}
    begun: dict[str, Any] = {"frame": 0, "playing": False, "rate": 1.0, "page": 1, "view": None, "compare": None}
    return {**shown, **begun, "marks": True, "at": clock_ms()}


def _lead(session: ReviewSession, driver: User) -> None:
    """Whoever opens it is in the room and may lead. A host stays the host."""
    here, is_new = Attendance.objects.get_or_create(session=session, user=driver, defaults={"role": Role.COHOST})
    if not session.attendances.filter(role=Role.HOST).exists():
        here.role = Role.HOST
    elif here.role == Role.VIEWER:
        here.role = Role.COHOST
    here.is_admitted = True
    here.save()


def _write_times(session: ReviewSession, end: datetime) -> None:
    times = shown_times(session.minutes.filter(kind__in=("open", "show")).order_by("seq"), end)
    items = [item for item in session.items.all() if str(item.pk) in times]
    for item in items:
        item.shown_at, item.shown_seconds = times[str(item.pk)]
    SessionItem.objects.bulk_update(items, ["shown_at", "shown_seconds"])


def _carry(session: ReviewSession, following: ReviewSession, left: list[SessionItem]) -> None:
    rows = [
        SessionItem(
            session=following,
            deliverable_id=item.deliverable_id,
            revision_id=item.revision_id,
            position=place,
            reason=item.reason,
            speaker_notes=item.speaker_notes,
        )
        for place, item in enumerate(left, 1)
    ]
    SessionItem.objects.bulk_create(rows)
    people = session.attendances.filter(is_invited=True)
    Attendance.objects.bulk_create(
        Attendance(session=following, user_id=one.user_id, role=one.role, is_invited=True) for one in people
    )

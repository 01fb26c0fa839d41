"""Who comes to a session: invited, walking in and out, let in, made a co-host."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.models import Membership, User
from signoff.accounts.models import Role as MemberRole
from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotFound
from signoff.rooms.agenda import locked_session
from signoff.rooms.announce_session import announce_session
from signoff.rooms.errors import NotHere, NotLeading, SessionNotOpen
from signoff.rooms.models import Attendance, ReviewSession, Role
from signoff.rooms.people import admitted, attendance_of, is_let_in, require_person
from signoff.rooms.presence import give_sign, replace_lost, walk_in
from signoff.rooms.turns import Turn, take_turn


@transaction.atomic
def invite_people(
    *, actor: Actor, session: ReviewSession, people: Sequence[User], role: str = Role.VIEWER
) -> list[Attendance]:
    """Ask people to come, as viewers or co-hosts; it is told to those who were not asked before. Clients are asked to
    sessions for clients only, and never lead by invitation.

    Raises NotAllowed, SessionConcluded, NotFound, Invalid.
    """
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = locked_session(session)
    if role not in (Role.VIEWER, Role.COHOST):
        raise Invalid("A session has one host: its owner.", field="role")
    known = {one.user_id: one for one in session.attendances.all()}
    fresh = [person for person in _members(actor, session, people, role) if person.pk not in known]
    for person in people:
        if person.pk in known:
            _change(known[person.pk], role)
    Attendance.objects.bulk_create(
        Attendance(session=session, user=person, role=role, is_invited=True) for person in fresh
    )
    if session.is_open:
        take_turn(session.pk, actor, Turn("people", {"how": "invited"}))
    names = ", ".join(str(person) for person in fresh)[:500]
    announce_session(
        Verb.SESSION_CHANGED, actor, session, changes={"people": (None, names)}, tell=[one.pk for one in fresh]
    )
    return list(session.attendances.filter(user__in=people))


@transaction.atomic
def uninvite_person(*, actor: Actor, attendance: Attendance) -> None:
    """Take somebody off the list who has not come yet. Raises NotAllowed, SessionConcluded, Invalid."""
    require(actor, Permission.HOLD_SESSION, attendance.session.organization_id)
    session = locked_session(attendance.session)
    row = session.attendances.filter(pk=attendance.pk).first()
    if row is None:
        return
    if row.role == Role.HOST or row.joined_at:
        raise Invalid("The host, and who was there, stay on the list.", field="person")
    row.delete()
    announce_session(Verb.SESSION_CHANGED, actor, session, changes={"people": (str(row.user), None)})


@transaction.atomic
def join_room(*, actor: Actor, session: ReviewSession) -> Attendance:
    """Come in, or into the waiting room. Where nobody leads, who may lead does. Twice is once.

    Raises NotAllowed, LookingAsSomebodyElse, SessionNotOpen.
    """
    require_person(actor, session)
    if not ReviewSession.objects.select_for_update(no_key=True).get(pk=session.pk).is_open:
        raise SessionNotOpen()
    here, _ = Attendance.objects.get_or_create(session=session, user=User.objects.get(pk__in=[actor.user_id]))
    walk_in(session, actor, here, is_let_in=is_let_in(actor, here))
    if here.is_admitted and here.leads and session.room.driver_id is None:
        take_turn(session.pk, actor, Turn("take", {"to": str(here.user_id)}, leads=True))
    return here


@transaction.atomic
def leave_room(*, actor: Actor, session: ReviewSession) -> None:
    """Go; who led hands over to whoever can. Gone already, nothing happens. Raises NotAllowed."""
    require_person(actor, session)
    mine = session.attendances.filter(user=actor.user_id, joined_at__isnull=False, left_at__isnull=True)
    if mine.update(left_at=now()):
        take_turn(session.pk, actor, Turn("people", {"user": str(actor.user_id), "how": "left"}))
        replace_lost(session, [one for one in [actor.user_id] if one])


@transaction.atomic
def stay_in_room(*, actor: Actor, session: ReviewSession, follows: bool = True) -> Attendance:
    """A sign of life, every five seconds; whoever has given none for twenty is gone.

    Raises NotAllowed, SessionNotOpen, NotHere.
    """
    require_person(actor, session)
    here = attendance_of(actor, session)
    if here is None or here.joined_at is None:
        raise NotHere("Join first.")
    if not ReviewSession.objects.get(pk=session.pk).is_open:
        raise SessionNotOpen()
    give_sign(session, actor, here, follows=follows)
    return here


@transaction.atomic
def admit_person(*, actor: Actor, attendance: Attendance) -> Attendance:
    """Let somebody in who waits. Host and co-hosts do. Let in already, nothing happens. Raises NotLeading."""
    require_person(actor, attendance.session)
    session = attendance.session
    _check_leads(actor, session)
    if session.attendances.filter(pk=attendance.pk, is_admitted=False).update(is_admitted=True):
        take_turn(session.pk, actor, Turn("people", {"user": str(attendance.user_id), "how": "let_in"}))
    attendance.refresh_from_db()
    return attendance


@transaction.atomic
def set_room_role(*, actor: Actor, attendance: Attendance, role: str) -> Attendance:
    """Make somebody of the house a co-host, or a viewer again. Host and co-hosts do, and who holds sessions.

    Raises NotLeading, NotFound, Invalid.
    """
    require_person(actor, attendance.session)
    session = attendance.session
    _check_leads(actor, session)
    if role not in (Role.VIEWER, Role.COHOST) or attendance.role == Role.HOST:
        raise Invalid("A session has one host: its owner.", field="role")
    _members(actor, session, [attendance.user], role)
    if session.attendances.filter(pk=attendance.pk).exclude(role=role).update(role=role):
        take_turn(session.pk, actor, Turn("people", {"user": str(attendance.user_id), "how": role}))
    attendance.refresh_from_db()
    return attendance


def _check_leads(actor: Actor, session: ReviewSession) -> None:
    if not admitted(actor, session).leads:
        raise NotLeading("Host and co-hosts do that.")


def _members(actor: Actor, session: ReviewSession, people: Sequence[User], role: str) -> list[User]:
    """The same people, where they are members whom this session and role are open to. Raises NotFound, Invalid."""
    rows = Membership.objects.visible_to(actor).people().filter(user__in=people).select_related("user")
    found = {one.user_id: one for one in rows}
    for person in people:
        member = found.get(person.pk)
        if member is None:
            raise NotFound()
        if member.role == MemberRole.CLIENT_VIEWER and (role != Role.VIEWER or not session.is_for_clients):
            raise Invalid("Clients come to sessions for the client, as viewers.", field="people")
    return [found[person.pk].user for person in people]


def _change(row: Attendance, role: str) -> None:
    row.is_invited = True
    if row.role != Role.HOST:
        row.role = role
    row.save()

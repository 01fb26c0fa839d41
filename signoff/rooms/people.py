"""Who is in a room, and as what. Steps; they ask nobody's permission."""

from django.db.models import Q
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.accounts.policy import Permission, holds, require_hands
from signoff.core.actor import Actor, ActorKind
from signoff.core.errors import NotAllowed
from signoff.rooms.errors import StillWaiting
from signoff.rooms.models import GONE, LEADERS, Attendance, AttendanceQuerySet, ReviewSession, is_held


def person_acting(actor: Actor) -> User | None:
    """The person, where it is one: keys and the system plan and open sessions, but lead none."""
    is_person = actor.kind is ActorKind.USER and actor.user_id is not None
    return User.objects.filter(pk__in=[actor.user_id]).first() if is_person else None


def require_person(actor: Actor, session: ReviewSession) -> None:
    """The first line of what is done in a room: only people are in one. Raises NotAllowed, LookingAsSomebodyElse."""
    require_hands(actor, session.organization_id)
    if actor.kind is not ActorKind.USER or actor.user_id is None:
        raise NotAllowed()


def attendance_of(actor: Actor, session: ReviewSession) -> Attendance | None:
    return session.attendances.filter(user=actor.user_id).first() if actor.user_id else None


def may_lead(actor: Actor, session: ReviewSession) -> bool:
    """Is that the session's host or one of its co-hosts? They read the speaker notes."""
    if is_held(actor) or not holds(actor, Permission.VIEW, session.organization_id) or actor.user_id is None:
        return False
    return session.attendances.filter(user=actor.user_id, role__in=LEADERS).exists()


def admitted(actor: Actor, session: ReviewSession) -> Attendance:
    """This person's place in the room. Raises StillWaiting where they have none, or are not let in yet."""
    here = attendance_of(actor, session)
    if here is None or not here.is_admitted:
        raise StillWaiting()
    return here


def is_let_in(actor: Actor, known: Attendance | None) -> bool:
    """The house walks in, and so does who is invited by name; other clients wait until somebody lets them in."""
    return not is_held(actor) or (known is not None and (known.is_invited or known.is_admitted))


def here_now(session: ReviewSession) -> AttendanceQuerySet:
    """Those who are in the room at this moment."""
    return session.attendances.filter(is_present(), is_admitted=True)


def is_present() -> Q:
    return Q(left_at__isnull=True, last_seen_at__gt=now() - GONE)

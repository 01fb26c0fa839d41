"""Signing out elsewhere, and somebody else everywhere."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from signoff.access.own import lock_own, record_own
from signoff.accounts.actors import is_elsewhere
from signoff.accounts.errors import NotAPerson
from signoff.accounts.models import Membership, User
from signoff.accounts.policy import Permission, require
from signoff.accounts.sessions import end, end_sessions, end_sessions_here
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotFound


@transaction.atomic
def end_session(*, actor: Actor, user: User, session_id: int) -> int:
    """End one session of one's own, wherever it is. Raises NotFound for somebody else's."""
    user = lock_own(actor, user)
    mine = UserSession.objects.filter(user_id=user.pk, pk=session_id)
    if not mine.exists():
        raise NotFound
    ended = end(mine)
    record_own(Verb.SESSIONS_ENDED, actor, user, sessions=ended)
    return ended


@transaction.atomic
def end_other_sessions(*, actor: Actor, user: User, session_key: str) -> int:
    """End all sessions of one's own but this one; returns how many."""
    user = lock_own(actor, user)
    ended = end_sessions(user.pk, keep=session_key)
    if ended:
        record_own(Verb.SESSIONS_ENDED, actor, user, sessions=ended)
    return ended


@transaction.atomic
def sign_out_everywhere(*, actor: Actor, membership: Membership) -> int:
    """Sign a member out; returns how many sessions ended. Raises NotAPerson.

    Who belongs to another organisation too is signed out of this one only: see `end_sessions_here`.
    """
    require(actor, Permission.MANAGE_PEOPLE, membership.organization_id)
    user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    if user.is_service:
        raise NotAPerson
    if is_elsewhere(membership):
        ended = end_sessions_here(user.pk, membership.organization_id)
    else:
        ended = end_sessions(user.pk)
    happening = Happening(Verb.SESSIONS_ENDED, user, data={"sessions": ended})
    record(happening, actor=actor, organization_id=membership.organization_id)
    return ended

"""Saying what happened to a session: which verb, and who must know."""

from collections.abc import Iterable
from uuid import UUID

from signoff.activity.announce import announce
from signoff.audit.record import Changes
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.notifications.models import Notification
from signoff.rooms.models import ReviewSession


def announce_session(
    verb: Verb, actor: Actor, session: ReviewSession, *, changes: Changes | None = None, tell: Iterable[UUID] = ()
) -> None:
    """It belongs to no single project, so it is told to the organisation's pages."""
    announce(
        verb,
        actor=actor,
        subject=session,
        organization_id=session.organization_id,
        changes=changes,
        data={"is_internal": not session.is_for_clients},
        tell=dict.fromkeys(tell, Notification.Reason.INVITED),
    )

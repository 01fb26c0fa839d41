"""Closing somebody's access to an organisation. Steps; no permission is asked here."""

from signoff.accounts.actors import is_elsewhere
from signoff.accounts.errors import LastAdmin, NotYourself
from signoff.accounts.members import is_only_admin
from signoff.accounts.models import Membership
from signoff.accounts.sessions import end_sessions
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import set_fields


def close_access(actor: Actor, membership: Membership) -> list[Happening]:
    """Close it; returns what happened, nothing for who was closed already. Raises NotYourself, LastAdmin.

    Who belongs nowhere else is signed out everywhere; who does, stays signed in there. The caller has the
    organisation or the membership locked.
    """
    if membership.user_id == actor.user_id:
        raise NotYourself()
    check_other_admin(membership)
    change = set_fields(membership, {"is_active": False})
    if not change:
        return []
    membership.save(update_fields=["is_active", "updated_at"])
    if not is_elsewhere(membership):
        end_sessions(membership.user_id)
    return [Happening(Verb.MEMBER_CHANGED, membership, changes=change.values)]


def check_other_admin(membership: Membership) -> None:
    """Raises LastAdmin for the only one there is."""
    if is_only_admin(membership):
        raise LastAdmin(field="role")

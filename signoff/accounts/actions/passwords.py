"""Passwords: one's own, and the one-time password that an admin hands to somebody."""

from django.db import transaction

from signoff.accounts.actors import is_elsewhere
from signoff.accounts.errors import AccessClosed, BelongsElsewhere, NotAPerson
from signoff.accounts.everywhere import record_everywhere
from signoff.accounts.models import Membership, User
from signoff.accounts.passwords import one_time_password
from signoff.accounts.policy import Permission, require, require_hands
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """Give the acting person a new password, already checked against the rules; the first-password duty ends.

    Raises NotAllowed for anybody else's. Other sessions of the person end, because their hash changes.
    """
    require_hands(actor)
    if user.pk != actor.user_id or actor.organization_id is None:
        raise NotAllowed
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record_everywhere(Verb.PASSWORD_CHANGED, user)


@transaction.atomic
def reset_password(*, actor: Actor, membership: Membership) -> str:
    """Give a member a one-time password and return it; it is kept nowhere. Their sessions end.

    Raises NotAPerson, AccessClosed, or BelongsElsewhere: an admin of one organisation must not
    get into another one through a person who belongs to both.
    """
    require(actor, Permission.MANAGE_PEOPLE, membership.organization_id)
    user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    if user.is_service:
        raise NotAPerson()
    if not membership.is_active:
        raise AccessClosed()
    if is_elsewhere(membership):
        raise BelongsElsewhere()
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    happening = Happening(Verb.PASSWORD_CHANGED, user, data={"one_time": True})
    record(happening, actor=actor, organization_id=membership.organization_id)
    return password

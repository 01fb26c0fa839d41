"""What people do with their own account. Accounts lie below `activity`: they write their events themselves."""

from django.db import transaction

from signoff.accounts.models import User
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotAllowed

PREFERENCES = {"theme": {"light", "dark", "system"}, "sidebar": {"wide", "rail"}}


class NoSuchPreference(Invalid):
    code = "no_such_preference"
    message = "There is no such choice."


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """Give the acting person a new password, already checked against the rules; the first-password duty ends.

    Raises NotAllowed for anybody else's. Other sessions of the person end, because their hash changes.
    """
    require(actor, Permission.VIEW)
    if user.pk != actor.user_id or actor.organization_id is None:
        raise NotAllowed
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(Happening(Verb.PASSWORD_CHANGED, user), actor=actor, organization_id=actor.organization_id)


@transaction.atomic
def set_preferences(*, actor: Actor, user: User, **wanted: str) -> None:
    """Remember how this person likes the pages. Nobody else's business, so no event is written.

    Raises NoSuchPreference, and changes nothing then.
    """
    require(actor, Permission.VIEW)
    if user.pk != actor.user_id:
        raise NotAllowed
    if not wanted or any(value not in PREFERENCES.get(name, ()) for name, value in wanted.items()):
        raise NoSuchPreference
    row = User.objects.select_for_update().get(pk=user.pk)
    user.preferences = {**row.preferences, **wanted}
    user.save(update_fields=["preferences"])

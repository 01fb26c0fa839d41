"""How a person likes the pages."""

from collections.abc import Mapping

from django.db import transaction

from signoff.accounts.errors import NoSuchPreference
from signoff.accounts.models import User
from signoff.accounts.policy import require_hands
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed

PREFERENCES = {
    "theme": {"light", "dark", "system"},
    "sidebar": {"wide", "rail"},
    "files": {"gallery", "list"},
    "room": {"light", "dark"},
}


@transaction.atomic
def set_preferences(*, actor: Actor, user: User, wanted: Mapping[str, str]) -> None:
    """Remember how this person likes the pages. Nobody else's business, so no event is written.

    Raises NoSuchPreference, and changes nothing then.
    """
    require_hands(actor)
    if user.pk != actor.user_id:
        raise NotAllowed
    if not wanted or any(value not in PREFERENCES.get(name, ()) for name, value in wanted.items()):
        raise NoSuchPreference
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    user.preferences = {**row.preferences, **wanted}
    user.save(update_fields=["preferences"])

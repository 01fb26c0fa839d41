"""What only the person themselves may do: not an admin, not a key, not the system."""

from signoff.accounts.models import User
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.errors import NotAllowed


def lock_own(actor: Actor, user: User) -> User:
    """The row of the acting person, locked. Raises NotAllowed for anybody else's."""
    require(actor, Permission.VIEW)
    if actor.kind is not ActorKind.USER or user.pk != actor.user_id or actor.organization_id is None:
        raise NotAllowed
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def record_own(verb: Verb, actor: Actor, user: User, **data: object) -> None:
    """Write the event into the organisation that the person looks at."""
    assert actor.organization_id is not None
    record(Happening(verb, user, data=data), actor=actor, organization_id=actor.organization_id)

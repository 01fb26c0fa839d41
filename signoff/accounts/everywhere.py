"""Events about a person's account, which is one, in every organisation that they are active in."""

from collections.abc import Mapping

from signoff.accounts.models import Membership, User
from signoff.audit.models import Event
from signoff.audit.record import Happening, event_of
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.ids import new_id


def record_everywhere(verb: Verb, user: User, data: Mapping[str, object] | None = None) -> list[Event]:
    """Write what this person did with their own account, once an organisation, as one act."""
    active = Membership.objects.filter(user=user, is_active=True)
    happening, act = Happening(verb, user, data=data or {}), new_id()
    events = [event_of(happening, _themselves(user, one), one.organization_id, act) for one in active.order_by("pk")]
    return Event.objects.bulk_create(events)


def _themselves(user: User, membership: Membership) -> Actor:
    return Actor(ActorKind.USER, str(user), membership.organization_id, user.pk, membership.role)

"""What admins do with the record: take it with them."""

from collections.abc import Iterator, Mapping

from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, require
from signoff.activity.trail import Entry, Wanted, whole_trail
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.origin import Origin


def export_audit(
    *, actor: Actor, organization: Organization, wanted: Wanted, asked: Mapping[str, str], origin: Origin
) -> Iterator[Entry]:
    """All that the list finds, newest first, read while it is sent. That it was taken is written down first.

    `asked` is the filter as the event says it.
    """
    require(actor, Permission.READ_AUDIT, organization.pk)
    data = {"what": "audit", "filter": dict(asked), **origin.data}
    event = record(Happening(Verb.EXPORT_MADE, organization, data=data), actor=actor, organization_id=organization.pk)
    return whole_trail(actor, wanted, until=event.pk)

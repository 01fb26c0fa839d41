"""Writing down that somebody was not let in, for those who wonder why."""

from django.db import transaction

from signoff.access.claims import Identity
from signoff.accounts.models import Organization
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError


@transaction.atomic
def note_refusal(actor: Actor, identity: Identity, refusal: SignoffError) -> None:
    """In the organisation that the provider speaks for; where it speaks for several, in those of the address."""
    data = {"provider": identity.provider.key, "email": identity.email, "reason": refusal.code}
    for house in _concerned(identity):
        happening = Happening(Verb.SIGN_IN_FAILED, house, data=data)
        record(happening, actor=actor, organization_id=house.pk)


def _concerned(identity: Identity) -> list[Organization]:
    slug = identity.provider.organization
    houses = list(Organization.objects.filter(slug=slug) if slug else Organization.objects.order_by("id"))
    return houses if len(houses) == 1 else [house for house in houses if identity.domain in house.domains]

"""Letting somebody in whom a provider has sent. The rules are in `admission`; here they happen."""

from django.db import transaction

from signoff.access.admission import Admission, Why, admission
from signoff.access.claims import Identity
from signoff.access.enter import Memory, enter
from signoff.access.errors import AccessIsClosed, NotInvited
from signoff.access.facts import Knock, knocks_of
from signoff.access.identities import keep_identity, lock_identity
from signoff.access.refusals import note_refusal
from signoff.accounts.actors import memberships_of
from signoff.accounts.models import User
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.constraints import refused_as
from signoff.core.errors import NotAllowed

Decided = list[tuple[Knock, Admission]]
TAKEN = {"one_person_per_address": NotInvited()}


def admit(*, actor: Actor, identity: Identity) -> User:
    """Who is to be signed in. A new person comes with a membership, or does not come at all; members follow
    their groups. Only the house itself may: somebody must have checked who knocks.

    Raises NotInvited or AccessIsClosed, with nothing left behind but an event that says so.
    """
    if not actor.is_system:
        raise NotAllowed
    try:
        return _admit(actor, identity)
    except (NotInvited, AccessIsClosed) as refusal:
        note_refusal(actor, identity, refusal)
        raise


@transaction.atomic
def _admit(actor: Actor, identity: Identity) -> User:
    row = lock_identity(identity)
    known = row.user if row else None
    if known and (known.is_service or not known.is_active):
        raise AccessIsClosed()
    decided = [(knock, admission(knock.facts, identity)) for knock in knocks_of(identity, row)]
    entering = [(knock, verdict) for knock, verdict in decided if verdict.is_open]
    if not entering:
        _check_elsewhere(known, decided)
    user, memory = known or _new_person(identity), Memory.of(row)
    for knock, verdict in entering:
        enter(actor, user, knock, verdict, memory)
    keep_identity(identity, user, row, memory.kept)
    if row is None:
        _say_linked(actor, identity, user, entering)
    return user


def _check_elsewhere(known: User | None, decided: Decided) -> None:
    """Somebody may be a member of organisations that the provider does not speak for, and have connected it."""
    if known is None or not memberships_of(known).exists():
        raise AccessIsClosed() if any(verdict.why is Why.CLOSED for _, verdict in decided) else NotInvited()


def _new_person(identity: Identity) -> User:
    """Never one who is here already: an address opens nobody's account, they connect it when they are signed in."""
    with refused_as(TAKEN):
        return User.objects.create_user(identity.email, None, name=identity.name or identity.email.partition("@")[0])


def _say_linked(actor: Actor, identity: Identity, user: User, entering: Decided) -> None:
    data = {"provider": identity.provider.key, "email": identity.email}
    for knock, _ in entering:
        record(Happening(Verb.IDENTITY_LINKED, user, data=data), actor=actor, organization_id=knock.organization.pk)

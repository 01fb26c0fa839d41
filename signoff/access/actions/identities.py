"""Connecting an account at a provider with one's own here, and taking it off."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from signoff.access.claims import Identity
from signoff.access.errors import IdentityTaken, LastWayIn
from signoff.access.identities import identities_of, keep_identity, lock_identity
from signoff.accounts.actors import memberships_of
from signoff.accounts.models import User
from signoff.accounts.policy import require_hands
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed, NotFound


@transaction.atomic
def link_identity(*, actor: Actor, user: User, identity: Identity) -> None:
    """From now on this account lets the acting person in. Twice is once.

    Raises NotAllowed for somebody else's account, or when the provider speaks for no organisation of theirs (it could
    let itself in); IdentityTaken when it is another person's.
    """
    _require_own(actor, user)
    slugs = memberships_of(user).values_list("organization__slug", flat=True)
    if not any(identity.provider.serves(slug) for slug in slugs):
        raise NotAllowed(f"{identity.provider.name} is not the single sign-on of an organisation of yours.")
    row = lock_identity(identity)
    if row and row.user_id != user.pk:
        raise IdentityTaken()
    keep_identity(identity, user, row)
    if row is None:
        _say(Verb.IDENTITY_LINKED, actor, user, identity.provider.key, identity.email)


@transaction.atomic
def unlink_identity(*, actor: Actor, user: User, identity_id: int) -> None:
    """It lets nobody in any more. Raises NotFound for anything but one's own; LastWayIn."""
    _require_own(actor, user)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    mine = identities_of(user)
    row: SocialAccount | None = next((one for one in mine if one.pk == identity_id), None)
    if row is None:
        raise NotFound()
    if len(mine) == 1 and not _may_use_password(user):
        raise LastWayIn()
    row.delete()
    _say(Verb.IDENTITY_UNLINKED, actor, user, row.provider, row.extra_data.get("email", ""))


def _require_own(actor: Actor, user: User) -> None:
    require_hands(actor)
    if user.pk != actor.user_id:
        raise NotAllowed


def _may_use_password(user: User) -> bool:
    return user.has_usable_password() and memberships_of(user).filter(organization__only_sso=False).exists()


def _say(verb: Verb, actor: Actor, user: User, provider: str, email: str) -> None:
    assert actor.organization_id is not None
    happening = Happening(verb, user, data={"provider": provider, "email": email})
    record(happening, actor=actor, organization_id=actor.organization_id)

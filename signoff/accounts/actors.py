"""From a row to an Actor: the only places where one is made for a person or a key."""

from uuid import UUID

from django.db.models import Q
from django.utils.timezone import now

from signoff.accounts.keys import digest_of
from signoff.accounts.models import ApiKey, Membership, MembershipQuerySet, Organization, Role, User
from signoff.core.actor import Actor, ActorKind


def actor_of_member(membership: Membership) -> Actor:
    """The person of this membership, acting in its organisation; one query, for client teams."""
    return Actor(
        kind=ActorKind.USER,
        label=str(membership.user),
        organization_id=membership.organization_id,
        user_id=membership.user_id,
        role=membership.role,
        team_ids=_teams(membership) if membership.role == Role.CLIENT_VIEWER else (),
    )


def membership_of(user: User, organization_id: str | None = None) -> Membership | None:
    """The membership to act under: in the named organisation, else in the one joined first."""
    mine = memberships_of(user).select_related("user")
    wanted = Q(organization_id=organization_id) if organization_id else Q()
    return mine.filter(wanted).order_by("id").first() or mine.order_by("id").first()


def actor_of_key(secret: str) -> Actor | None:
    """The actor that an API key stands for; None when it is unknown, revoked or expired. One query."""
    key = (
        ApiKey.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now()),
            digest=digest_of(secret),
            revoked_at__isnull=True,
            membership__is_active=True,
            membership__user__is_active=True,
        )
        .select_related("membership")
        .first()
    )
    if key is None:
        return None
    _note_use(key)
    return Actor(
        kind=ActorKind.API_KEY,
        label=key.name,
        organization_id=key.membership.organization_id,
        user_id=key.membership.user_id,
        role=key.membership.role,
        scopes=frozenset(key.scopes),
    )


def _note_use(key: ApiKey) -> None:
    """The day of the last use, written once a day: a write per request would cost more than it tells."""
    today = now().date()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)


def _teams(membership: Membership) -> tuple[UUID, ...]:
    return tuple(membership.client_teams.order_by("id").values_list("id", flat=True))


def memberships_of(user: User) -> MembershipQuerySet:
    """Everything this person is, in every organisation: what to choose from, and whose it is alone."""
    return Membership.objects.filter(user=user, is_active=True).select_related("organization")


def only_house() -> Organization | None:
    """The organisation, where there is but one: its name and colours may stand on the sign-in page."""
    houses = list(Organization.objects.order_by("id")[:2])
    return houses[0] if len(houses) == 1 else None

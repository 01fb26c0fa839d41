"""From a row to an Actor: the only places where one is made for a person or a key."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import now

from signoff.accounts.keys import digest_of
from signoff.accounts.models import ApiKey, Membership, MembershipQuerySet, Organization, Role, User
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.origin import Origin

KEY = """
SELECT k.id, k.name, k.scopes, k.last_used_on, m.organization_id, m.user_id, m.role,
       ARRAY(SELECT t.clientteam_id FROM accounts_membership_client_teams t WHERE t.membership_id = m.id ORDER BY 1)
FROM accounts_apikey k JOIN accounts_membership m ON m.id = k.membership_id JOIN accounts_user u ON u.id = m.user_id
WHERE k.digest = %s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
  AND m.is_active AND u.is_active
"""


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


def actor_of_key(secret: str, origin: Origin | None = None) -> Actor | None:
    """The actor that an API key stands for; None when it is unknown, revoked or expired. One query.

    Written as SQL because every request of every integration begins with it. The key is looked up by its digest:
    how long that takes says nothing about keys that there are, since nobody can steer what a digest begins with.
    """
    with connection.cursor() as cursor:
        cursor.execute(KEY, [digest_of(secret)])
        row = cursor.fetchone()
    if row is None:
        return None
    key_id, name, scopes, used_on, organization_id, user_id, role, teams = row
    actor = Actor(
        kind=ActorKind.API_KEY,
        label=name,
        organization_id=organization_id,
        user_id=user_id,
        role=role,
        team_ids=tuple(teams),
        scopes=frozenset(scopes),
    )
    if used_on != now().date():
        _note_use(key_id, actor, origin or Origin())
    return actor


@transaction.atomic
def _note_use(key_id: UUID, actor: Actor, origin: Origin) -> None:
    """The first use of a day, and where it came from: a write per request would cost more than it tells."""
    today, mine = now().date(), ApiKey.objects.filter(pk=key_id)
    if actor.organization_id and mine.exclude(last_used_on=today).update(last_used_on=today):
        key = mine.get()
        happening = Happening(Verb.API_KEY_USED, key, data={"prefix": key.prefix, **origin.data})
        record(happening, actor=actor, organization_id=actor.organization_id)


def _teams(membership: Membership) -> tuple[UUID, ...]:
    return tuple(membership.client_teams.order_by("id").values_list("id", flat=True))


def memberships_of(user: User) -> MembershipQuerySet:
    """Everything this person is, in every organisation: what to choose from, and whose it is alone."""
    return Membership.objects.filter(user=user, is_active=True).select_related("organization")


def only_house() -> Organization | None:
    """The organisation, where there is but one: its name and colours may stand on the sign-in page."""
    houses = list(Organization.objects.order_by("id")[:2])
    return houses[0] if len(houses) == 1 else None

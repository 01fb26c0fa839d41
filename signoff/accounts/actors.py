"""From a row to an Actor: the only places where one is made for a person or a key."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.timezone import now

from signoff.accounts.entrance import enterable
from signoff.accounts.errors import NoMembership, OnlyBySso
from signoff.accounts.keys import digest_of
from signoff.accounts.models import (
    ApiKey,
    ClientTeam,
    ClientTeamQuerySet,
    Membership,
    MembershipQuerySet,
    Organization,
    Role,
    User,
)
from signoff.accounts.sessions import ORGANIZATION
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.origin import Origin

FACTORS = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
)  # recovery codes only stand in for these
KEY = """
SELECT k.id, k.name, k.scopes, k.last_used_on, m.organization_id, m.user_id, m.role,
       ARRAY(SELECT t.clientteam_id FROM accounts_membership_client_teams t WHERE t.membership_id = m.id ORDER BY 1),
       CASE WHEN m.role = 'client_viewer' AND o.hides_names THEN o.name ELSE '' END
FROM accounts_apikey k JOIN accounts_membership m ON m.id = k.membership_id JOIN accounts_user u ON u.id = m.user_id
JOIN accounts_organization o ON o.id = m.organization_id
WHERE k.digest = %s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
  AND m.is_active AND u.is_active
"""


PEOPLE_OF_TEAM = ArrayAgg("members__user_id", filter=Q(members__role=Role.CLIENT_VIEWER), default=Value([]))


def actor_of_member(membership: Membership) -> Actor:
    """The person of this membership, acting in its organisation; one query for a client viewer's teams."""
    here = membership.organization_id
    if membership.role != Role.CLIENT_VIEWER:
        return Actor(ActorKind.USER, str(membership.user), here, membership.user_id, membership.role)
    own = Membership.client_teams.through.objects.filter(membership=membership).values("clientteam_id")
    return viewer_of(membership, ClientTeam.objects.filter(pk__in=own))


def viewer_of(membership: Membership, teams: ClientTeamQuerySet) -> Actor:
    """A client viewer of these teams; and whose names they read, where the house hides its people's. One query."""
    organization = membership.organization
    found = teams.order_by("id").values_list("id")
    rows = list(found.annotate(people=PEOPLE_OF_TEAM) if organization.hides_names else found)
    return Actor(
        kind=ActorKind.USER,
        label=str(membership.user),
        organization_id=organization.pk,
        user_id=membership.user_id,
        role=Role.CLIENT_VIEWER,
        team_ids=tuple(row[0] for row in rows),
        house=organization.name if organization.hides_names else "",
        named=frozenset(one for row in rows for one in row[1]) if organization.hides_names else frozenset(),
    )


def membership_of(user: User, session: Mapping[str, Any]) -> Membership:
    """The membership to act under: in the organisation that the session chose, else in the one joined first.

    Only what this session may enter: see `entrance`. Raises NoMembership, or OnlyBySso where a password is not enough.
    Says along with it whether the person has a second factor, so that asking for one costs no statement.
    """
    factor = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=FACTORS)
    mine = memberships_of(user).select_related("user").annotate(has_factor=Exists(factor)).order_by("id")
    open_now, chosen = mine.filter(enterable(user, session)), session.get(ORGANIZATION)
    found = (open_now.filter(organization_id=chosen).first() if chosen else None) or open_now.first()
    if found is None:
        shut = mine.filter(organization__only_sso=True).first()
        raise OnlyBySso(shut.organization.name) if shut else NoMembership()
    return found


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
    key_id, name, scopes, used_on, organization_id, user_id, role, teams, house = row
    actor = Actor(
        kind=ActorKind.API_KEY,
        label=name,
        organization_id=organization_id,
        user_id=user_id,
        role=role,
        team_ids=tuple(teams),
        scopes=frozenset(scopes),
        house=house,
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


def memberships_of(user: User) -> MembershipQuerySet:
    """Everything this person is, in every organisation: what to choose from, and whose it is alone."""
    return Membership.objects.filter(user=user, is_active=True).select_related("organization")


def is_elsewhere(membership: Membership) -> bool:
    """Does the person belong to another organisation too, whose admins have not been asked?"""
    others = Membership.objects.filter(user_id=membership.user_id, is_active=True)
    return others.exclude(organization_id=membership.organization_id).exists()


def only_house() -> Organization | None:
    """The organisation, where there is but one: its name and colours may stand on the sign-in page."""
    houses = list(Organization.objects.order_by("id")[:2])
    return houses[0] if len(houses) == 1 else None

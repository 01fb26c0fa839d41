"""What each organisation that a provider speaks for knows of whoever knocks."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount

from signoff.access.admission import Facts, Standing
from signoff.access.claims import Identity
from signoff.access.models import Invitation
from signoff.accounts.models import ClientTeam, Membership, Organization


@dataclass(frozen=True, slots=True)
class Knock:
    """One person before one organisation."""

    organization: Organization
    facts: Facts
    membership: Membership | None = None
    invitation: Invitation | None = None


def knocks_of(identity: Identity, row: SocialAccount | None) -> list[Knock]:
    """One for each organisation of the provider, which are locked: roles may change."""
    houses = Organization.objects.order_by("id").select_for_update(no_key=True)
    slug = identity.provider.organization
    return [_knock(house, identity, row) for house in (houses.filter(slug=slug) if slug else houses)]


def _knock(house: Organization, identity: Identity, row: SocialAccount | None) -> Knock:
    found = Membership.objects.filter(organization=house, user_id=row.user_id) if row else Membership.objects.none()
    member = found.select_related("user", "organization").first()
    asked = Invitation.objects.open().filter(organization=house, email=identity.email)
    invitation = None if member else asked.select_for_update(no_key=True, of=("self",)).first()  # it may be revoked now
    return Knock(house, _facts(house, row, member, invitation), member, invitation)


def _facts(
    house: Organization, row: SocialAccount | None, member: Membership | None, invitation: Invitation | None
) -> Facts:
    teams = ClientTeam.objects.filter(organization=house) if house.sso_rules else ClientTeam.objects.none()
    return Facts(
        domains=tuple(house.domains),
        joins=house.joins_by_sso,
        joins_as=house.joins_as,
        rules=tuple(house.sso_rules),
        teams=frozenset(map(str, teams.values_list("pk", flat=True))),
        now=_standing(member) if member and member.is_active else None,
        invited=_standing(invitation) if invitation else None,
        is_closed=member is not None and not member.is_active,
        given=(row.extra_data.get("given", {}) if row else {}).get(str(house.pk), ""),
    )


def _standing(one: Membership | Invitation) -> Standing:
    return Standing(one.role, frozenset(map(str, one.client_teams.values_list("pk", flat=True))))

"""Steps of membership: what a member is becomes another thing, and it is written down. They ask nobody."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from signoff.accounts.models import ClientTeam, Membership, Organization, Role
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields


def lock_people_of(organization_id: UUID) -> Organization:
    """Before somebody's role changes: two admins who take each other's must not both succeed."""
    return Organization.objects.select_for_update(no_key=True).get(pk=organization_id)


def is_only_admin(membership: Membership) -> bool:
    """Would the organisation be without an admin?"""
    admins = Membership.objects.people().filter(organization_id=membership.organization_id, role=Role.ADMIN)
    return set(admins.values_list("pk", flat=True)) == {membership.pk}


def set_standing(membership: Membership, role: str, teams: Iterable[ClientTeam]) -> Change:
    """Give the member this role and exactly these teams. The role is not saved yet."""
    now, wanted = list(membership.client_teams.order_by("name")), sorted(set(teams), key=lambda team: team.name)
    change = set_fields(membership, {"role": role})
    if set(wanted) != set(now):
        membership.client_teams.set(wanted)
        change.values["teams"] = ([team.name for team in now], [team.name for team in wanted])
    return change


def save_member(
    actor: Actor, membership: Membership, change: Change, data: Mapping[str, object] | None = None
) -> Membership:
    """Save what changed, if anything did, and say so."""
    if change:
        columns = [name for name in change.values if name != "teams"]
        membership.save(update_fields=[*columns, "updated_at"])
        happening = Happening(Verb.MEMBER_CHANGED, membership, changes=change.values, data=data or {})
        record(happening, actor=actor, organization_id=membership.organization_id)
    return membership

"""What admins do with the people of their organisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db import transaction

from signoff.accounts.closing import check_other_admin, close_access
from signoff.accounts.errors import NotAPerson
from signoff.accounts.joining import HERE_ALREADY, check_teams, clean_address, clean_role, own_teams
from signoff.accounts.members import lock_people_of, save_member, set_standing
from signoff.accounts.models import ClientTeam, Membership, Organization, Role, User
from signoff.accounts.passwords import one_time_password
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import set_fields
from signoff.core.constraints import refused_as
from signoff.core.text import clean_name


@dataclass(frozen=True, slots=True)
class Added:
    """A new member; `password` is None for who has an account already, and is kept nowhere."""

    membership: Membership
    password: str | None


@transaction.atomic
def add_member(
    *, actor: Actor, organization: Organization, email: str, name: str, role: str, teams: Iterable[ClientTeam] = ()
) -> Added:
    """Let somebody in. Who is new gets a one-time password that must be changed at the first sign-in.

    Raises BadAddress, BadText, NoSuchRole, ClientNeedsTeam, AlreadyMember; NotFound for a team of others.
    """
    require(actor, Permission.MANAGE_PEOPLE, organization.pk)
    email, name, role = clean_address(email), clean_name(name), clean_role(role)
    chosen = own_teams(organization.pk, teams)
    check_teams(role, chosen)
    with refused_as(HERE_ALREADY):
        user, password = _person(email, name)
        membership = Membership(user=user, organization=organization, role=role)
        membership.save(force_insert=True)
    membership.client_teams.set(chosen)
    data = {"email": email, "role": role, "teams": [team.name for team in chosen]}
    record(Happening(Verb.MEMBER_ADDED, membership, data=data), actor=actor, organization_id=organization.pk)
    return Added(membership, password)


@transaction.atomic
def change_member(*, actor: Actor, membership: Membership, changes: Mapping[str, object]) -> Membership:
    """Change a member's `role` or `teams` (ClientTeams). What they see follows at their next click.

    Raises NoSuchRole, ClientNeedsTeam, LastAdmin, NotAPerson; NotFound for a team of others.
    """
    membership = _lock(actor, membership)
    role = clean_role(str(changes.get("role", membership.role)))
    given = cast("Iterable[ClientTeam]", changes.get("teams", membership.client_teams.all()))
    teams = own_teams(membership.organization_id, given)
    check_teams(role, teams)
    if role != Role.ADMIN:
        check_other_admin(membership)
    return save_member(actor, membership, set_standing(membership, role, teams))


@transaction.atomic
def deactivate_member(*, actor: Actor, membership: Membership) -> Membership:
    """Close somebody's access to this organisation. Their work stays theirs. Raises NotYourself, LastAdmin.

    Who belongs nowhere else is signed out everywhere; who does, stays signed in there.
    """
    membership = _lock(actor, membership)
    for happening in close_access(actor, membership):
        record(happening, actor=actor, organization_id=membership.organization_id)
    return membership


@transaction.atomic
def reactivate_member(*, actor: Actor, membership: Membership) -> Membership:
    """Open the access again, with the role and teams it had."""
    membership = _lock(actor, membership)
    return save_member(actor, membership, set_fields(membership, {"is_active": True}))


def _person(email: str, name: str) -> tuple[User, str | None]:
    there = User.objects.at(email).first()
    if there:
        return there, None
    password = one_time_password()
    return User.objects.create_user(email, password, name=name, must_change_password=True), password


def _lock(actor: Actor, membership: Membership) -> Membership:
    require(actor, Permission.MANAGE_PEOPLE, membership.organization_id)
    lock_people_of(membership.organization_id)
    membership = Membership.objects.select_related("user", "organization").get(pk=membership.pk)
    if membership.user.is_service:
        raise NotAPerson()
    return membership

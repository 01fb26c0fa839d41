"""What admins do with the people of their organisation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from signoff.accounts.closing import check_other_admin, close_access
from signoff.accounts.errors import (
    AlreadyMember,
    BadAddress,
    ClientNeedsTeam,
    NoSuchRole,
    NotAPerson,
)
from signoff.accounts.models import ClientTeam, Membership, Organization, Role, User
from signoff.accounts.passwords import one_time_password
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.constraints import refused_as
from signoff.core.errors import NotFound
from signoff.core.text import clean_name

HERE_ALREADY = {
    "one_person_per_address": AlreadyMember("Somebody added this address in the meantime.", field="email"),
    "one_role_per_organization": AlreadyMember(field="email"),
}
ROLES_OF_PEOPLE = tuple(role for role in Role if role is not Role.INTEGRATION)


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
    email, name, role = clean_address(email), clean_name(name), _clean_role(role)
    chosen = _own_teams(organization.pk, teams)
    _check_teams(role, chosen)
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
    role = _clean_role(str(changes.get("role", membership.role)))
    now = list(membership.client_teams.order_by("name"))
    given = cast("Iterable[ClientTeam]", changes.get("teams", now))
    teams = _own_teams(membership.organization_id, given)
    _check_teams(role, teams)
    if role != Role.ADMIN:
        check_other_admin(membership)
    change = set_fields(membership, {"role": role})
    if set(teams) != set(now):
        membership.client_teams.set(teams)
        change.values["teams"] = ([team.name for team in now], [team.name for team in teams])
    return _save(actor, membership, change)


@transaction.atomic
def deactivate_member(*, actor: Actor, membership: Membership) -> Membership:
    """Close somebody's access to this organisation. Their work stays theirs. Raises NotYourself, LastAdmin."""
    membership = _lock(actor, membership)
    for happening in close_access(actor, membership):
        record(happening, actor=actor, organization_id=membership.organization_id)
    return membership


@transaction.atomic
def reactivate_member(*, actor: Actor, membership: Membership) -> Membership:
    """Open the access again, with the role and teams it had."""
    membership = _lock(actor, membership)
    return _save(actor, membership, set_fields(membership, {"is_active": True}))


def clean_address(email: str) -> str:
    """An e-mail address in small letters. Raises BadAddress."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadAddress(field="email") from error
    if len(email) > 254:
        raise BadAddress(field="email")
    return email


def _person(email: str, name: str) -> tuple[User, str | None]:
    there = User.objects.filter(email__iexact=email).first()
    if there:
        return there, None
    password = one_time_password()
    return User.objects.create_user(email, password, name=name, must_change_password=True), password


def _lock(actor: Actor, membership: Membership) -> Membership:
    """The organisation's row is locked first: two admins who take each other's role must not both succeed."""
    require(actor, Permission.MANAGE_PEOPLE, membership.organization_id)
    Organization.objects.select_for_update(no_key=True).get(pk=membership.organization_id)
    membership = Membership.objects.select_related("user", "organization").get(pk=membership.pk)
    if membership.user.is_service:
        raise NotAPerson()
    return membership


def _check_teams(role: str, teams: list[ClientTeam]) -> None:
    if role == Role.CLIENT_VIEWER and not teams:
        raise ClientNeedsTeam(field="teams")


def _own_teams(organization_id: object, teams: Iterable[ClientTeam]) -> list[ClientTeam]:
    chosen = sorted(set(teams), key=lambda team: team.name)
    if any(team.organization_id != organization_id for team in chosen):
        raise NotFound()
    return chosen


def _clean_role(role: str) -> str:
    if role not in ROLES_OF_PEOPLE:
        raise NoSuchRole(field="role")
    return role


def _save(actor: Actor, membership: Membership, change: Change) -> Membership:
    if change:
        columns = [name for name in change.values if name != "teams"]
        membership.save(update_fields=[*columns, "updated_at"])
        happening = Happening(Verb.MEMBER_CHANGED, membership, changes=change.values)
        record(happening, actor=actor, organization_id=membership.organization_id)
    return membership

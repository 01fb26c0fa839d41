"""What must be true of somebody who joins, however they come: an address, a role for people, teams of the house."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from signoff.accounts.errors import AlreadyMember, BadAddress, ClientNeedsTeam, NoSuchRole
from signoff.accounts.models import ClientTeam, Role
from signoff.core.errors import NotFound

HERE_ALREADY = {
    "one_person_per_address": AlreadyMember("Somebody added this address in the meantime.", field="email"),
    "one_role_per_organization": AlreadyMember(field="email"),
}
ROLES_OF_PEOPLE = tuple(role for role in Role if role is not Role.INTEGRATION)


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


def clean_role(role: str) -> str:
    """A role that people have. Raises NoSuchRole."""
    if role not in ROLES_OF_PEOPLE:
        raise NoSuchRole(field="role")
    return role


def own_teams(organization_id: UUID, teams: Iterable[ClientTeam]) -> list[ClientTeam]:
    """The teams, each once, by name. Raises NotFound for a team of others."""
    chosen = sorted(set(teams), key=lambda team: team.name)
    if any(team.organization_id != organization_id for team in chosen):
        raise NotFound()
    return chosen


def check_teams(role: str, teams: list[ClientTeam]) -> None:
    """Raises ClientNeedsTeam."""
    if role == Role.CLIENT_VIEWER and not teams:
        raise ClientNeedsTeam(field="teams")

"""How people may get in, as an organisation sets it: what a setting of `change_access` may be."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from signoff.accounts.errors import (
    AdminsByGroup,
    ClientNeedsTeam,
    GroupHasRule,
    NoSuchRole,
    TooManyRules,
)
from signoff.accounts.models import ClientTeam, Organization, Role
from signoff.core.errors import Invalid, NotFound
from signoff.core.text import clean_name

PEOPLE = tuple(role for role in Role if role is not Role.INTEGRATION)
# Clients need teams, and an admin is made by somebody or by a group, never by a mail domain.
JOIN_AS = (Role.PRODUCER, Role.MAKER, Role.REVIEWER)
MOST_RULES = 100


def clean_access(organization: Organization, changes: Mapping[str, object]) -> dict[str, object]:
    """The changes as they are kept.

    Raises NoSuchRole, ClientNeedsTeam, GroupHasRule, AdminsByGroup, TooManyRules, BadText, Invalid; NotFound for a team
    of others.
    """
    return {name: CLEANERS[name](organization, value) for name, value in changes.items()}


def _roles(organization: Organization, value: object) -> list[str]:
    given = {_role(one, PEOPLE, "second_factor_roles") for one in value} if isinstance(value, (list, tuple)) else set()
    return [role.value for role in PEOPLE if role in given]


def _join_as(organization: Organization, value: object) -> str:
    return _role(value, JOIN_AS, "joins_as")


def _role(value: object, among: Iterable[Role], field: str = "role") -> str:
    found = next((role for role in among if role == value), None)
    if found is None:
        raise NoSuchRole(field=field)
    return found.value


def _rules(organization: Organization, value: object) -> list[dict[str, Any]]:
    """In the order given. `is_meant` goes with a rule that makes admins, unless it is there already."""
    given = list(value) if isinstance(value, (list, tuple)) else [value]
    if len(given) > MOST_RULES:
        raise TooManyRules(field="sso_rules")
    own = {str(pk) for pk in ClientTeam.objects.filter(organization=organization).values_list("pk", flat=True)}
    making_admins = {rule["group"] for rule in organization.sso_rules if rule["role"] == Role.ADMIN}
    rules = [_rule(one, own, making_admins) for one in given]
    groups = [rule["group"].casefold() for rule in rules]
    if len(set(groups)) < len(groups):
        raise GroupHasRule(field="group")
    return rules


def _rule(given: object, own: Collection[str], making_admins: Collection[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping):
        raise Invalid("A rule has a group, a role and teams.", field="sso_rules")
    group, role = clean_name(str(given.get("group") or ""), field="group"), _role(given.get("role"), PEOPLE)
    if role == Role.ADMIN and group not in making_admins and not given.get("is_meant"):
        raise AdminsByGroup(field="is_meant")
    teams = sorted({str(team) for team in given.get("teams") or ()}) if role == Role.CLIENT_VIEWER else []
    if not set(teams) <= set(own):
        raise NotFound()
    if role == Role.CLIENT_VIEWER and not teams:
        raise ClientNeedsTeam(field="teams")
    return {"group": group, "role": role, "teams": teams}


def _yes_or_no(organization: Organization, value: object) -> bool:
    return value is True


CLEANERS: dict[str, Callable[[Organization, object], object]] = {
    "second_factor_roles": _roles,
    "only_sso": _yes_or_no,
    "joins_by_sso": _yes_or_no,
    "joins_as": _join_as,
    "sso_rules": _rules,
    "hides_names": _yes_or_no,
}

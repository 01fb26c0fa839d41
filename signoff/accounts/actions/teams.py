"""What people do with client teams."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from signoff.accounts.branding import clean_colour
from signoff.accounts.errors import ClientTeamTaken
from signoff.accounts.models import ClientTeam, Organization
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.constraints import refused_as
from signoff.core.text import clean_name

TAKEN = {"one_client_team_of_a_name": ClientTeamTaken(field="name")}
COLOURS = ("#c2535d", "#3f7d4e", "#3b63c4", "#b0713a", "#7a54b8", "#2f8793", "#8a8f2a", "#a8487f")


@transaction.atomic
def add_client_team(*, actor: Actor, organization: Organization, name: str, colour: str = "") -> ClientTeam:
    """Add a client team; without a colour it gets the next of eight. Raises ClientTeamTaken, BadText, BadColour."""
    require(actor, Permission.MANAGE_PEOPLE, organization.pk)
    number = ClientTeam.objects.filter(organization=organization).count()
    team = ClientTeam(
        organization=organization,
        name=clean_name(name),
        colour=clean_colour(colour or COLOURS[number % len(COLOURS)]),
    )
    with refused_as(TAKEN):
        team.save(force_insert=True)
    record(Happening(Verb.CLIENT_TEAM_ADDED, team), actor=actor, organization_id=organization.pk)
    return team


@transaction.atomic
def change_client_team(*, actor: Actor, team: ClientTeam, changes: Mapping[str, object]) -> ClientTeam:
    """Change `name` or `colour`. Raises ClientTeamTaken, BadText or BadColour."""
    team = _lock(actor, team)
    wanted = {name: CLEANERS[name](value) for name, value in changes.items()}
    return _save(actor, team, set_fields(team, wanted))


@transaction.atomic
def archive_client_team(*, actor: Actor, team: ClientTeam) -> ClientTeam:
    """Take a team out of lists to choose from. Its projects and what its people see stay as they are."""
    team = _lock(actor, team)
    return _archive(actor, team, team.archived_on or localdate())


@transaction.atomic
def restore_client_team(*, actor: Actor, team: ClientTeam) -> ClientTeam:
    """Take a team out of the archive."""
    return _archive(actor, _lock(actor, team), None)


def _lock(actor: Actor, team: ClientTeam) -> ClientTeam:
    require(actor, Permission.MANAGE_PEOPLE, team.organization_id)
    return ClientTeam.objects.select_for_update(no_key=True).get(pk=team.pk)


def _archive(actor: Actor, team: ClientTeam, on: date | None) -> ClientTeam:
    return _save(actor, team, set_fields(team, {"archived_on": on}))


def _save(actor: Actor, team: ClientTeam, change: Change) -> ClientTeam:
    if change:
        with refused_as(TAKEN):
            team.save(update_fields=[*change.values, "updated_at"])
        happening = Happening(Verb.CLIENT_TEAM_CHANGED, team, changes=change.values)
        record(happening, actor=actor, organization_id=team.organization_id)
    return team


CLEANERS: dict[str, Callable[[object], object]] = {
    "name": lambda value: clean_name(str(value)),
    "colour": clean_colour,
}

"""How people get in, as an organisation sets it."""

from typing import Any

import pytest

from signoff.accounts.actions import change_access
from signoff.accounts.errors import (
    AdminsByGroup,
    ClientNeedsTeam,
    GroupHasRule,
    NobodyCouldJoin,
    NoSuchRole,
    NotBySso,
    TooManyRules,
)
from signoff.accounts.models import Organization
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotAllowed, NotFound
from signoff.core.text import BadText
from tests.cast import Cast


def change(cast: Cast, who: str = "ada", came_by_sso: bool = False, **changes: Any) -> Organization:
    house = cast.organization
    return change_access(actor=cast.actor(who), organization=house, changes=changes, came_by_sso=came_by_sso)


def test_everything_at_once_is_kept_and_written_down_once(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(domains=["fieldhouse.example"])
    team = str(cast.kolibri.pk)
    rules = [
        {"group": " makers ", "role": "maker", "teams": [team], "is_meant": False},
        {"group": "clients", "role": "client_viewer", "teams": [team, team]},
    ]
    for _ in range(2):
        house = change(
            cast,
            second_factor_roles=["producer", "admin", "admin"],
            joins_by_sso=True,
            joins_as="reviewer",
            sso_rules=rules,
            hides_names=True,
        )
    assert (house.second_factor_roles, house.joins_by_sso, house.joins_as, house.hides_names) == (
        ["admin", "producer"],
        True,
        "reviewer",
        True,
    )
    assert house.sso_rules == [
        {"group": "makers", "role": "maker", "teams": []},
        {"group": "clients", "role": "client_viewer", "teams": [team]},
    ]
    event = Event.objects.get()
    assert (event.verb, set(event.changes), event.actor_label) == (
        "organization.changed",
        {"second_factor_roles", "joins_by_sso", "joins_as", "sso_rules", "hides_names"},
        "Ada Admin",
    )


@pytest.mark.parametrize("who", ["pat", "art", "mia", "stranger"])
def test_others_change_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        change(cast, who, hides_names=True)
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"second_factor_roles": ["chief"]}, NoSuchRole, "second_factor_roles"),
        ({"second_factor_roles": ["integration"]}, NoSuchRole, "second_factor_roles"),
        ({"joins_as": "admin"}, NoSuchRole, "joins_as"),
        ({"joins_as": "client_viewer"}, NoSuchRole, "joins_as"),
        ({"joins_as": ""}, NoSuchRole, "joins_as"),
        ({"joins_by_sso": True}, NobodyCouldJoin, "joins_by_sso"),
        ({"sso_rules": ["admin"]}, Invalid, "sso_rules"),
        ({"sso_rules": [{"group": "", "role": "maker"}]}, BadText, "group"),
        ({"sso_rules": [{"group": "a\x00", "role": "maker"}]}, BadText, "group"),
        ({"sso_rules": [{"group": "a", "role": "integration"}]}, NoSuchRole, "role"),
        ({"sso_rules": [{"group": "a", "role": "client_viewer"}]}, ClientNeedsTeam, "teams"),
        ({"sso_rules": [{"group": "a", "role": "admin"}]}, AdminsByGroup, "is_meant"),
        ({"sso_rules": [{"group": "a", "role": "maker"}, {"group": "A", "role": "producer"}]}, GroupHasRule, "group"),
        ({"sso_rules": [{"group": f"{n}", "role": "maker"} for n in range(101)]}, TooManyRules, "sso_rules"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, changes: Any, refusal: Any, field: str) -> None:
    with pytest.raises(refusal) as raised:
        change(cast, **changes)
    assert raised.value.detail == {"field": field}
    assert Event.objects.count() == 0


def test_a_team_of_others_is_not_found(cast: Cast) -> None:
    theirs = cast.elsewhere.client_teams.create(name="Theirs")
    with pytest.raises(NotFound):
        change(cast, sso_rules=[{"group": "a", "role": "client_viewer", "teams": [str(theirs.pk)]}])


def test_a_group_that_makes_admins_is_meant_once(cast: Cast) -> None:
    chiefs = {"group": "chiefs", "role": "admin", "teams": []}
    house = change(cast, sso_rules=[{**chiefs, "is_meant": True}])
    assert house.sso_rules == [chiefs]
    makers = {"group": "makers", "role": "maker", "teams": []}
    assert change(cast, sso_rules=[makers, chiefs]).sso_rules == [makers, chiefs]
    with pytest.raises(AdminsByGroup):
        change(cast, sso_rules=[{**makers, "role": "admin"}, chiefs])


def test_only_who_came_by_single_sign_on_shuts_the_passwords(cast: Cast) -> None:
    with pytest.raises(NotBySso):
        change(cast, only_sso=True)
    assert change(cast, came_by_sso=True, only_sso=True).only_sso
    assert change(cast, only_sso=True, hides_names=True).hides_names, "who saves the page anew is not asked again"
    operator = Actor.system("cli: root")
    assert not change_access(actor=operator, organization=cast.organization, changes={"only_sso": False}).only_sso
    with pytest.raises(NotBySso):
        change(cast, only_sso=True)

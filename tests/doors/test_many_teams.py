"""A client viewer of five hundred teams: as many statements as one of one team, each as plain."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from signoff.accounts.models import ClientTeam, Membership
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import Project
from signoff.revisions.models import MediaFile
from tests.cast import Cast
from tests.doors.test_looking_as import gets
from tests.doors.walking import asked, signed_in
from tests.doors.world import World

TEAMS = 500


def join_teams(cast: Cast, number: int) -> None:
    rows = [ClientTeam(organization=cast.organization, name=f"Team {n:03d}") for n in range(number)]
    ClientTeam.objects.bulk_create(rows)
    Membership.objects.get(user=cast.mia).client_teams.add(*rows)


def statements(client: Client, address: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        status = asked(client, "get", address).status_code
    return status, len(captured)


def test_every_door_makes_as_many_statements_for_many_teams_as_for_one(world: World) -> None:
    mia, doors = signed_in(world.cast, "mia"), gets(world)
    mia.get("/dashboard")
    of_one = {name: statements(mia, address) for name, address in doors.items()}
    join_teams(world.cast, TEAMS - 1)
    of_many = {name: statements(mia, address) for name, address in doors.items()}
    assert {name: (of_one[name], of_many[name]) for name in doors if of_one[name] != of_many[name]} == {}


def test_visibility_is_one_condition_without_a_subquery(cast: Cast, key_visual: Deliverable) -> None:
    """However many teams: one parameter holds them, and no table of memberships is joined."""
    join_teams(cast, TEAMS - 1)
    mia = cast.actor("mia")
    assert len(mia.team_ids) == TEAMS
    models: list[Any] = [Project, Deliverable, Stage, MediaFile]
    for model in models:
        sql, parameters = model.objects.visible_to(mia).query.sql_with_params()
        teams = [one for one in parameters if str(mia.team_ids[0]) in str(one)]
        assert (len(teams), len(re.findall(r"\bSELECT\b", sql)), "accounts_" in sql) == (1, 1, False)
    assert [model.objects.visible_to(mia).count() for model in (Project, Deliverable)] == [1, 1]

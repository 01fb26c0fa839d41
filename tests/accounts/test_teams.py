import pytest

from signoff.accounts.actions import add_client_team, archive_client_team, change_client_team, restore_client_team
from signoff.accounts.errors import BadColour, ClientTeamTaken
from signoff.accounts.models import ClientTeam
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from tests import factories
from tests.together import at_once


def test_a_team_is_added_with_the_next_colour(cast):
    team = add_client_team(actor=cast.actor("ada"), organization=cast.organization, name=" Ardent  Running ")
    assert (team.name, team.colour) == ("Ardent Running", "#3b63c4")
    assert list(Event.objects.values_list("verb", "subject_label")) == [("client_team.added", "Ardent Running")]


@pytest.mark.parametrize(
    ("name", "colour", "refusal", "field"),
    [
        ("kolibri DRINKS", "", ClientTeamTaken, "name"),
        ("", "", BadText, "name"),
        ("x" * 10_000, "", BadText, "name"),
        ("a\x00", "", BadText, "name"),
        ("New", "blue", BadColour, "colour"),
    ],
)
def test_a_team_that_cannot_be_is_refused_at_its_field(cast, name, colour, refusal, field):
    with pytest.raises(refusal) as refused:
        add_client_team(actor=cast.actor("ada"), organization=cast.organization, name=name, colour=colour)
    assert (refused.value.detail, ClientTeam.objects.count(), Event.objects.count()) == ({"field": field}, 2, 0)


def test_the_same_name_in_another_organisation_is_free(cast):
    add_client_team(actor=cast.actor("stranger"), organization=cast.elsewhere, name="Kolibri Drinks")
    assert ClientTeam.objects.filter(name="Kolibri Drinks").count() == 2


def test_a_rename_to_a_taken_name_changes_nothing(cast):
    with pytest.raises(ClientTeamTaken):
        change_client_team(
            actor=cast.actor("ada"), team=cast.kolibri, changes={"name": "NORRA rail", "colour": "#000000"}
        )
    cast.kolibri.refresh_from_db()
    assert (cast.kolibri.name, cast.kolibri.colour) == ("Kolibri Drinks", "#6b7280")


def test_archived_twice_is_once_and_comes_back(cast):
    ada = cast.actor("ada")
    archive_client_team(actor=ada, team=cast.kolibri)
    archived = archive_client_team(actor=ada, team=cast.kolibri)
    assert archived.archived_on is not None
    assert restore_client_team(actor=ada, team=cast.kolibri).archived_on is None
    assert Event.objects.count() == 2


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "stranger"])
def test_only_admins_of_the_house_touch_teams(cast, who):
    actor = cast.actor(who)
    for act in (
        lambda: add_client_team(actor=actor, organization=cast.organization, name="X"),
        lambda: change_client_team(actor=actor, team=cast.kolibri, changes={"name": "X"}),
        lambda: archive_client_team(actor=actor, team=cast.kolibri),
        lambda: restore_client_team(actor=actor, team=cast.kolibri),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_adding_one_name_at_once_one_is_refused(cast):
    ada = cast.actor("ada")
    outcomes = at_once(
        *[lambda n=n: add_client_team(actor=ada, organization=cast.organization, name=n) for n in ("Ardent", "ARDENT")]
    )
    assert (outcomes, ClientTeam.objects.count()) == (["client_team_taken", "done"], 3)


def test_a_client_sees_only_its_own_teams(cast):
    factories.client_team(cast.elsewhere, "Theirs")
    seen = {name: {team.name for team in ClientTeam.objects.visible_to(cast.actor(name))} for name in ("ada", "mia")}
    assert seen == {"ada": {"Kolibri Drinks", "Norra Rail"}, "mia": {"Kolibri Drinks"}}

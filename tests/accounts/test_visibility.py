from signoff.accounts.models import ClientTeam, Membership, Organization, SavedView
from signoff.core.actor import Actor, ActorKind
from signoff.deliverables.models import Deliverable, Stage
from signoff.notifications.models import Notification
from signoff.projects.models import CustomField, Project
from tests import factories

SCOPED = [Organization, ClientTeam, Membership, SavedView, Project, CustomField, Deliverable, Stage, Notification]


def test_nobody_sees_nothing(cast, key_visual):
    nobody = Actor(ActorKind.USER, "nobody")
    assert {m.__name__: m.objects.visible_to(nobody).count() for m in SCOPED} == {m.__name__: 0 for m in SCOPED}


def test_a_stranger_sees_nothing_of_ours(cast, key_visual):
    stranger = cast.actor("stranger")
    seen = {m.__name__: m.objects.visible_to(stranger).count() for m in SCOPED}
    assert seen == {m.__name__: 0 for m in SCOPED} | {"Organization": 1, "Membership": 1}


def test_clients_see_what_is_of_their_teams(cast, key_visual):
    trains = factories.project(cast.organization, "Trains", client_team=cast.norra)
    poster = factories.deliverable(trains, "Poster")
    for name, row in (("mia", key_visual), ("nils", poster)):
        assert list(Deliverable.objects.visible_to(cast.actor(name))) == [row]
        assert set(Stage.objects.visible_to(cast.actor(name))) == set(row.stages.all())
        assert ClientTeam.objects.visible_to(cast.actor(name)).count() == 1


def test_clients_see_the_house_and_their_own_people(cast):
    seen = Membership.objects.visible_to(cast.actor("mia")).values_list("user__name", flat=True)
    assert set(seen) == {"Ada Admin", "Pat Producer", "Art Maker", "Rev Reviewer", "Mia Client"}


def test_a_client_without_a_team_sees_no_project(cast, key_visual):
    Membership.objects.get(user=cast.mia).client_teams.clear()
    assert Project.objects.visible_to(cast.actor("mia")).count() == 0


def test_a_view_is_seen_by_its_owner_and_when_shared_by_all(cast):
    for owner, shared in (("pat", False), ("ada", True)):
        SavedView.objects.create(
            organization=cast.organization,
            owner=cast.people[owner],
            name=owner,
            page="grid",
            query="",
            is_shared=shared,
        )
    seen = {n: set(SavedView.objects.visible_to(cast.actor(n)).values_list("name", flat=True)) for n in ("pat", "art")}
    assert seen == {"pat": {"pat", "ada"}, "art": {"ada"}}

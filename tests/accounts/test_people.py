import pytest

from signoff.accounts.actions import add_member, change_member, deactivate_member, reactivate_member
from signoff.accounts.actors import membership_of
from signoff.accounts.errors import (
    AlreadyMember,
    BadAddress,
    ClientNeedsTeam,
    LastAdmin,
    NoMembership,
    NoSuchRole,
    NotAPerson,
    NotYourself,
)
from signoff.accounts.models import Membership, Role, User
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed, NotFound
from signoff.core.text import BadText
from tests import factories
from tests.together import at_once


def member(cast, name: str) -> Membership:
    return Membership.objects.get(user=cast.people[name])


def add(cast, who="ada", **values):
    given = {"email": "Zoe@Fieldhouse.example ", "name": "Zoë", "role": "maker", "teams": ()} | values
    return add_member(actor=cast.actor(who), organization=cast.organization, **given)


def test_somebody_new_gets_a_one_time_password_that_must_be_changed(cast):
    added = add(cast)
    user = User.objects.get(email="zoe@fieldhouse.example")
    assert (user.name, user.must_change_password, user.check_password(added.password)) == ("Zoë", True, True)
    assert (added.membership.role, len(added.password)) == ("maker", 19)
    event = Event.objects.get()
    assert (event.verb, event.data) == (
        "member.added",
        {"email": "zoe@fieldhouse.example", "role": "maker", "teams": []},
    )
    assert added.password not in str(event.__dict__)


def test_who_has_an_account_keeps_the_password(cast):
    added = add(cast, email=cast.stranger.email.upper(), name="Somebody")
    cast.stranger.refresh_from_db()
    assert (added.password, added.membership.user, cast.stranger.name) == (None, cast.stranger, "Sam Stranger")
    assert cast.stranger.check_password("a good long password")


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"email": "nobody"}, BadAddress, "email"),
        ({"email": "a@b.example\nBcc: x@y.example"}, BadAddress, "email"),
        ({"email": "x" * 300 + "@y.example"}, BadAddress, "email"),
        ({"email": "ADA@fieldhouse.example"}, AlreadyMember, "email"),
        ({"name": " "}, BadText, "name"),
        ({"name": "a\x00"}, BadText, "name"),
        ({"role": "king"}, NoSuchRole, "role"),
        ({"role": "integration"}, NoSuchRole, "role"),
        ({"role": "client_viewer"}, ClientNeedsTeam, "teams"),
    ],
)
def test_who_cannot_be_added_is_refused_at_the_field(cast, values, refusal, field):
    before = User.objects.count()
    with pytest.raises(refusal) as refused:
        add(cast, **values)
    assert (refused.value.detail, User.objects.count(), Event.objects.count()) == ({"field": field}, before, 0)


def test_a_team_of_others_is_not_found(cast):
    theirs = factories.client_team(cast.elsewhere, "Theirs")
    with pytest.raises(NotFound):
        add(cast, role="client_viewer", teams=[theirs])
    with pytest.raises(NotFound):
        change_member(actor=cast.actor("ada"), membership=member(cast, "mia"), changes={"teams": [theirs]})
    assert list(member(cast, "mia").client_teams.all()) == [cast.kolibri]


@pytest.mark.django_db(transaction=True)
def test_of_two_adding_one_person_at_once_one_is_refused(cast):
    outcomes = at_once(lambda: add(cast), lambda: add(cast))
    assert (outcomes, Membership.objects.filter(user__name="Zoë").count()) == (["already_member", "done"], 1)


def test_role_and_teams_change_together_and_once(cast):
    changes = {"role": "client_viewer", "teams": [cast.norra, cast.kolibri]}
    for _ in range(2):
        changed = change_member(actor=cast.actor("ada"), membership=member(cast, "art"), changes=changes)
    assert changed.role == Role.CLIENT_VIEWER
    assert set(cast.actor("art").team_ids) == {cast.kolibri.pk, cast.norra.pk}
    assert Event.objects.get().changes == {
        "role": ["maker", "client_viewer"],
        "teams": [[], ["Kolibri Drinks", "Norra Rail"]],
    }


@pytest.mark.parametrize(
    ("who", "changes", "refusal"),
    [
        ("art", {"role": "client_viewer"}, ClientNeedsTeam),
        ("mia", {"teams": []}, ClientNeedsTeam),
        ("art", {"role": "integration"}, NoSuchRole),
        ("ada", {"role": "maker"}, LastAdmin),
    ],
)
def test_a_change_that_cannot_be_leaves_everything(cast, who, changes, refusal):
    before = (member(cast, who).role, set(member(cast, who).client_teams.all()))
    with pytest.raises(refusal):
        change_member(actor=cast.actor("ada"), membership=member(cast, who), changes=changes)
    assert (member(cast, who).role, set(member(cast, who).client_teams.all())) == before
    assert Event.objects.count() == 0


def test_closed_access_ends_at_the_next_click_and_opens_again_with_what_was(cast):
    ada = cast.actor("ada")
    for _ in range(2):
        deactivate_member(actor=ada, membership=member(cast, "mia"))
    with pytest.raises(NoMembership):
        membership_of(cast.mia, {})
    reactivate_member(actor=ada, membership=member(cast, "mia"))
    assert (cast.actor("mia").role, cast.actor("mia").team_ids) == ("client_viewer", (cast.kolibri.pk,))
    assert Event.objects.count() == 2


def test_nobody_closes_their_own_access_and_the_last_admin_stays(cast):
    with pytest.raises(NotYourself):
        deactivate_member(actor=cast.actor("ada"), membership=member(cast, "ada"))
    eve = factories.member(cast.organization, "Eve Admin", Role.ADMIN)
    deactivate_member(actor=cast.actor("ada"), membership=Membership.objects.get(user=eve))
    with pytest.raises(LastAdmin):
        change_member(actor=cast.actor("ada"), membership=member(cast, "ada"), changes={"role": "producer"})
    assert member(cast, "ada").role == Role.ADMIN


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_take_each_others_role_at_once_leave_one_admin(cast):
    cast.people["eve"] = factories.member(cast.organization, "Eve Admin", Role.ADMIN)
    ada, eve = cast.actor("ada"), cast.actor("eve")
    outcomes = at_once(
        lambda: change_member(actor=ada, membership=member(cast, "eve"), changes={"role": "maker"}),
        lambda: deactivate_member(actor=eve, membership=member(cast, "ada")),
    )
    admins = Membership.objects.people().filter(organization=cast.organization, role=Role.ADMIN).count()
    assert (outcomes, admins) == (["done", "last_admin"], 1)


def test_the_account_of_keys_is_no_person(cast):
    service = User.objects.create(email="keys@x.invalid", name="API keys", is_service=True)
    keys = Membership.objects.create(user=service, organization=cast.organization, role=Role.INTEGRATION)
    with pytest.raises(NotAPerson):
        change_member(actor=cast.actor("ada"), membership=keys, changes={"role": "admin"})


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "stranger"])
def test_only_admins_of_the_house_change_people(cast, who):
    actor, art = cast.actor(who), member(cast, "art")
    for act in (
        lambda: add(cast, who),
        lambda: change_member(actor=actor, membership=art, changes={"role": "admin"}),
        lambda: deactivate_member(actor=actor, membership=art),
        lambda: reactivate_member(actor=actor, membership=art),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == 0

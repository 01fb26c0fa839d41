"""Letting in, where the rules touch what is there already."""

import pytest
from allauth.socialaccount.models import SocialAccount

from signoff.access.actions import admit, invite, revoke_invitation
from signoff.access.claims import Identity
from signoff.access.errors import AccessIsClosed, NotInvited
from signoff.access.models import Invitation
from signoff.accounts.models import Membership, Organization, User
from signoff.accounts.providers import Provider
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from tests.cast import Cast
from tests.together import at_once, held_up

HOUSE = Actor.system("single sign-on")
KEYRING = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret")
CHIEFS = [{"group": "makers", "role": "maker", "teams": []}]


def identity(uid: str = "1", email: str = "nora@fieldhouse.example", *groups: str, of: Provider = KEYRING) -> Identity:
    return Identity(of, uid, email, "Nora New", frozenset(groups), address_is_checked=True)


def opened(*houses: Organization, **values: object) -> None:
    for house in houses:
        for name, value in {"domains": ["fieldhouse.example"], "joins_by_sso": True, **values}.items():
            setattr(house, name, value)
        house.save()


def connected(user: User, uid: str = "1", **kept: object) -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider="oidc", uid=uid, extra_data=kept)


@pytest.mark.parametrize("who", ["ada", "pat"])
def test_people_let_nobody_in(cast: Cast, who: str) -> None:
    opened(cast.organization)
    with pytest.raises(NotAllowed):
        admit(actor=cast.actor(who), identity=identity())
    assert SocialAccount.objects.count() == 0


def test_a_provider_of_one_house_opens_only_that_one(cast: Cast) -> None:
    opened(cast.organization, cast.elsewhere)
    theirs = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret", organization="elsewhere")
    nora = admit(actor=HOUSE, identity=identity(of=theirs))
    assert [one.organization for one in nora.memberships.all()] == [cast.elsewhere]


def test_a_provider_of_all_opens_each_that_the_domain_may_join(cast: Cast) -> None:
    opened(cast.organization)
    opened(cast.elsewhere, domains=["x.example"])
    nora = admit(actor=HOUSE, identity=identity())
    assert [one.organization for one in nora.memberships.all()] == [cast.organization]
    opened(cast.elsewhere)
    assert admit(actor=HOUSE, identity=identity()) == nora
    assert nora.memberships.count() == 2


def test_the_last_admin_stays_one_and_the_second_does_not(cast: Cast) -> None:
    opened(cast.organization, sso_rules=CHIEFS)
    connected(cast.ada)
    for _ in range(2):
        admit(actor=HOUSE, identity=identity("1", cast.ada.email, "makers"))
    assert cast.actor("ada").role == "admin"
    assert [("last active admin" in one.data["kept"], one.changes) for one in Event.objects.all()] == [(True, {})]
    Membership.objects.filter(user=cast.pat).update(role="admin")
    admit(actor=HOUSE, identity=identity("1", cast.ada.email, "makers"))
    assert cast.actor("ada").role == "maker"
    assert Event.objects.latest("id").changes == {"role": ["admin", "maker"]}


def test_a_connected_person_of_another_house_still_gets_in_there(cast: Cast) -> None:
    connected(cast.stranger)
    theirs = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret", organization="fieldhouse")
    assert admit(actor=HOUSE, identity=identity(of=theirs)) == cast.stranger
    Membership.objects.filter(user=cast.stranger).update(is_active=False)
    with pytest.raises(NotInvited):
        admit(actor=HOUSE, identity=identity(of=theirs))


def test_service_users_do_not_sign_in(cast: Cast) -> None:
    connected(cast.pat)
    User.objects.filter(pk=cast.pat.pk).update(is_service=True)
    with pytest.raises(AccessIsClosed):
        admit(actor=HOUSE, identity=identity())


def test_who_comes_without_a_name_is_called_by_the_address(cast: Cast) -> None:
    opened(cast.organization)
    one = Identity(KEYRING, "1", "nora@fieldhouse.example", "", frozenset(), address_is_checked=True)
    assert admit(actor=HOUSE, identity=one).name == "nora"


def test_no_token_and_no_claim_but_names_is_kept(cast: Cast) -> None:
    opened(cast.organization)
    admit(actor=HOUSE, identity=identity())
    row = SocialAccount.objects.get()
    assert row.extra_data == {"email": "nora@fieldhouse.example", "name": "Nora New", "given": {}, "noted": {}}


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_make_one_person(cast: Cast) -> None:
    opened(cast.organization)
    assert at_once(*[lambda: admit(actor=HOUSE, identity=identity())] * 3) == ["done"] * 3
    assert User.objects.filter(email="nora@fieldhouse.example").count() == 1
    assert SocialAccount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_is_revoked_in_this_moment_lets_nobody_in(cast: Cast) -> None:
    ada, nora = cast.actor("ada"), identity(email="nora@x.example")
    row = invite(actor=ada, organization=cast.organization, email=nora.email, role="maker")
    come, take_back = lambda: admit(actor=HOUSE, identity=nora), lambda: revoke_invitation(actor=ada, invitation=row)
    assert held_up(Invitation.objects.all(), take_back, come) == ["done", "not_invited"]


@pytest.mark.django_db(transaction=True)
def test_two_identities_of_one_address_at_once_make_one_person_and_one_refusal(cast: Cast) -> None:
    opened(cast.organization)
    acts = [lambda uid=uid: admit(actor=HOUSE, identity=identity(uid)) for uid in ("1", "2")]
    assert at_once(*acts) == ["done", "not_invited"]

import pytest

from signoff.accounts.actions import change_password, deactivate_member, reset_password
from signoff.accounts.errors import AccessClosed, BelongsElsewhere, NotAPerson
from signoff.accounts.models import Membership, Role, User
from signoff.accounts.passwords import LETTERS, one_time_password
from signoff.audit.models import Event
from signoff.core.errors import NotAllowed


def member(cast, name: str) -> Membership:
    return Membership.objects.get(user=cast.people[name])


def test_a_one_time_password_can_be_read_out():
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert {len(one) for one in made} == {19}
    assert {letter for one in made for letter in one} <= {*LETTERS, "-"}


def test_a_reset_password_works_once_and_is_kept_nowhere(cast):
    password = reset_password(actor=cast.actor("ada"), membership=member(cast, "art"))
    cast.art.refresh_from_db()
    assert (cast.art.check_password(password), cast.art.must_change_password) == (True, True)
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.data) == ("person.password_changed", cast.art.pk, {"one_time": True})


def test_the_first_password_duty_ends_with_ones_own(cast):
    reset_password(actor=cast.actor("ada"), membership=member(cast, "art"))
    change_password(actor=cast.actor("art"), user=cast.art, password="all mine from now on")
    art = User.objects.get(pk=cast.art.pk)
    assert (art.check_password("all mine from now on"), art.must_change_password) == (True, False)


def test_who_belongs_elsewhere_too_keeps_the_password(cast):
    """Else an admin of one house would get into the other."""
    Membership.objects.create(user=cast.art, organization=cast.elsewhere, role=Role.ADMIN)
    with pytest.raises(BelongsElsewhere):
        reset_password(
            actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art, organization=cast.organization)
        )
    cast.art.refresh_from_db()
    assert cast.art.check_password("a good long password")


def test_closed_access_and_the_account_of_keys_get_no_password(cast):
    deactivate_member(actor=cast.actor("ada"), membership=member(cast, "art"))
    with pytest.raises(AccessClosed):
        reset_password(actor=cast.actor("ada"), membership=member(cast, "art"))
    service = User.objects.create(email="keys@x.invalid", name="API keys", is_service=True)
    keys = Membership.objects.create(user=service, organization=cast.organization, role=Role.INTEGRATION)
    with pytest.raises(NotAPerson):
        reset_password(actor=cast.actor("ada"), membership=keys)


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "stranger"])
def test_nobody_else_resets_or_changes(cast, who):
    with pytest.raises(NotAllowed):
        reset_password(actor=cast.actor(who), membership=member(cast, "art"))
    with pytest.raises(NotAllowed):
        change_password(actor=cast.actor(who), user=cast.ada, password="taken over by me")
    assert Event.objects.count() == 0

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from signoff.core.errors import NotAllowed
from signoff.notifications.models import Notification
from signoff.reviews.actions import remove_delegation, set_delegation
from signoff.reviews.errors import BadDelegation
from signoff.reviews.models import Delegation
from tests.together import at_once


@pytest.fixture
def hand_over(cast):
    def hand(who, absent, deputy, begins=0, ends=3):
        today = localdate()
        return set_delegation(
            actor=cast.actor(who),
            absent=cast.people[absent],
            deputy=cast.people[deputy],
            begins_on=today + timedelta(days=begins),
            ends_on=today + timedelta(days=ends),
        )

    return hand


@pytest.mark.parametrize(("who", "may"), [("rev", 1), ("pat", 1), ("ada", 1), ("art", 0), ("mia", 0), ("stranger", 0)])
def test_one_names_ones_own_deputy_and_producers_name_those_of_others(hand_over, who, may):
    try:
        hand_over(who, "rev", "pat")
    except (NotAllowed, BadDelegation):
        assert not may
    assert Delegation.objects.count() == may


def test_the_deputy_hears_of_it_and_that_it_is_over(cast, hand_over):
    row = hand_over("rev", "rev", "pat")
    remove_delegation(actor=cast.actor("rev"), delegation=row)
    remove_delegation(actor=cast.actor("rev"), delegation=row)
    assert Notification.objects.filter(recipient=cast.pat).count() == 2
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(("absent", "deputy", "begins", "ends"), [
    ("rev", "rev", 0, 1),
    ("rev", "art", 0, 1),
    ("rev", "stranger", 0, 1),
    ("art", "pat", 0, 1),
    ("rev", "pat", 2, 1),
    ("rev", "pat", -3, -1),
    ("rev", "pat", 0, 1000),
])  # fmt: skip
def test_it_makes_sense(hand_over, absent, deputy, begins, ends):
    with pytest.raises(BadDelegation):
        hand_over("ada", absent, deputy, begins, ends)


def test_the_same_twice_is_once(hand_over):
    assert hand_over("rev", "rev", "pat") == hand_over("rev", "rev", "pat")


@pytest.mark.django_db(transaction=True)
def test_the_same_twice_at_once_is_once(hand_over):
    assert at_once(*[lambda: hand_over("rev", "rev", "pat")] * 3) == ["done"] * 3
    assert Delegation.objects.count() == 1


def test_others_do_not_take_it_away_and_clients_see_their_own(cast, hand_over):
    row, of_mia = hand_over("rev", "rev", "pat"), hand_over("pat", "mia", "rev")
    with pytest.raises(NotAllowed):
        remove_delegation(actor=cast.actor("art"), delegation=row)
    assert list(Delegation.objects.visible_to(cast.actor("mia"))) == [of_mia]
    assert list(Delegation.objects.visible_to(cast.actor("stranger"))) == []
    assert Delegation.objects.on(date(2000, 1, 1)).count() == 0

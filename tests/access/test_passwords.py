"""Forgotten passwords: what a link is good for, and until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.access import actions
from signoff.access.errors import DeadPasswordLink
from signoff.access.links import password_link_of
from signoff.accounts.actions import change_password
from signoff.accounts.models import Membership, User
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast
from tests.together import at_once

CHOSEN = "correct horse battery staple"


def link_for(user: User) -> str:
    return password_link_of(User.objects.get(pk=user.pk)).rsplit("/", 1)[1]


def choose(link: str) -> User:
    return actions.set_forgotten_password(link=link, password=CHOSEN)


def test_asking_does_the_same_for_everybody(cast: Cast, django_assert_num_queries: Callable[[int], object]) -> None:
    for email in (cast.art.email, cast.art.email.upper(), "nobody@nowhere.example"):
        with django_assert_num_queries(4):  # type: ignore[attr-defined]
            actions.forget_password(email=email)
    jobs = [(job.task_name, job.args) for job in ProcrastinateJob.objects.order_by("id")]
    name, who = "access.answer_forgotten", {"user_id": str(cast.art.pk)}
    assert jobs == [(name, who), (name, who), (name, {"user_id": ""})]
    assert Event.objects.count() == 0


def test_an_address_that_only_looks_alike_is_another_one(cast: Cast) -> None:
    """Limits count by the address that was typed: with letters that look alike, one mailbox would have many limits."""
    User.objects.filter(pk=cast.art.pk).update(email="sasha.kiss@x.example")
    for email in ("Sasha.Kiss@X.example", "ſasha.kiss@x.example", "saſha.kıss@x.example"):
        actions.forget_password(email=email)
    who = [job.args["user_id"] for job in ProcrastinateJob.objects.order_by("id")]
    assert who == [str(cast.art.pk), "", ""]


def test_a_new_password_is_set_once_and_written_down(cast: Cast) -> None:
    Membership.objects.create(user=cast.art, organization=cast.elsewhere, role="maker")
    User.objects.filter(pk=cast.art.pk).update(must_change_password=True)
    link = link_for(cast.art)
    choose(link)
    cast.art.refresh_from_db()
    assert (cast.art.check_password(CHOSEN), cast.art.must_change_password) == (True, False)
    assert set(Event.objects.values_list("verb", "actor_user_id", "organization_id")) == {
        ("person.password_changed", cast.art.pk, one.pk) for one in (cast.organization, cast.elsewhere)
    }
    with pytest.raises(DeadPasswordLink):
        choose(link)


def test_two_at_once_set_one(transactional_db: None, cast: Cast) -> None:
    link = link_for(cast.art)
    assert at_once(lambda: choose(link), lambda: choose(link)) == ["dead_password_link", "done"]


def test_a_link_is_good_for_an_hour(cast: Cast) -> None:
    link = link_for(cast.art)
    with time_machine.travel(now() + timedelta(minutes=61)), pytest.raises(DeadPasswordLink):
        choose(link)
    with time_machine.travel(now() + timedelta(minutes=59)):
        choose(link)


def test_a_link_ends_with_the_next_sign_in(cast: Cast) -> None:
    link = link_for(cast.art)
    Client().post("/sign-in", {"login": cast.art.email, "password": PASSWORD})
    with pytest.raises(DeadPasswordLink):
        choose(link)


def test_a_link_ends_when_the_password_changes(cast: Cast) -> None:
    link = link_for(cast.art)
    change_password(actor=cast.actor("art"), user=User.objects.get(pk=cast.art.pk), password="another good one")
    with pytest.raises(DeadPasswordLink):
        choose(link)


@pytest.mark.parametrize("state", [{"is_active": False}, {"is_service": True}])
def test_who_is_closed_or_no_person_sets_none(cast: Cast, state: dict[str, bool]) -> None:
    link = link_for(cast.art)
    User.objects.filter(pk=cast.art.pk).update(**state)
    with pytest.raises(DeadPasswordLink):
        choose(link)


@pytest.mark.parametrize("link", ["", "nonsense", "WyJ4Il0:abc", "a:b:c", "é"])
def test_a_made_up_link_opens_nothing(cast: Cast, link: str) -> None:
    with pytest.raises(DeadPasswordLink):
        choose(link)
    with pytest.raises(DeadPasswordLink):
        choose(link_for(cast.art)[:-1])

from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.accounts.actors import actor_of_key, membership_of
from signoff.accounts.keys import digest_of, new_secret
from signoff.accounts.models import ApiKey, Membership, Role
from signoff.audit.models import Event
from signoff.core.origin import Origin
from tests import factories
from tests.together import at_once


def key_of(cast, **values):
    service = factories.member(cast.organization, f"Service-{new_secret()[1]}", Role.INTEGRATION)
    secret, prefix = new_secret()
    ApiKey.objects.create(
        membership=Membership.objects.get(user=service),
        name="Feed",
        prefix=prefix,
        digest=digest_of(secret),
        scopes=["read"],
        **values,
    )
    return secret


def test_a_key_acts_in_one_query_for_its_service_user(cast, django_assert_num_queries):
    secret = key_of(cast, last_used_on=now().date())
    with django_assert_num_queries(1):
        actor = actor_of_key(secret)
    assert (actor.label, actor.organization_id, actor.role, actor.scopes) == (
        "Feed",
        cast.organization.pk,
        "integration",
        {"read"},
    )


def test_the_day_of_the_last_use_is_noted(cast):
    actor_of_key(key_of(cast))
    assert ApiKey.objects.get().last_used_on == now().date()


def test_dead_keys_are_nobody(cast):
    assert actor_of_key("so_nonsense") is None
    assert actor_of_key(key_of(cast, revoked_at=now())) is None
    assert actor_of_key(key_of(cast, expires_at=now() - timedelta(seconds=1))) is None
    alive = key_of(cast, expires_at=now() + timedelta(minutes=1))
    assert actor_of_key(alive) is not None
    Membership.objects.update(is_active=False)
    assert actor_of_key(alive) is None


def test_a_person_of_two_houses_acts_in_the_one_named(cast):
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.MAKER)
    assert membership_of(cast.pat, {}).organization == cast.organization
    assert membership_of(cast.pat, {"organization": str(cast.elsewhere.pk)}).role == "maker"
    assert membership_of(cast.stranger, {"organization": str(cast.organization.pk)}).organization == cast.elsewhere


def test_the_first_use_of_a_key_each_day_is_written_down_with_where_it_came_from(cast):
    secret, origin = key_of(cast, last_used_on=now().date() - timedelta(days=1)), Origin("203.0.113.9", "curl/8")
    actors = [actor_of_key(secret, origin) for _ in range(3)]
    event, key = Event.objects.get(), ApiKey.objects.get()
    assert (event.verb, event.actor_label, event.subject_id) == ("api_key.used", actors[0].label, key.pk)
    assert event.data == {"prefix": key.prefix, "ip": "203.0.113.9", "browser": "curl/8"}


@pytest.mark.django_db(transaction=True)
def test_a_key_that_is_used_twice_at_once_is_written_down_once(cast):
    secret = key_of(cast)
    assert at_once(*[lambda: actor_of_key(secret)] * 4) == ["done"] * 4
    assert Event.objects.filter(verb="api_key.used").count() == 1

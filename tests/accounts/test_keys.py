from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.accounts.actions import issue_api_key, revoke_api_key
from signoff.accounts.actors import actor_of_key
from signoff.accounts.errors import ExpiryInThePast, NoSuchScope
from signoff.accounts.models import ApiKey, Membership, User
from signoff.audit.models import Event
from signoff.core.actor import ActorKind
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from tests.together import at_once


def issue(cast, who="ada", **values):
    given = {"name": "Nightly import", "scopes": ["import", "read"]} | values
    return issue_api_key(actor=cast.actor(who), organization=cast.organization, **given)


def test_a_key_acts_in_its_organisation_within_its_scopes(cast):
    issued = issue(cast)
    actor = actor_of_key(issued.secret)
    assert (actor.kind, actor.label, actor.organization_id, actor.scopes) == (
        ActorKind.API_KEY,
        "Nightly import",
        cast.organization.pk,
        {"read", "import"},
    )
    assert (issued.key.scopes, issued.key.issued_by) == (["read", "import"], "Ada Admin")
    assert issued.secret.startswith(f"so_{issued.key.prefix}_")
    event = Event.objects.earliest("id")
    assert (event.verb, event.data) == (
        "api_key.issued",
        {"prefix": issued.key.prefix, "scopes": ["read", "import"]},
    )
    assert issued.secret not in str(event.__dict__) + str(issued.key.__dict__)


def test_all_keys_of_a_house_share_one_service_user_that_cannot_sign_in(cast):
    first, second = issue(cast), issue(cast)
    assert first.key.membership == second.key.membership
    service = User.objects.get(is_service=True)
    assert (service.has_usable_password(), service.name) == (False, "API keys")
    assert set(Membership.objects.people().filter(user=service)) == set()


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"name": ""}, BadText, "name"),
        ({"name": "\x00"}, BadText, "name"),
        ({"scopes": []}, NoSuchScope, "scopes"),
        ({"scopes": ["read", "everything"]}, NoSuchScope, "scopes"),
        ({"expires_at": now() - timedelta(seconds=1)}, ExpiryInThePast, "expires_at"),
    ],
)
def test_a_key_that_cannot_be_is_refused_at_its_field(cast, values, refusal, field):
    with pytest.raises(refusal) as refused:
        issue(cast, **values)
    assert (refused.value.detail, ApiKey.objects.count(), Event.objects.count()) == ({"field": field}, 0, 0)
    assert not User.objects.filter(is_service=True).exists()


def test_a_revoked_key_is_worthless_and_revoked_once(cast):
    issued = issue(cast)
    for _ in range(2):
        revoked = revoke_api_key(actor=cast.actor("ada"), key=issued.key)
    assert (actor_of_key(issued.secret), revoked.revoked_at is not None) == (None, True)
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["api_key.issued", "api_key.revoked"]


def test_an_expired_key_is_worthless(cast):
    issued = issue(cast, expires_at=now() + timedelta(days=1))
    ApiKey.objects.update(expires_at=now() - timedelta(seconds=1))
    assert actor_of_key(issued.secret) is None


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "stranger"])
def test_only_admins_of_the_house_handle_keys(cast, who):
    key = issue(cast).key
    with pytest.raises(NotAllowed):
        issue(cast, who)
    with pytest.raises(NotAllowed):
        revoke_api_key(actor=cast.actor(who), key=key)
    assert set(ApiKey.objects.visible_to(cast.actor(who))) == set()


@pytest.mark.django_db(transaction=True)
def test_two_first_keys_at_once_share_the_service_user(cast):
    assert at_once(lambda: issue(cast), lambda: issue(cast)) == ["done", "done"]
    assert (User.objects.filter(is_service=True).count(), ApiKey.objects.count()) == (1, 2)

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now, timedelta

from signoff.access.limits import TooManyTries
from signoff.accounts.models import Membership
from signoff.core.origin import Origin
from signoff.guests import enter
from signoff.guests.actions import leave, open_link, renew_link, revoke_link
from signoff.guests.errors import LinkFull, LinkShut
from signoff.guests.models import GuestDevice, GuestLink, GuestVisit
from tests.guests.conftest import HERE


def tries(token, password="", at=HERE):
    return open_link(token=token, password=password, origin=at)


def test_a_link_lets_a_browser_in_and_keeps_only_digests(link):
    token = link()
    device, secret = tries(token)
    assert enter.device_of(device.link_id, secret) == device
    row = GuestLink.objects.get()
    assert token not in str(row.__dict__) and secret not in str(GuestDevice.objects.get().__dict__)
    assert list(GuestVisit.objects.values_list("what", "address", "browser")) == [("opened", "192.0.2.7", "Firefox")]


def test_what_does_not_open_looks_alike(cast, link):
    expired, revoked, locked = link(), link(), link(password="correct horse")
    by_age = list(GuestLink.objects.order_by("created_at"))
    GuestLink.objects.filter(pk=by_age[0].pk).update(expires_at=now() - timedelta(seconds=1))
    revoke_link(actor=cast.actor("pat"), link=by_age[1])
    fronts, said, work = set(), set(), set()
    for token in ("made-up", expired, revoked, locked):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            fronts.add(enter.front_of(token))
            with pytest.raises(LinkShut) as refused:
                tries(token, "wrong horse")
        said.add((refused.value.code, refused.value.message, str(refused.value.detail)))
        work.add(tuple(one["sql"].split()[0] for one in asked))
    assert (fronts, len(said), len(work)) == ({None}, 1, 1)
    assert sorted(GuestVisit.objects.values_list("what", flat=True)) == ["refused"] * 3


def test_each_try_hashes_one_password(link, monkeypatch):
    hashed = []
    real = enter.check_password
    monkeypatch.setattr(enter, "check_password", lambda *said: hashed.append(said) or real(*said))
    tries(link())
    for token in ("made-up", link(password="correct horse")):
        with pytest.raises(LinkShut):
            tries(token, "wrong horse")
    assert len(hashed) == 3 and all(kept.count("$") >= 3 for _typed, kept in hashed)


def test_the_password_opens_and_only_it(link):
    token = link(password="correct horse")
    assert tries(token, "correct horse")
    with pytest.raises(LinkShut):
        tries(token)


def test_guessing_is_held_up_for_links_that_there_are_and_those_that_there_are_not(link):
    for token in ("made-up", link(password="correct horse")):
        for _ in range(5):
            with pytest.raises(LinkShut):
                tries(token, "wrong horse")
        with pytest.raises(TooManyTries):
            tries(token, "correct horse")


def test_right_ones_are_not_held_up(link):
    token = link(password="correct horse")
    assert len({tries(token, "correct horse")[1] for _ in range(8)}) == 8


def test_guessing_from_everywhere_is_held_up_too(link):
    token = link(password="correct horse")
    refused = []
    for n in range(41):
        with pytest.raises((LinkShut, TooManyTries)) as error:
            tries(token, "wrong horse", Origin(f"198.51.100.{n}"))
        refused.append(error.value.code)
    assert refused == ["link_shut"] * 40 + ["too_many_tries"]


def test_no_more_people_than_it_says(link):
    token = link(most_people=2)
    tries(token)
    tries(token)
    with pytest.raises(LinkFull):
        tries(token)


def test_who_leaves_is_out(link):
    device, secret = tries(link())
    leave(device=device)
    assert enter.device_of(device.link_id, secret) is None


def test_a_browser_is_out_with_its_link_at_once(cast, link):
    for end in (
        lambda row: revoke_link(actor=cast.actor("pat"), link=row),
        lambda row: renew_link(actor=cast.actor("pat"), link=row),
        lambda row: GuestLink.objects.update(expires_at=now()),
        lambda row: GuestDevice.objects.update(expires_at=now()),
    ):
        device, secret = tries(link())
        end(device.link)
        assert enter.device_of(device.link_id, secret) is None


def test_the_secret_of_one_link_opens_no_other(link):
    device, secret = tries(link())
    other, _ = tries(link())
    assert enter.device_of(other.link_id, secret) is None
    assert enter.device_of(device.link_id, secret)


def test_who_gets_an_account_or_is_closed_out_is_nobody_again(cast, link, known):
    device = known(link(right="decide"))
    GuestDevice.objects.filter(pk=device.pk).update(digest=enter.digest_of("secret"))
    found = enter.device_of(device.link_id, "secret")
    assert found and found.guest == device.guest
    Membership.objects.create(user=device.guest.user, organization=cast.organization, role="maker")
    found = enter.device_of(device.link_id, "secret")
    assert found and found.guest is None


def test_coming_by_is_one_statement(link, django_assert_num_queries):
    device, secret = tries(link())
    with django_assert_num_queries(1):
        found = enter.device_of(device.link_id, secret)
        assert found and found.link.organization.name == "Fieldhouse" and found.link.deliverable.project.name

"""Whom a sign-in, or one that failed, is told to; and that nobody keeps anybody else out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now

from signoff.access.failures import note_failure
from signoff.access.known_browsers import KnownBrowser, known_browser
from signoff.access.limits import TooManyTries
from signoff.access.sign_ins import count_sign_in, sign_in_failed, signed_in, signed_out
from signoff.accounts.models import Membership, Role
from signoff.audit.models import Event
from signoff.core.origin import Origin
from tests.cast import Cast

HOME, STRANGER = Origin("203.0.113.9", "Firefox"), Origin("198.51.100.66", "curl")
NOBODY = known_browser("")
AT = now() - timedelta(hours=2)


def written() -> list[tuple[object, ...]]:
    """By verb, then by organisation: Fieldhouse was there first."""
    rows = Event.objects.order_by("verb", "organization_id")
    return [(row.verb, row.organization_id, row.actor_label, row.actor_user_id, row.subject_id) for row in rows]


@pytest.fixture
def pat_elsewhere(cast: Cast) -> None:
    """Pat works for two houses."""
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.MAKER)


def test_a_sign_in_is_told_to_each_organisation_it_opens(cast: Cast, pat_elsewhere: None) -> None:
    signed_in(cast.pat, HOME, ["password", "totp"])
    signed_out(cast.pat, "", HOME)
    who = ("Pat Producer", cast.pat.pk, cast.pat.pk)
    assert written() == [
        (verb, where.pk, *who)
        for verb in ("person.signed_in", "person.signed_out")
        for where in (cast.organization, cast.elsewhere)
    ]
    first = Event.objects.earliest("id")
    assert first.data == {"means": ["password", "totp"], "ip": "203.0.113.9", "browser": "Firefox"}


def test_an_organisation_that_somebody_left_hears_nothing(cast: Cast, pat_elsewhere: None) -> None:
    Membership.objects.filter(user=cast.pat, organization=cast.elsewhere).update(is_active=False)
    signed_in(cast.pat, HOME, ["password"])
    note_failure(cast.pat.email, HOME, "password", AT)
    assert {row[1] for row in written()} == {cast.organization.pk}


def test_a_failure_with_a_known_address_is_told_to_its_organisations(cast: Cast, pat_elsewhere: None) -> None:
    note_failure(cast.pat.email.upper(), STRANGER, "password", AT)
    assert written() == [
        ("person.sign_in_failed", where.pk, "Pat Producer", None, cast.pat.pk)
        for where in (cast.organization, cast.elsewhere)
    ]
    event = Event.objects.earliest("id")
    assert event.created_at == AT
    assert event.data == {
        "means": ["password"],
        "is_known": True,
        "email": cast.pat.email.upper(),
        "ip": "198.51.100.66",
        "browser": "curl",
    }


def test_a_failure_with_an_unknown_address_is_told_to_who_owns_its_domain(cast: Cast) -> None:
    cast.organization.domains = ["fieldhouse.example"]
    cast.organization.save()
    note_failure("ghost@fieldhouse.example", STRANGER, "password", AT)
    note_failure("ghost@nowhere.example", STRANGER, "password", AT)
    note_failure("no address at all", STRANGER, "password", AT)
    house = cast.organization.pk
    assert written() == [("person.sign_in_failed", house, "ghost@fieldhouse.example", None, house)]
    assert Event.objects.get().data["is_known"] is False


def test_the_user_that_keys_act_as_is_nobodys_account(cast: Cast) -> None:
    cast.art.is_service = True
    cast.art.save()
    note_failure(cast.art.email, STRANGER, "password", AT)
    assert written() == []


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_a_job_whoever_was_meant(
    cast: Cast, run_jobs: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    for email in (cast.pat.email, "ghost@nowhere.example"):
        sign_in_failed(email, STRANGER)
    assert written() == []
    lines = [line.getMessage() for line in caplog.records if line.name == "signoff.access.sign_ins"]
    assert lines == ["A sign-in failed, from 198.51.100.66."] * 2
    run_jobs()
    assert [row[4] for row in written()] == [cast.pat.pk]


def tried_out(email: str, origin: Origin, device: KnownBrowser, times: int) -> None:
    for _ in range(times):
        count_sign_in(email, origin, device)


def test_five_tries_for_one_account_from_one_address(db: None) -> None:
    tried_out("pat@x.example", STRANGER, NOBODY, 5)
    with pytest.raises(TooManyTries):
        count_sign_in(" PAT@x.example", STRANGER, NOBODY)
    count_sign_in("art@x.example", STRANGER, NOBODY)
    count_sign_in("pat@x.example", HOME, NOBODY)


def test_thirty_tries_from_one_address(db: None) -> None:
    for number in range(30):
        count_sign_in(f"{number}@x.example", STRANGER, NOBODY)
    with pytest.raises(TooManyTries):
        count_sign_in("one.more@x.example", STRANGER, NOBODY)


def test_forty_tries_for_one_account_from_everywhere(db: None) -> None:
    for number in range(40):
        count_sign_in("pat@x.example", Origin(f"198.51.100.{number}"), NOBODY)
    with pytest.raises(TooManyTries):
        count_sign_in("pat@x.example", HOME, NOBODY)


def test_no_stranger_keeps_the_right_person_out_of_their_own_browser(db: None) -> None:
    """Not from elsewhere, and not from the same address."""
    own = known_browser(NOBODY.cookie_for("pat@x.example"))
    for number in range(40):
        count_sign_in("pat@x.example", Origin(f"198.51.100.{number}"), NOBODY)
    for number in range(30):
        count_sign_in(f"{number}@x.example", HOME, NOBODY)
    tried_out("pat@x.example", HOME, own, 5)


def test_a_known_browser_may_try_five_times_too_and_is_nobody_to_other_accounts(db: None) -> None:
    own = known_browser(NOBODY.cookie_for("pat@x.example"))
    tried_out("pat@x.example", HOME, own, 5)
    with pytest.raises(TooManyTries):
        count_sign_in("pat@x.example", STRANGER, own)  # it goes with the browser, wherever that is
    tried_out("art@x.example", STRANGER, own, 5)
    with pytest.raises(TooManyTries):
        count_sign_in("art@x.example", STRANGER, NOBODY)


def test_a_cookie_that_is_not_ours_knows_nobody() -> None:
    cookie = NOBODY.cookie_for("pat@x.example")
    assert known_browser(cookie).knows("Pat@x.example ")
    assert not known_browser(cookie[:-1] + ("A" if cookie[-1] != "A" else "B")).knows("pat@x.example")
    assert not known_browser("rubbish").knows("pat@x.example")
    assert "pat" not in cookie


def test_a_browser_knows_eight_accounts_the_newest_of_them() -> None:
    device = NOBODY
    for number in range(10):
        device = known_browser(device.cookie_for(f"{number}@x.example"))
    assert [number for number in range(10) if device.knows(f"{number}@x.example")] == list(range(2, 10))
    assert device.name == NOBODY.name

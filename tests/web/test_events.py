import asyncio

import pytest
from django.conf import settings
from django.test import Client

from signoff.access.standing import Ticket, standing_of
from signoff.accounts.actions import deactivate_member, reset_password
from signoff.accounts.models import Membership, Organization
from signoff.accounts.sessions import end_sessions
from signoff.web.events import HUB, check_streams, events, subscriber_of
from tests import factories
from tests.cast import PASSWORD
from tests.loops import run_in_loop
from tests.signed_in import seen

pytestmark = pytest.mark.django_db(transaction=True)


def cookies_of(user):
    browser = Client()
    browser.force_login(user)
    value = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return [(b"cookie", f"theme=dark; {settings.SESSION_COOKIE_NAME}={value}".encode())]


def answer(headers, method="GET", until="http.response.body"):
    """What the application sends to a browser that leaves at once."""
    sent = []

    async def story():
        asked = iter([{"type": "http.request"}, {"type": "http.disconnect"}])

        async def receive():
            await asyncio.sleep(0.05)
            return next(asked)

        async def send(message):
            sent.append(message)

        HUB.is_closed = False
        await events({"method": method, "headers": headers}, receive, send)

    run_in_loop(story())
    return sent


def test_nobody_is_refused_when_there_is_no_session():
    assert [m.get("status") for m in answer([])] == [401, None]


def test_nobody_is_refused_when_the_cookie_is_made_up():
    made_up = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}=abc; x=\x00\xff;;".encode())]

    assert answer(made_up)[0]["status"] == 401


def test_only_reading_is_allowed(cast):
    assert answer(cookies_of(cast.pat), method="POST")[0]["status"] == 405


def test_a_signed_in_person_gets_a_stream_that_ends_when_they_leave(cast):
    start, first, *_ = answer(cookies_of(cast.pat))

    assert start["status"] == 200
    assert dict(start["headers"])[b"content-type"] == b"text/event-stream"
    assert first["body"] == b"retry: 2000\n\n"
    assert HUB.subscribers == set()


def test_staff_hear_everything_of_their_organization(cast):
    subscriber = subscriber_of(cookies_of(cast.pat))

    assert (subscriber.organization_id, subscriber.user_id) == (str(cast.organization.pk), str(cast.pat.pk))
    assert subscriber.project_ids is None


def test_a_client_hears_of_their_own_projects_only(cast):
    theirs = factories.project(cast.organization, client_team=cast.kolibri)
    factories.project(cast.organization, client_team=cast.norra)

    assert subscriber_of(cookies_of(cast.mia)).project_ids == {str(theirs.pk)}


def test_who_lost_the_membership_is_nobody(cast):
    cookies = cookies_of(cast.art)
    cast.art.memberships.update(is_active=False)

    assert subscriber_of(cookies) is None


def test_who_must_change_the_password_first_is_nobody(cast):
    cookies = cookies_of(cast.art)
    type(cast.art).objects.filter(pk=cast.art.pk).update(must_change_password=True)

    assert subscriber_of(cookies) is None


def test_a_changed_password_ends_the_old_session(cast):
    cookies = cookies_of(cast.art)
    cast.art.set_password(PASSWORD + "!")
    cast.art.save()

    assert subscriber_of(cookies) is None


def test_who_must_set_up_a_second_factor_first_is_nobody(cast):
    Organization.objects.update(second_factor_roles=["producer"])

    assert subscriber_of(cookies_of(cast.pat)) is None


def close(cast):
    deactivate_member(actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art))


def lower(cast):
    Membership.objects.filter(user=cast.art).update(role="reviewer")


def new_password(cast):
    reset_password(actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art))


@pytest.mark.parametrize(("happens", "is_over"), [(None, False), (close, True), (lower, True), (new_password, True)])
def test_an_open_stream_ends_with_what_it_was_opened_with(cast, happens, is_over):
    stream, other = subscriber_of(cookies_of(cast.art)), subscriber_of(cookies_of(cast.pat))
    if happens:
        happens(cast)

    async def check():
        HUB.is_closed = False
        for one in (stream, other):
            HUB.add(one)
        await check_streams()
        for one in (stream, other):
            HUB.remove(one)
        return [one.queue.qsize() for one in (stream, other)]

    assert run_in_loop(check()) == [int(is_over), 0]


def test_an_open_stream_ends_when_the_house_shuts_the_passwords(cast):
    cookies = cookies_of(cast.art)
    opened = subscriber_of(cookies).opened_with
    Organization.objects.filter(pk=cast.organization.pk).update(only_sso=True)

    assert standing_of([Ticket(*opened[:2])])[Ticket(*opened[:2])] != opened[2]
    assert subscriber_of(cookies) is None


def test_an_open_stream_ends_when_its_session_does(cast):
    browser = Client()
    browser.force_login(cast.art)
    seen(browser, cast.art)
    stream = subscriber_of([(b"cookie", f"{settings.SESSION_COOKIE_NAME}={browser.session.session_key}".encode())])
    end_sessions(cast.art.pk)

    async def check():
        HUB.is_closed = False
        HUB.add(stream)
        await check_streams()
        HUB.remove(stream)
        return stream.queue.get_nowait()

    assert run_in_loop(check()) is None

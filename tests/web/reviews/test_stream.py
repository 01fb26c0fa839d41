from uuid import uuid4

import pytest

from signoff.web.reviews.stream import subscriber_of
from tests.rooms.conftest import banner, live, plan, weekly
from tests.web.test_events import cookies_of

__all__ = ["banner", "live", "plan", "weekly"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_room_is_heard_by_who_sees_its_session(cast, live):
    heard = {name: subscriber_of(cookies_of(user), str(live.pk)) for name, user in cast.people.items()}

    assert {name for name, one in heard.items() if one} == {"ada", "pat", "art", "rev", "mia"}
    assert {name for name, one in heard.items() if one and one.is_admitted} == {"pat"}
    assert {name for name, one in heard.items() if one and one.seen is not None} == {"mia"}


@pytest.mark.parametrize("said", ["", "x", str(uuid4()), "../events"])
def test_there_is_no_stream_of_what_is_no_session(cast, said):
    assert subscriber_of(cookies_of(cast.pat), said) is None


def test_nobody_hears_nothing(live):
    assert subscriber_of([], str(live.pk)) is None

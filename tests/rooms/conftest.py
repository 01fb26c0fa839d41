"""A session of Kolibri's: pat plans it for the client, its two items are shown to mia, a third is not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project
from signoff.rooms.actions import SessionDraft, add_session, join_room, open_session
from signoff.rooms.models import Minute, ReviewSession, Room, SessionItem
from tests import factories
from tests.cast import Cast

Plan = Callable[..., ReviewSession]


@pytest.fixture
def banner(first_light: Project) -> Deliverable:
    return factories.deliverable(first_light, "Banner")


@pytest.fixture
def plan(cast: Cast, key_visual: Deliverable, banner: Deliverable) -> Plan:
    """`plan("rev", name="Dailies")`: key visual and banner, each with a round that clients see."""
    for row in (key_visual, banner):
        factories.revision(row, is_released=True)

    def it(who: str = "pat", **values: Any) -> ReviewSession:
        given = {"name": "Kolibri weekly", "audience": "client", "deliverables": [key_visual, banner]} | values
        return add_session(actor=cast.actor(who), organization=cast.organization, draft=SessionDraft(**given))

    return it


@pytest.fixture
def weekly(plan: Plan) -> ReviewSession:
    return plan()


@pytest.fixture
def live(cast: Cast, weekly: ReviewSession) -> ReviewSession:
    """It is open; pat, its host, is in the room and leads."""
    open_session(actor=cast.actor("pat"), session=weekly)
    join_room(actor=cast.actor("pat"), session=weekly)
    return fresh(weekly)


def fresh(session: ReviewSession) -> ReviewSession:
    return ReviewSession.objects.get(pk=session.pk)


def room_of(session: ReviewSession) -> Room:
    return Room.objects.get(session=session)


def items_of(session: ReviewSession) -> list[SessionItem]:
    return list(session.items.select_related("deliverable", "session").order_by("position"))


def names_of(session: ReviewSession) -> list[str]:
    return [item.deliverable.name for item in items_of(session)]


def said(session: ReviewSession) -> list[tuple[str, str]]:
    """Who did what, as the minutes have it."""
    return [(one.who_label, one.kind) for one in Minute.objects.filter(session=session).order_by("seq")]


def long_ago(session: ReviewSession, *who: str, seconds: int = 30) -> None:
    """These have given no sign of life since then."""
    session.attendances.filter(user__name__in=who).update(last_seen_at=now() - timedelta(seconds=seconds))

"""What a page in a room hears: whose room it is, whether they are let in, which rounds they see."""

import asyncio

import pytest
from django.db import connection, transaction

from signoff.live.hub import RESYNC, Hub, Subscriber
from signoff.rooms.actions import add_items, draw, invite_people, join_room, show
from signoff.rooms.look import room_for
from signoff.rooms.stream import subscriber_in
from tests import factories
from tests.loops import run_in_loop
from tests.rooms.conftest import items_of, room_of
from tests.rooms.test_actions_room import mark


def turn(live, kind="show", **changes):
    return {"o": str(live.organization_id), "r": str(live.pk), "v": "room.turn", "k": kind, "q": 9} | changes


def heard(subscriber, *messages):
    for one in messages:
        if subscriber.may_hear(one):
            subscriber.tell(one)
    return [subscriber.queue.get_nowait() for _ in range(subscriber.queue.qsize())]


@pytest.fixture
def hidden(cast, live, first_light):
    """A third item, whose round mia does not see; and mia is in the room."""
    film = factories.deliverable(first_light, "Film")
    revision = factories.revision(film)
    invite_people(actor=cast.actor("pat"), session=live, people=[cast.mia])
    join_room(actor=cast.actor("mia"), session=live)
    add_items(actor=cast.actor("pat"), session=live, deliverables=[film])
    return revision


def test_pages_outside_hear_nothing_of_a_room(cast, live):
    outside = Subscriber(str(cast.organization.pk), str(cast.pat.pk))

    assert heard(outside, turn(live)) == []


def test_a_room_hears_its_own_turns_and_not_what_else_happens(cast, live):
    pat = subscriber_in(cast.actor("pat"), live)
    others = [turn(live, r="another"), turn(live, o="another"), {"o": str(live.organization_id), "v": "stage.approved"}]

    assert heard(pat, turn(live, data={"frame": 1}), *others) == [turn(live, data={"frame": 1})]


def test_who_waits_hears_that_something_is_said_and_not_what(cast, live):
    join_room(actor=cast.actor("mia"), session=live)
    mia = subscriber_in(cast.actor("mia"), live)

    assert heard(mia, turn(live, data={"frame": 1}, rev=None), turn(live, v="room.spot")) == [turn(live)]


def test_what_is_drawn_on_a_hidden_round_is_cut_out_for_clients_alone(cast, live, hidden):
    shown = str(items_of(live)[0].deliverable.revisions.get().pk)
    secret = [turn(live, kind, rev=str(hidden.pk), data={"mark": 1}) for kind in ("show", "draw", "erase")]
    mia, art = (subscriber_in(cast.actor(who), live) for who in ("mia", "pat"))

    assert heard(mia, *secret) == [turn(live, kind, hidden=True) for kind in ("show", "draw", "erase")]
    assert heard(mia, turn(live, v="room.spot", rev=str(hidden.pk))) == []
    assert heard(mia, turn(live, rev=shown, data={})) == [turn(live, rev=shown, data={})]
    assert heard(art, *secret) == secret


def test_a_stream_ends_when_the_rounds_change_that_a_client_sees(cast, live, hidden, first_light):
    mia, pat = (subscriber_in(cast.actor(who), live) for who in ("mia", "pat"))
    released = {"o": str(live.organization_id), "p": str(first_light.pk), "v": "round.released"}

    assert (heard(mia, released), heard(pat, released)) == ([None], [])


def test_the_whole_room_is_cut_in_the_same_way(cast, live, hidden):
    show(actor=cast.actor("pat"), session=live, said={"item": str(items_of(live)[2].pk)})
    draw(actor=cast.actor("pat"), session=live, mark=mark())
    mia, art = (room_for(cast.actor(who), live) for who in ("mia", "pat"))

    assert (mia["hidden"], mia["drawings"], mia["state"]["item"], mia["state"]["revision"]) == (True, [], None, None)
    assert (art["hidden"], len(art["drawings"]), art["state"]["revision"]) == (False, 1, str(hidden.pk))


def test_a_late_joiner_gets_all_of_it(cast, live):
    show(actor=cast.actor("pat"), session=live, said={"frame": 40, "view": {"x": 0.5, "y": 0.5, "zoom": 2}})
    draw(actor=cast.actor("pat"), session=live, mark=mark())
    assert room_for(cast.actor("art"), live)["waiting"] is False
    join_room(actor=cast.actor("art"), session=live)
    found = room_for(cast.actor("art"), live)

    assert (found["seq"], found["state"]["frame"], found["state"]["view"]["zoom"]) == (room_of(live).seq, 40, 2.0)
    assert (len(found["drawings"]), found["driver"]) == (1, str(cast.pat.pk))
    assert [(one["name"], one["is_here"]) for one in found["people"]] == [("Pat Producer", True), ("Art Maker", True)]


def test_who_waits_is_told_no_more_than_that(cast, live):
    join_room(actor=cast.actor("mia"), session=live)
    found = room_for(cast.actor("mia"), live)

    assert {name: found[name] for name in ("status", "waiting", "seq")} == {
        "status": "open",
        "waiting": True,
        "seq": room_of(live).seq,
    }
    assert set(found) == {"status", "waiting", "seq", "now"}


@pytest.mark.django_db(transaction=True)
def test_each_change_travels_through_the_database_once_and_in_order(cast, live):
    settings, pat = dict(connection.settings_dict), cast.actor("pat")
    subscriber = subscriber_in(pat, live)
    before = room_of(live).seq

    async def story():
        hub = Hub()
        hub.add(subscriber)
        hub.open(settings)
        assert await asyncio.wait_for(subscriber.queue.get(), 10) == RESYNC
        for frame in range(5):
            await asyncio.to_thread(shown, frame)
        found = [await asyncio.wait_for(subscriber.queue.get(), 10) for _ in range(5)]
        hub.close()
        return found

    def shown(frame):
        show(actor=pat, session=live, said={"frame": frame})
        connection.close()

    found = run_in_loop(story())
    assert [(one["q"], one["data"]["frame"]) for one in found] == [(before + 1 + frame, frame) for frame in range(5)]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_is_not_told(cast, live):
    before = room_of(live)
    with pytest.raises(RuntimeError), transaction.atomic():
        show(actor=cast.actor("pat"), session=live, said={"frame": 7})
        raise RuntimeError

    after = room_of(live)
    assert (after.seq, after.state, live.minutes.count()) == (before.seq, before.state, before.seq)

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from signoff.core.errors import NotAllowed
from signoff.core.ids import new_id
from signoff.rooms.actions import (
    admit_person,
    allow_drawing,
    ask_to_lead,
    conclude_session,
    draw,
    erase,
    give_lead,
    invite_people,
    join_room,
    leave_room,
    open_session,
    set_room_role,
    show,
    start_remainder,
    stay_in_room,
    take_lead,
)
from signoff.rooms.errors import (
    BadState,
    NotHere,
    NothingLeft,
    NothingOnTheAgenda,
    NotLeading,
    SessionNotOpen,
    StillWaiting,
    UnknownItem,
)
from signoff.rooms.models import Minute, ReviewSession
from signoff.rooms.turns import clock_ms
from tests import factories
from tests.rooms.conftest import fresh, items_of, long_ago, names_of, room_of, said
from tests.together import at_once

MARK = {"kind": "pen", "geometry": {"points": [[0.1, 0.2], [0.3, 0.4]]}, "style": {"colour": "yellow", "width": 2}}


def mark(**values):
    return {"id": str(new_id()), **MARK, **values}


def test_opening_shows_the_first_item_and_who_opened_it_leads(cast, weekly):
    room = open_session(actor=cast.actor("pat"), session=weekly)
    first = items_of(weekly)[0]

    assert (room.seq, room.driver, room.state["item"]) == (1, cast.pat, str(first.pk))
    assert room.state["revision"] == str(first.deliverable.revisions.get().pk)
    assert (fresh(weekly).status, said(weekly)) == ("open", [("Pat Producer", "open")])


def test_opening_twice_is_once(cast, weekly):
    rooms = [open_session(actor=cast.actor(who), session=weekly) for who in ("pat", "rev")]

    assert ([room.seq for room in rooms], room_of(weekly).driver) == ([1, 1], cast.pat)


def test_who_opens_anothers_session_is_a_co_host(cast, weekly):
    open_session(actor=cast.actor("rev"), session=weekly)

    roles = dict(weekly.attendances.values_list("user__name", "role"))
    assert (roles, room_of(weekly).driver) == ({"Pat Producer": "host", "Rev Reviewer": "cohost"}, cast.rev)


def test_an_empty_agenda_is_not_opened(cast, plan):
    with pytest.raises(NothingOnTheAgenda):
        open_session(actor=cast.actor("pat"), session=plan(deliverables=[]))


def test_makers_open_and_end_none(cast, live):
    for act in (open_session, conclude_session):
        with pytest.raises(NotAllowed):
            act(actor=cast.actor("art"), session=live)

    assert fresh(live).status == "open"


def test_the_house_walks_in_and_an_uninvited_client_waits(cast, live):
    assert join_room(actor=cast.actor("art"), session=live).is_admitted
    mia = join_room(actor=cast.actor("mia"), session=live)
    assert not mia.is_admitted
    with pytest.raises(StillWaiting):
        draw(actor=cast.actor("mia"), session=live, mark=mark())
    with pytest.raises(NotLeading):
        admit_person(actor=cast.actor("art"), attendance=mia)

    assert admit_person(actor=cast.actor("pat"), attendance=mia).is_admitted
    assert said(live)[2:] == [("Art Maker", "people"), ("Mia Client", "people"), ("Pat Producer", "people")]


def test_an_invited_client_walks_in_and_never_leads_by_role(cast, weekly):
    invite_people(actor=cast.actor("pat"), session=weekly, people=[cast.mia])
    open_session(actor=cast.actor("pat"), session=weekly)
    mia = join_room(actor=cast.actor("mia"), session=weekly)

    assert (mia.is_admitted, mia.role) == (True, "viewer")
    with pytest.raises(Exception, match="Clients come"):
        set_room_role(actor=cast.actor("pat"), attendance=mia, role="cohost")


def test_clients_are_not_asked_to_internal_sessions(cast, plan):
    with pytest.raises(Exception, match="Clients come"):
        invite_people(actor=cast.actor("pat"), session=plan(audience="internal"), people=[cast.mia])


def test_nobody_comes_before_it_opens(cast, weekly):
    with pytest.raises(SessionNotOpen):
        join_room(actor=cast.actor("art"), session=weekly)


def test_who_leads_shows_and_others_do_not(cast, live):
    join_room(actor=cast.actor("art"), session=live)
    second = items_of(live)[1]
    before = room_of(live).seq

    assert show(actor=cast.actor("pat"), session=live, said={"item": str(second.pk)}) == before + 1
    with pytest.raises(NotLeading):
        show(actor=cast.actor("art"), session=live, said={"frame": 3})
    state = room_of(live).state
    assert (state["item"], state["revision"]) == (str(second.pk), str(second.deliverable.revisions.get().pk))


def test_what_is_not_on_the_agenda_is_not_shown(cast, live, first_light):
    elsewhere = factories.revision(factories.deliverable(first_light, "Film"))
    with pytest.raises(UnknownItem):
        show(actor=cast.actor("pat"), session=live, said={"item": str(new_id())})
    for wrong in ({"revision": str(elsewhere.pk)}, {"frame": -1}, {"frame": True}, {"volume": 1}, {}, {"view": 3}):
        with pytest.raises(BadState):
            show(actor=cast.actor("pat"), session=live, said=wrong)

    assert said(live) == [("Pat Producer", "open"), ("Pat Producer", "people")]


def test_a_time_is_the_databases_and_not_far_from_now(cast, live):
    for at in (0, 2**60, None):
        before = clock_ms()
        show(actor=cast.actor("pat"), session=live, said={"frame": 5, "playing": True}, at=at)
        assert before - 2_000 <= room_of(live).state["at"] <= clock_ms()


def test_each_change_has_its_minute(cast, live):
    pat = cast.actor("pat")
    for frame in range(5):
        show(actor=pat, session=live, said={"frame": frame})
    draw(actor=pat, session=live, mark=mark())

    numbers = list(Minute.objects.filter(session=live).values_list("seq", flat=True))
    assert numbers == list(range(1, room_of(live).seq + 1))


def test_minutes_stay_as_they_are(live):
    for change in (lambda: Minute.objects.update(kind="x"), lambda: Minute.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_drawing_is_the_leaders_until_it_is_everybodys(cast, live):
    join_room(actor=cast.actor("art"), session=live)
    with pytest.raises(NotLeading):
        draw(actor=cast.actor("art"), session=live, mark=mark())
    with pytest.raises(NotLeading):
        allow_drawing(actor=cast.actor("art"), session=live, allowed=True)
    allow_drawing(actor=cast.actor("pat"), session=live, allowed=True)
    drawn = mark()
    draw(actor=cast.actor("art"), session=live, mark=drawn)
    draw(actor=cast.actor("pat"), session=live, mark=mark())

    erase(actor=cast.actor("pat"), session=live, mark_id=drawn["id"])
    assert [one["by"] for one in room_of(live).drawings] == [str(cast.pat.pk)]
    show(actor=cast.actor("pat"), session=live, said={"item": str(items_of(live)[1].pk)})
    assert room_of(live).drawings == []


def test_what_is_no_mark_is_not_drawn(cast, live):
    for wrong in ({}, mark(kind="spray"), mark(geometry={"points": []}), mark(page=-1), mark(id="1")):
        with pytest.raises(BadState):
            draw(actor=cast.actor("pat"), session=live, mark=wrong)

    assert room_of(live).drawings == []


def test_asking_and_being_given_the_lead(cast, live):
    art = cast.actor("art")
    join_room(actor=art, session=live)
    for _ in range(2):
        ask_to_lead(actor=art, session=live)
    assert room_of(live).wants == [cast.art.pk]
    with pytest.raises(NotLeading):
        take_lead(actor=art, session=live)

    give_lead(actor=cast.actor("pat"), session=live, person=cast.art)
    assert (room_of(live).driver, room_of(live).wants) == (cast.art, [])
    with pytest.raises(NotLeading):
        show(actor=cast.actor("pat"), session=live, said={"frame": 1})
    take_lead(actor=cast.actor("pat"), session=live)
    assert room_of(live).driver == cast.pat


def test_the_lead_is_given_to_who_is_there(cast, live):
    with pytest.raises(NotHere):
        give_lead(actor=cast.actor("pat"), session=live, person=cast.art)


def test_another_house_is_refused_everywhere(cast, live):
    stranger = cast.actor("stranger")
    for act in (join_room, stay_in_room, ask_to_lead, take_lead, leave_room):
        with pytest.raises(NotAllowed):
            act(actor=stranger, session=live)

    assert live.attendances.count() == 1


def test_a_lost_host_is_followed_by_a_co_host(cast, live):
    invite_people(actor=cast.actor("pat"), session=live, people=[cast.rev], role="cohost")
    for who in ("rev", "art"):
        join_room(actor=cast.actor(who), session=live)
    long_ago(live, "Pat Producer", seconds=15)
    stay_in_room(actor=cast.actor("art"), session=live)
    assert room_of(live).driver == cast.pat

    long_ago(live, "Pat Producer", seconds=21)
    stay_in_room(actor=cast.actor("art"), session=live)
    assert (room_of(live).driver, said(live)[-2:]) == (cast.rev, [("Signoff", "people"), ("Signoff", "lost")])


def test_without_anybody_to_lead_it_stands_still_until_the_host_is_back(cast, live):
    join_room(actor=cast.actor("art"), session=live)
    show(actor=cast.actor("pat"), session=live, said={"playing": True})
    long_ago(live, "Pat Producer")
    stay_in_room(actor=cast.actor("art"), session=live)
    assert (room_of(live).driver, room_of(live).state["playing"]) == (None, False)

    join_room(actor=cast.actor("pat"), session=live)
    assert room_of(live).driver == cast.pat


def test_who_goes_hands_over_at_once(cast, live):
    join_room(actor=cast.actor("art"), session=live)
    leave_room(actor=cast.actor("pat"), session=live)

    assert room_of(live).driver is None


def test_time_in_the_room_is_what_there_were_signs_of(cast, live):
    long_ago(live, "Pat Producer", seconds=6)
    stay_in_room(actor=cast.actor("pat"), session=live)

    assert live.attendances.get(user=cast.pat).here_seconds in (6, 7)


def test_ending_writes_down_what_was_shown_and_the_rest_is_another_session(cast, live):
    invite_people(actor=cast.actor("pat"), session=live, people=[cast.mia])
    conclude_session(actor=cast.actor("pat"), session=live)
    conclude_session(actor=cast.actor("pat"), session=live)
    assert [item.shown_at is not None for item in items_of(live)] == [True, False]
    with pytest.raises(SessionNotOpen):
        show(actor=cast.actor("pat"), session=live, said={"frame": 1})

    following = {start_remainder(actor=cast.actor("pat"), session=live).pk for _ in range(2)}
    [left] = ReviewSession.objects.filter(follows=live)
    assert (following, names_of(left)) == ({left.pk}, ["Banner"])
    assert set(left.attendances.values_list("user__name", "role")) == {
        ("Pat Producer", "host"),
        ("Mia Client", "viewer"),
    }


def test_nothing_is_left_when_all_was_shown(cast, live):
    show(actor=cast.actor("pat"), session=live, said={"item": str(items_of(live)[1].pk)})
    conclude_session(actor=cast.actor("pat"), session=live)
    with pytest.raises(NothingLeft):
        start_remainder(actor=cast.actor("pat"), session=live)


def test_a_key_opens_a_session_and_leads_none(cast, weekly):
    key = replace(cast.actor("pat"), kind="api_key", scopes=frozenset({"write"}))
    assert open_session(actor=key, session=weekly).driver is None

    join_room(actor=cast.actor("pat"), session=weekly)
    assert room_of(weekly).driver == cast.pat


@pytest.mark.django_db(transaction=True)
def test_two_hosts_at_once_have_numbers_after_each_other(cast, live):
    invite_people(actor=cast.actor("pat"), session=live, people=[cast.rev], role="cohost")
    join_room(actor=cast.actor("rev"), session=live)
    before, pat, rev = room_of(live).seq, cast.actor("pat"), cast.actor("rev")
    acts = [lambda: draw(actor=pat, session=live, mark=mark()), lambda: draw(actor=rev, session=live, mark=mark())] * 4

    assert at_once(*acts) == ["done"] * 8
    assert (room_of(live).seq, len(room_of(live).drawings)) == (before + 8, 8)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_lead_at_once_are_one(cast, live):
    for who in ("rev", "ada"):
        invite_people(actor=cast.actor("pat"), session=live, people=[cast.people[who]], role="cohost")
    leave_room(actor=cast.actor("pat"), session=live)
    for who in ("rev", "ada"):
        join_room(actor=cast.actor(who), session=live)
    leave_room(actor=cast.actor("rev"), session=live)
    leave_room(actor=cast.actor("ada"), session=live)
    assert room_of(live).driver is None
    acts = [lambda who=who: take_lead(actor=cast.actor(who), session=live) for who in ("rev", "ada")]

    assert at_once(*acts) == ["done", "not_leading"]

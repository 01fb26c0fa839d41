import asyncio
import json

import psycopg
import pytest
from django.db import connection

from signoff.live import hub as hub_module
from signoff.live.hub import RESYNC, WAITING_MESSAGES, Hub, Subscriber
from signoff.live.stream import KEEP_ALIVE, RETRY, event_of, read
from tests.loops import run_in_loop

HERE, ELSEWHERE = "org-1", "org-2"


def message(**changes):
    return {"o": HERE, "p": "p-1", "u": None, "v": "stage.approved", "d": None, "s": "s", "a": None, "b": 1} | changes


def staff(**changes):
    return Subscriber(**({"organization_id": HERE, "user_id": "pat"} | changes))


def client(*projects):
    return Subscriber(organization_id=HERE, user_id="mia", project_ids=frozenset(projects))


@pytest.mark.parametrize(
    ("subscriber", "said", "heard"),
    [
        (staff(), message(), True),
        (staff(), message(p=None), True),
        (staff(organization_id=ELSEWHERE), message(), False),
        (staff(), message(u="pat"), True),
        (staff(), message(u="art"), False),
        (staff(organization_id=ELSEWHERE), message(u="pat"), False),
        (client("p-1"), message(), True),
        (client("p-1"), message(i=True), False),
        (client("p-1"), message(i=True, u="mia"), True),
        (staff(), message(i=True), True),
        (client("p-2"), message(), False),
        (client("p-1"), message(p=None), False),
        (client(), message(u="mia"), True),
        (client("p-1"), message(u="pat"), False),
    ],
)
def test_a_message_reaches_those_who_may_see_its_project(subscriber, said, heard):
    assert subscriber.may_hear(said) is heard


def test_a_full_queue_becomes_one_resync_and_the_newest():
    slow = staff()
    for beat in range(WAITING_MESSAGES + 1):
        slow.tell(message(b=beat))

    assert [slow.queue.get_nowait() for _ in range(slow.queue.qsize())] == [RESYNC, message(b=WAITING_MESSAGES)]


def test_an_event_is_named_by_its_verb_and_does_not_name_the_organization():
    name, data, *rest = event_of(message()).decode().split("\n")

    assert name == "event: stage.approved"
    assert json.loads(data.removeprefix("data: ")) == {k: v for k, v in message().items() if k != "o"}
    assert rest == ["", ""]


def test_a_closed_hub_ends_every_stream():
    async def story():
        hub, subscriber = Hub(), staff()
        lines = read(hub, subscriber)
        assert await anext(lines) == RETRY
        hub.close()
        assert [line async for line in lines] == []
        assert hub.subscribers == set()
        assert [line async for line in read(hub, staff())] == [RETRY]

    run_in_loop(story())


def test_a_quiet_stream_keeps_the_line_alive_and_ends_when_it_is_old(monkeypatch):
    monkeypatch.setattr("signoff.live.stream.KEEP_ALIVE_SECONDS", 0.02)
    monkeypatch.setattr("signoff.live.stream.LONGEST_SECONDS", 0.1)

    async def story():
        return [line async for line in read(Hub(), staff())]

    first, *others = run_in_loop(story())
    assert first == RETRY
    assert set(others) == {KEEP_ALIVE}


@pytest.mark.django_db(transaction=True)
def test_a_message_travels_through_the_database(monkeypatch):
    settings = dict(connection.settings_dict)

    async def story():
        hub, subscriber = Hub(), staff()
        hub.add(subscriber)
        hub.open(settings)
        assert await next_message(subscriber) == RESYNC  # the line stands
        say(settings, message(o=ELSEWHERE))
        say(settings, message())
        assert await next_message(subscriber) == message()
        hub.close()

    run_in_loop(story())


@pytest.mark.django_db(transaction=True)
def test_a_broken_line_is_mended_and_says_resync(monkeypatch):
    monkeypatch.setattr(hub_module, "FIRST_PAUSE", 0.05)
    settings = dict(connection.settings_dict)

    async def story():
        hub, subscriber = Hub(), staff()
        hub.add(subscriber)
        hub.open(settings)
        assert await next_message(subscriber) == RESYNC
        await asyncio.to_thread(break_listeners, settings)
        assert await next_message(subscriber) == RESYNC
        say(settings, message(b=2))
        assert await next_message(subscriber) == message(b=2)
        hub.close()

    run_in_loop(story())


async def next_message(subscriber):
    return await asyncio.wait_for(subscriber.queue.get(), 10)


def say(settings, said):
    with psycopg.connect(hub_module._conninfo(settings), autocommit=True) as other:
        other.execute("SELECT pg_notify('signoff', %s)", [json.dumps(said)])


def break_listeners(settings):
    with psycopg.connect(hub_module._conninfo(settings), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )

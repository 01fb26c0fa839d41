"""Saying on the wire that something changed. Delivered by PostgreSQL when the transaction commits."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from signoff.audit.models import Event

CHANNEL = "signoff"
BEAT_AND_TELL = """
WITH beaten AS (
  INSERT INTO live_pulse AS pulse (topic, beat) VALUES (%s, 1)
  ON CONFLICT (topic) DO UPDATE SET beat = pulse.beat + 1 RETURNING beat
)
SELECT pg_notify(%s, (message::jsonb || jsonb_build_object('b', beat))::text)
FROM beaten, unnest(%s::text[]) AS message
"""


def publish(event: Event, told: Iterable[UUID] = ()) -> None:
    """Tell the pages that look at the event's project (or organisation), and those `told` that
    their inbox has something new. One statement; call it last, it locks the topic's pulse."""
    message = message_of(event)
    to_people = [message | {"v": "inbox.changed", "u": str(who)} for who in told]
    _beat(event.project_id or event.organization_id, [message, *to_people])


def publish_many(events: Iterable[Event], told: Iterable[UUID] = ()) -> None:
    """One message per project for many events of one act: pages then read what changed by themselves."""
    last = {event.project_id or event.organization_id: event for event in events}
    to_people = [{"v": "inbox.changed", "u": str(who)} for who in told]
    for topic in sorted(last):  # always in one order, so that two acts cannot wait for each other
        message = message_of(last[topic]) | {"d": None, "s": str(topic), "many": True}
        _beat(topic, [message, *(message | one for one in to_people)])
        to_people = []


def murmur(
    verb: str, *, organization_id: UUID, project_id: UUID, deliverable_id: UUID, subject_id: UUID, beats: bool = False
) -> None:
    """Tell open pages of progress that nobody writes down: no event. Outside of a transaction it goes now.

    `beats`: what the project's lists show has changed with it, so that who kept a copy must ask for it anew.
    """
    ids = {"o": organization_id, "p": project_id, "d": deliverable_id, "s": subject_id}
    message: dict[str, object] = {**{name: str(one) for name, one in ids.items()}, "a": None, "u": None, "v": verb}
    if beats:
        return _beat(project_id, [message])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(message)])


def message_of(event: Event) -> dict[str, object]:
    """What goes over the wire: ids and a verb, no content; whoever may read it asks for it. `i`: not for clients."""
    return {
        "o": str(event.organization_id),
        "p": str(event.project_id) if event.project_id else None,
        "d": str(event.deliverable_id) if event.deliverable_id else None,
        "s": str(event.subject_id),
        "a": str(event.actor_user_id) if event.actor_user_id else None,
        "u": None,
        "v": event.verb,
        **({"i": True} if event.data.get("is_internal") else {}),
    }


def _beat(topic: UUID, messages: list[dict[str, object]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BEAT_AND_TELL, [topic, CHANNEL, [json.dumps(one) for one in messages]])

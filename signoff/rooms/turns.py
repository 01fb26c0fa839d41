"""A turn: the one way in which a room changes. One statement: the row, its number, the minute and the message.

The row is locked from the statement to the commit, so numbers come in the order of commits, and the message goes out
if and only if minute and change are there. Whether it may be is asked of the same row, so two at once cannot both be
first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from signoff.core.actor import Actor
from signoff.live.publish import CHANNEL

MOST_WIRE = 6_000  # bytes; PostgreSQL carries 8,000. What is larger is asked for
MOST_DRAWINGS = 300
NOW_MS = "floor(extract(epoch from clock_timestamp()) * 1000)::bigint"
CLOCK_MS = 2_000  # so far back a leader may say that something began, and no further

TURN = """
WITH said AS MATERIALIZED (
  SELECT %(data)s::jsonb || CASE WHEN %(at)s::bigint IS NULL THEN '{{}}'::jsonb
    ELSE jsonb_build_object('at', greatest(least(%(at)s::bigint, ms), ms - {clock})) END AS data
  FROM (SELECT {now} AS ms) AS clock
), moved AS (
  UPDATE rooms_room AS room SET seq = room.seq + 1, changed_at = clock_timestamp(){sets}
  FROM said WHERE session_id = %(room)s AND room.is_open AND ({when})
  RETURNING room.seq, room.state, room.changed_at, said.data
), kept AS (
  INSERT INTO rooms_minute (session_id, seq, at, who, who_label, kind, data)
  SELECT %(room)s::uuid, seq, changed_at, %(who)s::uuid, %(label)s, %(kind)s, data FROM moved
)
SELECT seq, pg_notify(%(channel)s, (%(message)s::jsonb || jsonb_build_object('q', seq, 'rev', state->'revision')
  || CASE WHEN octet_length(data::text) < %(most)s THEN jsonb_build_object('data', data) ELSE '{{}}'::jsonb END)::text)
FROM moved
"""


@dataclass(frozen=True, slots=True)
class Way:
    """What a kind of turn sets in the row, and when it may, in SQL over `room` and `said.data`."""

    sets: str = ""
    when: str = "true"


SHOW = """, state = room.state || said.data, drawings = CASE
  WHEN said.data ?| array['item', 'revision', 'file'] THEN '[]'::jsonb ELSE room.drawings END"""
LEAD = """, driver_id = (said.data->>'to')::uuid, wants = array_remove(room.wants, (said.data->>'to')::uuid)"""
ASK = ", wants = array_append(room.wants, %(who)s::uuid)"
ERASE = """, drawings = CASE WHEN said.data->>'id' IS NULL THEN '[]'::jsonb ELSE COALESCE((
  SELECT jsonb_agg(one ORDER BY place) FROM jsonb_array_elements(room.drawings) WITH ORDINALITY AS all_of (one, place)
  WHERE one->>'id' <> said.data->>'id'), '[]'::jsonb) END"""
MINE = "room.driver_id = %(who)s::uuid"
DRAWS = f"(%(leads)s OR {MINE} OR room.allows_drawing)"
WAYS: Mapping[str, Way] = {
    "open": Way(),
    "show": Way(SHOW, MINE),
    "draw": Way(
        ", drawings = room.drawings || jsonb_build_array(said.data->'mark')",
        f"{DRAWS} AND jsonb_array_length(room.drawings) < {MOST_DRAWINGS}",
    ),
    "erase": Way(ERASE, f"(%(leads)s OR {MINE})"),
    "lead": Way(LEAD, f"(%(leads)s OR {MINE})"),
    "take": Way(LEAD, "(%(hosts)s OR (%(leads)s AND room.driver_id IS NULL))"),
    "lost": Way(LEAD + ", state = room.state || '{\"playing\": false}'", "room.driver_id = %(lost)s::uuid"),
    "ask": Way(ASK, "NOT (%(who)s::uuid = ANY(room.wants)) AND room.driver_id IS DISTINCT FROM %(who)s::uuid"),
    "refuse": Way(", wants = array_remove(room.wants, (said.data->>'to')::uuid)", f"(%(leads)s OR {MINE})"),
    "drawing": Way(", allows_drawing = (said.data->>'allowed')::boolean", "%(leads)s"),
    "people": Way(),
    "agenda": Way(),
    "conclude": Way(", is_open = false, driver_id = NULL"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """`at`: since when, for what plays; milliseconds of the database's clock, as who leads counts them."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    at: int | None = None
    leads: bool = False
    hosts: bool = False
    lost: UUID | None = None


def take_turn(room_id: UUID, actor: Actor, turn: Turn) -> int | None:
    """The room's new number; None where it may not be (any more), and nothing has changed then. One statement."""
    way = WAYS[turn.kind]
    message = {"o": str(actor.organization_id), "r": str(room_id), "v": "room.turn", "k": turn.kind}
    said = {
        "room": room_id,
        "who": actor.user_id,
        "label": actor.label[:200],
        "kind": turn.kind,
        "data": json.dumps(dict(turn.data)),
        "at": turn.at,
        "leads": turn.leads,
        "hosts": turn.hosts,
        "lost": turn.lost,
        "channel": CHANNEL,
        "message": json.dumps({**message, "w": str(actor.user_id) if actor.user_id else None}),
        "most": MOST_WIRE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(way), said)
        row = cursor.fetchone()
    return int(row[0]) if row else None


def whisper(room_id: UUID, actor: Actor, spot: Mapping[str, Any], revision: str | None) -> None:
    """Where somebody points: to whoever looks now, without number and minute."""
    message = {"o": str(actor.organization_id), "r": str(room_id), "v": "room.spot", "w": str(actor.user_id)}
    with connection.cursor() as cursor:
        said = {**message, "rev": revision, "data": dict(spot)}
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(said)])


def clock_ms() -> int:
    """The clock that `at` is read from: the database's, the same for every process."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NOW_MS}")
        return int(cursor.fetchone()[0])


def _statement(way: Way) -> str:
    return TURN.format(clock=CLOCK_MS, now=NOW_MS, sets=way.sets, when=way.when)

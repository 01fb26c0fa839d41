"""Review sessions as the API takes and answers them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from signoff.accounts.names import shown_name
from signoff.api.v1.schemas import Answer, Given
from signoff.core.actor import Actor
from signoff.rooms.models import Attendance, Minute, ReviewSession, SessionItem
from signoff.rooms.summary import Outcome, Summary

Audience = Literal["internal", "client"]
SessionRole = Literal["host", "cohost", "viewer"]


class SessionOut(Answer):
    id: UUID
    name: str
    description: str
    audience: Audience
    status: Literal["planned", "open", "concluded"]
    owner: UUID | None
    starts_at: datetime | None
    minutes_per_item: int
    is_frozen: bool
    opened_at: datetime | None
    concluded_at: datetime | None
    follows: UUID | None
    version: int


class SessionNew(Given):
    name: str
    description: str = ""
    audience: Audience = "internal"
    owner: UUID | None = None
    starts_at: datetime | None = None
    minutes_per_item: int = 5
    is_frozen: bool = False
    deliverables: list[UUID] = Field(default=[], max_length=200)


class SessionChange(Given):
    """`version` is the one that was seen."""

    name: str = ""
    description: str = ""
    audience: Audience = "internal"
    owner: UUID | None = None
    starts_at: datetime | None = None
    minutes_per_item: int = 5
    is_frozen: bool = False
    version: int | None = None


class SessionItemOut(Answer):
    """`revision` is null where the newest round is shown; `speaker_notes` is null for who does not lead."""

    id: UUID
    deliverable: UUID
    name: str
    revision: UUID | None
    position: int
    reason: str
    speaker_notes: str | None
    shown_at: datetime | None
    shown_seconds: int


class ItemsNew(Given):
    deliverables: list[UUID] = Field(max_length=200)


class SessionItemChange(Given):
    reason: str = ""
    speaker_notes: str = ""
    revision: UUID | None = None


class Order(Given):
    """Every item once, in the order that is wanted."""

    items: list[UUID] = Field(max_length=200)


class RemainderNew(Given):
    starts_at: datetime | None = None


class PersonOut(Answer):
    id: UUID
    user: UUID
    name: str
    role: SessionRole
    is_invited: bool
    is_admitted: bool
    joined_at: datetime | None
    left_at: datetime | None
    here_seconds: int


class PeopleNew(Given):
    people: list[UUID] = Field(max_length=100)
    role: Literal["cohost", "viewer"] = "viewer"


class PersonChange(Given):
    role: Literal["cohost", "viewer"] | None = None
    is_admitted: Literal[True] | None = None


class OutcomeOut(Answer):
    item: UUID
    deliverable: UUID
    name: str
    result: str
    is_with_changes: bool
    decided_by: list[str]
    reasons: list[str]
    opened: int
    closed: int
    is_reached: bool
    shown_seconds: int


class SummaryOut(Answer):
    decided: int
    opened: int
    closed: int
    must_fix: int
    questions: int
    seconds: int
    items: list[OutcomeOut]


class MinuteOut(Answer):
    seq: int
    at: datetime
    who: UUID | None
    name: str
    kind: str
    data: dict[str, Any]


class RoomOut(Answer):
    """Where somebody waits before the door, or the room is not open, only the first four are there."""

    status: str
    now: int
    waiting: bool
    seq: int
    state: dict[str, Any] | None = None
    hidden: bool = False
    drawings: list[dict[str, Any]] = []
    driver: UUID | None = None
    wants: list[UUID] = []
    allows_drawing: bool = False
    is_open: bool = False
    me: dict[str, Any] | None = None
    people: list[dict[str, Any]] = []


class Shown(Given):
    """What changes of the room's state. `at`: since when, in milliseconds of the clock that `now` is read from."""

    state: dict[str, Any]
    at: int | None = Field(default=None, ge=0, le=2**60)


class Seq(Answer):
    seq: int
    now: int


class Drawn(Given):
    mark: dict[str, Any]


class Spot(Given):
    spot: dict[str, Any]


class Lead(Given):
    """Who leads from now on; null: the caller."""

    person: UUID | None = None


class Drawing(Given):
    allowed: bool


class Sign(Given):
    follows: bool = True


def session_out(row: ReviewSession) -> dict[str, object]:
    plain = ("name", "description", "audience", "status", "starts_at", "minutes_per_item", "is_frozen")
    times = ("opened_at", "concluded_at", "version")
    said = {name: getattr(row, name) for name in (*plain, *times)}
    return {"id": row.pk, "owner": row.owner_id, "follows": row.follows_id, **said}


def item_out(row: SessionItem, *, leads: bool) -> dict[str, object]:
    return {
        "id": row.pk,
        "deliverable": row.deliverable_id,
        "name": row.deliverable.name,
        "revision": row.revision_id,
        "position": row.position,
        "reason": row.reason,
        "speaker_notes": row.speaker_notes if leads else None,
        "shown_at": row.shown_at,
        "shown_seconds": row.shown_seconds,
    }


def person_out(actor: Actor, row: Attendance) -> dict[str, object]:
    plain = ("role", "is_invited", "is_admitted", "joined_at", "left_at", "here_seconds")
    name = shown_name(actor, row.user_id, row.user.name)
    return {"id": row.pk, "user": row.user_id, "name": name} | {one: getattr(row, one) for one in plain}


def summary_out(found: Summary) -> dict[str, object]:
    plain = ("decided", "opened", "closed", "must_fix", "questions")
    said = {name: getattr(found, name) for name in plain}
    return {**said, "seconds": round(found.took.total_seconds()), "items": [_outcome(one) for one in found.outcomes]}


def minute_out(actor: Actor, row: Minute) -> dict[str, object]:
    name = shown_name(actor, row.who, row.who_label)
    return {"seq": row.seq, "at": row.at, "who": row.who, "name": name, "kind": row.kind, "data": row.data}


def _outcome(one: Outcome) -> dict[str, object]:
    return {
        "item": one.item.pk,
        "deliverable": one.item.deliverable_id,
        "name": one.item.deliverable.name,
        "result": one.result,
        "is_with_changes": one.is_with_changes,
        "decided_by": one.people,
        "reasons": one.words,
        "opened": one.opened,
        "closed": one.closed,
        "is_reached": one.is_reached,
        "shown_seconds": one.item.shown_seconds,
    }

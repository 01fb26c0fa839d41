"""Review sessions: planning them, their agenda and people, what came of them. The live room is in `rooms.py`."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router, Status

from signoff.api.auth import Request
from signoff.api.v1.named import UnknownReference, found, organization, person
from signoff.api.v1.review_shapes import (
    ItemsNew,
    MinuteOut,
    Order,
    PeopleNew,
    PersonChange,
    PersonOut,
    RemainderNew,
    SessionChange,
    SessionItemChange,
    SessionItemOut,
    SessionNew,
    SessionOut,
    SummaryOut,
    item_out,
    minute_out,
    person_out,
    session_out,
    summary_out,
)
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable
from signoff.rooms import actions
from signoff.rooms.models import Attendance, Minute, ReviewSession, SessionItem
from signoff.rooms.people import may_lead
from signoff.rooms.summary import summary_of

router = Router(tags=["review sessions"])
MOST = 200


@router.get("/reviews", response=list[SessionOut])
def reviews(request: Request, status: Literal["planned", "open", "concluded"] | None = None) -> list[dict[str, object]]:
    """The newest 200 review sessions, the newest first."""
    rows = ReviewSession.objects.visible_to(request.auth).order_by("-id")
    return [session_out(row) for row in (rows.filter(status=status) if status else rows)[:MOST]]


@router.post("/reviews", response={201: SessionOut})
def plan_review(request: Request, payload: SessionNew) -> Status[dict[str, object]]:
    """Plan a review session, perhaps with an agenda."""
    actor, given = request.auth, payload.given()
    given["owner"] = person(actor, payload.owner, "owner")
    given["deliverables"] = _deliverables(actor, payload.deliverables)
    draft = actions.SessionDraft(**given)
    row = actions.add_session(actor=actor, organization=organization(actor), draft=draft)
    return Status(201, session_out(row))


@router.get("/reviews/{uuid:review_id}", response=SessionOut)
def review(request: Request, review_id: UUID) -> dict[str, object]:
    return session_out(session_of(request.auth, review_id))


@router.patch("/reviews/{uuid:review_id}", response=SessionOut)
def change_review(request: Request, review_id: UUID, payload: SessionChange) -> dict[str, object]:
    actor, changes = request.auth, payload.given()
    version = changes.pop("version", None)
    if "owner" in changes:
        changes["owner"] = person(actor, payload.owner, "owner")
    row = session_of(actor, review_id)
    return session_out(actions.change_session(actor=actor, session=row, changes=changes, version=version))


@router.delete("/reviews/{uuid:review_id}", response={204: None})
def remove_review(request: Request, review_id: UUID) -> Status[None]:
    """Take away a session that was never opened."""
    actions.remove_session(actor=request.auth, session=session_of(request.auth, review_id))
    return Status(204, None)


@router.get("/reviews/{uuid:review_id}/items", response=list[SessionItemOut])
def review_items(request: Request, review_id: UUID) -> list[dict[str, object]]:
    return _items(request.auth, session_of(request.auth, review_id))


@router.post("/reviews/{uuid:review_id}/items", response=list[SessionItemOut])
def add_review_items(request: Request, review_id: UUID, payload: ItemsNew) -> list[dict[str, object]]:
    """Put deliverables at the agenda's end; those that are on it stay where they are."""
    actor, row = request.auth, session_of(request.auth, review_id)
    actions.add_items(actor=actor, session=row, deliverables=_deliverables(actor, payload.deliverables))
    return _items(actor, row)


@router.put("/reviews/{uuid:review_id}/order", response=list[SessionItemOut])
def order_review(request: Request, review_id: UUID, payload: Order) -> list[dict[str, object]]:
    row = session_of(request.auth, review_id)
    actions.order_items(actor=request.auth, session=row, order=payload.items)
    return _items(request.auth, row)


@router.patch("/reviews/{uuid:review_id}/items/{uuid:entry_id}", response=SessionItemOut)
def change_review_item(
    request: Request, review_id: UUID, entry_id: UUID, payload: SessionItemChange
) -> dict[str, object]:
    """Why it is looked at, which round, and for who leads, what to say."""
    actor = request.auth
    row = actions.change_item(actor=actor, item=_item(actor, review_id, entry_id), changes=payload.given())
    return item_out(row, leads=may_lead(actor, row.session))


@router.delete("/reviews/{uuid:review_id}/items/{uuid:entry_id}", response={204: None})
def remove_review_item(request: Request, review_id: UUID, entry_id: UUID) -> Status[None]:
    actions.remove_item(actor=request.auth, item=_item(request.auth, review_id, entry_id))
    return Status(204, None)


@router.get("/reviews/{uuid:review_id}/people", response=list[PersonOut])
def review_people(request: Request, review_id: UUID) -> list[dict[str, object]]:
    """Who was asked, and who came."""
    return _people(request.auth, session_of(request.auth, review_id))


@router.post("/reviews/{uuid:review_id}/people", response=list[PersonOut])
def invite_to_review(request: Request, review_id: UUID, payload: PeopleNew) -> list[dict[str, object]]:
    """Ask people to come; they are told."""
    actor, row = request.auth, session_of(request.auth, review_id)
    asked = [person(actor, one, "people") for one in payload.people]
    people = [one for one in asked if one is not None]
    actions.invite_people(actor=actor, session=row, people=people, role=payload.role)
    return _people(actor, row)


@router.patch("/reviews/{uuid:review_id}/people/{uuid:attendance_id}", response=PersonOut)
def change_review_person(
    request: Request, review_id: UUID, attendance_id: UUID, payload: PersonChange
) -> dict[str, object]:
    """Let somebody in, or make them a co-host: for host and co-hosts in the open room."""
    actor, row = request.auth, _attendance(request.auth, review_id, attendance_id)
    if payload.is_admitted:
        row = actions.admit_person(actor=actor, attendance=row)
    if payload.role:
        row = actions.set_room_role(actor=actor, attendance=row, role=payload.role)
    return person_out(actor, row)


@router.delete("/reviews/{uuid:review_id}/people/{uuid:attendance_id}", response={204: None})
def uninvite_from_review(request: Request, review_id: UUID, attendance_id: UUID) -> Status[None]:
    row = _attendance(request.auth, review_id, attendance_id)
    actions.uninvite_person(actor=request.auth, attendance=row)
    return Status(204, None)


@router.post("/reviews/{uuid:review_id}/open", response=SessionOut)
def open_review(request: Request, review_id: UUID) -> dict[str, object]:
    """Open the room at the first item; open already, nothing happens."""
    actions.open_session(actor=request.auth, session=session_of(request.auth, review_id))
    return session_out(session_of(request.auth, review_id))


@router.post("/reviews/{uuid:review_id}/conclude", response=SessionOut)
def conclude_review(request: Request, review_id: UUID) -> dict[str, object]:
    """End it; ended already, nothing happens."""
    row = session_of(request.auth, review_id)
    return session_out(actions.conclude_session(actor=request.auth, session=row))


@router.post("/reviews/{uuid:review_id}/remainder", response=SessionOut)
def plan_remainder(request: Request, review_id: UUID, payload: RemainderNew) -> dict[str, object]:
    """The next session, of what was not reached; made once."""
    row = session_of(request.auth, review_id)
    return session_out(actions.start_remainder(actor=request.auth, session=row, starts_at=payload.starts_at))


@router.get("/reviews/{uuid:review_id}/summary", response=SummaryOut)
def review_summary(request: Request, review_id: UUID) -> dict[str, object]:
    """What was decided, opened and closed while it was open; of an open one, so far."""
    return summary_out(summary_of(request.auth, session_of(request.auth, review_id)))


@router.get("/reviews/{uuid:review_id}/minutes", response=list[MinuteOut])
def review_minutes(request: Request, review_id: UUID, after: int = 0) -> list[dict[str, object]]:
    """Every change of the room, a thousand at a time after `after`. For the house."""
    actor, row = request.auth, session_of(request.auth, review_id)
    rows = Minute.objects.visible_to(actor).filter(session=row, seq__gt=after).order_by("seq")[:1000]
    return [minute_out(actor, one) for one in rows]


def session_of(actor: Actor, review_id: UUID) -> ReviewSession:
    row: ReviewSession = found(ReviewSession.objects.visible_to(actor), review_id)
    return row


def _items(actor: Actor, session: ReviewSession) -> list[dict[str, object]]:
    rows = SessionItem.objects.visible_to(actor).filter(session=session).select_related("deliverable")
    leads = may_lead(actor, session)
    return [item_out(row, leads=leads) for row in rows.order_by("position")]


def _item(actor: Actor, review_id: UUID, entry_id: UUID) -> SessionItem:
    rows: Any = SessionItem.objects.visible_to(actor).filter(session=session_of(actor, review_id))
    row: SessionItem = found(rows.select_related("session", "deliverable"), entry_id)
    return row


def _people(actor: Actor, session: ReviewSession) -> list[dict[str, object]]:
    rows = Attendance.objects.visible_to(actor).filter(session=session).select_related("user")
    return [person_out(actor, row) for row in rows.order_by("created_at", "id")]


def _attendance(actor: Actor, review_id: UUID, attendance_id: UUID) -> Attendance:
    rows = Attendance.objects.visible_to(actor).filter(session=session_of(actor, review_id))
    row: Attendance = found(rows.select_related("session", "user"), attendance_id)
    return row


def _deliverables(actor: Actor, ids: list[UUID]) -> list[Deliverable]:
    """Raises UnknownReference where the caller does not see one of them."""
    try:
        rows = Deliverable.objects.visible_to(actor).in_bulk(ids)
        return [rows[one] for one in ids]
    except (KeyError, NotFound) as error:
        raise UnknownReference(field="deliverables") from error

"""The live room of an open review session: what everybody looks at, who leads, who is there.

Changes come down the stream of the room's page; whoever has missed one reads the room anew.
"""

from uuid import UUID

from ninja import Router, Status

from signoff.accounts.models import User
from signoff.api.auth import Request
from signoff.api.v1.named import UnknownReference, person
from signoff.api.v1.review_shapes import Drawing, Drawn, Lead, RoomOut, Seq, Shown, Sign, Spot
from signoff.api.v1.reviews import session_of
from signoff.core.actor import Actor
from signoff.rooms import actions
from signoff.rooms.look import room_for
from signoff.rooms.turns import clock_ms

router = Router(tags=["review sessions"])


@router.get("/reviews/{uuid:review_id}/room", response=RoomOut)
def room(request: Request, review_id: UUID) -> dict[str, object]:
    """All that the room shows, as far as the caller may see it."""
    return room_for(request.auth, session_of(request.auth, review_id))


@router.post("/reviews/{uuid:review_id}/room/attendance", response=RoomOut)
def join_room(request: Request, review_id: UUID) -> dict[str, object]:
    """Come in, or wait before the door."""
    row = session_of(request.auth, review_id)
    actions.join_room(actor=request.auth, session=row)
    return room_for(request.auth, row)


@router.put("/reviews/{uuid:review_id}/room/attendance", response={204: None})
def stay_in_room(request: Request, review_id: UUID, payload: Sign) -> Status[None]:
    """A sign of life, every five seconds; who gives none for twenty has left."""
    row = session_of(request.auth, review_id)
    actions.stay_in_room(actor=request.auth, session=row, follows=payload.follows)
    return Status(204, None)


@router.delete("/reviews/{uuid:review_id}/room/attendance", response={204: None})
def leave_room(request: Request, review_id: UUID) -> Status[None]:
    actions.leave_room(actor=request.auth, session=session_of(request.auth, review_id))
    return Status(204, None)


@router.patch("/reviews/{uuid:review_id}/room", response=Seq)
def show_in_room(request: Request, review_id: UUID, payload: Shown) -> dict[str, object]:
    """What everybody looks at from now on; for who leads."""
    row = session_of(request.auth, review_id)
    return _seq(actions.show(actor=request.auth, session=row, said=payload.state, at=payload.at))


@router.post("/reviews/{uuid:review_id}/room/drawings", response=Seq)
def draw_in_room(request: Request, review_id: UUID, payload: Drawn) -> dict[str, object]:
    """Draw over what is shown. It goes with the item."""
    row = session_of(request.auth, review_id)
    return _seq(actions.draw(actor=request.auth, session=row, mark=payload.mark))


@router.delete("/reviews/{uuid:review_id}/room/drawings", response=Seq)
def erase_in_room(request: Request, review_id: UUID, mark: UUID | None = None) -> dict[str, object]:
    """Take one mark away, or all of them."""
    row = session_of(request.auth, review_id)
    return _seq(actions.erase(actor=request.auth, session=row, mark_id=mark))


@router.put("/reviews/{uuid:review_id}/room/drawing", response=Seq)
def allow_room_drawing(request: Request, review_id: UUID, payload: Drawing) -> dict[str, object]:
    """Whether everybody draws."""
    row = session_of(request.auth, review_id)
    return _seq(actions.allow_drawing(actor=request.auth, session=row, allowed=payload.allowed))


@router.post("/reviews/{uuid:review_id}/room/pointer", response={204: None})
def point_in_room(request: Request, review_id: UUID, payload: Spot) -> Status[None]:
    """Where one points; kept nowhere."""
    actions.point(actor=request.auth, session=session_of(request.auth, review_id), spot=payload.spot)
    return Status(204, None)


@router.put("/reviews/{uuid:review_id}/room/lead", response=Seq)
def lead_room(request: Request, review_id: UUID, payload: Lead) -> dict[str, object]:
    """Hand the lead to somebody in the room, or take it."""
    actor, row = request.auth, session_of(request.auth, review_id)
    if payload.person is None:
        return _seq(actions.take_lead(actor=actor, session=row))
    return _seq(actions.give_lead(actor=actor, session=row, person=_somebody(actor, payload.person)))


@router.post("/reviews/{uuid:review_id}/room/requests", response={204: None})
def ask_to_lead(request: Request, review_id: UUID) -> Status[None]:
    actions.ask_to_lead(actor=request.auth, session=session_of(request.auth, review_id))
    return Status(204, None)


@router.delete("/reviews/{uuid:review_id}/room/requests/{uuid:user_id}", response=Seq)
def refuse_lead(request: Request, review_id: UUID, user_id: UUID) -> dict[str, object]:
    actor, row = request.auth, session_of(request.auth, review_id)
    return _seq(actions.refuse_lead(actor=actor, session=row, person=_somebody(actor, user_id)))


def _seq(seq: int) -> dict[str, object]:
    return {"seq": seq, "now": clock_ms()}


def _somebody(actor: Actor, user_id: UUID) -> User:
    found = person(actor, user_id, "person")
    if found is None:
        raise UnknownReference(field="person")
    return found

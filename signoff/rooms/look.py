"""A room as somebody sees it: plain values for its page and the API. What they may not see is cut out here.

`hidden` says that the room shows something that is not for this person's eyes; they see the agenda without it.
"""

from typing import Any

from signoff.accounts.names import shown_name, shown_person
from signoff.core.actor import Actor
from signoff.revisions.models import Revision
from signoff.rooms.models import Attendance, ReviewSession, Room, is_held
from signoff.rooms.people import attendance_of
from signoff.rooms.turns import clock_ms

Shape = dict[str, Any]


def room_for(actor: Actor, session: ReviewSession) -> Shape:
    """All of it, for who comes late or has missed something. Six queries, however many people there are.

    Who waits before the door is told no more than that.
    """
    here = attendance_of(actor, session)
    room = Room.objects.visible_to(actor).filter(session=session).first()
    now_ms = clock_ms()
    if room is None or here is None or not here.is_admitted:
        is_waiting = bool(room and room.is_open and here and here.joined_at)
        return {"status": session.status, "now": now_ms, "waiting": is_waiting, "seq": room.seq if room else 0}
    seen = sights_of(actor, session)
    is_hidden = is_cut(seen, room.state.get("revision"))
    return {
        "status": session.status,
        "now": now_ms,
        "waiting": False,
        "seq": room.seq,
        "state": cut_state(room.state) if is_hidden else room.state,
        "hidden": is_hidden,
        "drawings": [] if is_hidden else room.drawings,
        "driver": str(room.driver_id) if room.driver_id else None,
        "wants": [str(one) for one in room.wants],
        "allows_drawing": room.allows_drawing,
        "is_open": room.is_open,
        "me": {"id": str(here.user_id), "role": here.role, "leads": here.leads},
        "people": people_in(actor, session),
    }


def sights_of(actor: Actor, session: ReviewSession) -> frozenset[str] | None:
    """The rounds of this session that somebody sees who is held to client teams; None: all of them."""
    if not is_held(actor):
        return None
    items = session.items.visible_to(actor).order_by().values("deliverable")
    rounds = Revision.objects.visible_to(actor).filter(deliverable__in=items).order_by().values_list("pk", flat=True)
    return frozenset(map(str, rounds))


def is_cut(seen: frozenset[str] | None, revision: object) -> bool:
    """Is what the room shows not for these eyes?"""
    return seen is not None and str(revision) not in seen


def cut_state(state: Shape) -> Shape:
    """The same without what is shown, for who may not see it."""
    return {**dict.fromkeys(state), "playing": False, "marks": True}


def people_in(actor: Actor, session: ReviewSession) -> list[Shape]:
    """Who was asked and who came, under the names that the actor reads. Who waits is seen by who may let in."""
    rows = list(session.attendances.select_related("user").order_by("created_at", "pk"))
    is_client = is_held(actor)
    return [_person(actor, one) for one in rows if one.is_admitted or one.user_id == actor.user_id or not is_client]


def _person(actor: Actor, row: Attendance) -> Shape:
    person = shown_person(actor, row.user)
    is_here = row.is_here
    return {
        "id": str(row.user_id),
        "attendance": str(row.pk),
        "name": shown_name(actor, row.user_id, row.user.name),
        "initials": person.initials if person else "",
        "hue": person.hue if person else 1,
        "role": row.role,
        "is_here": is_here and row.is_admitted,
        "waits": is_here and not row.is_admitted,
        "follows": row.is_following,
    }

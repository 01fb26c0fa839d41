"""What people do with review sessions; one module a noun."""

from signoff.rooms.actions.agenda import add_items, change_item, order_items, remove_item
from signoff.rooms.actions.people import (
    admit_person,
    invite_people,
    join_room,
    leave_room,
    set_room_role,
    stay_in_room,
    uninvite_person,
)
from signoff.rooms.actions.room import (
    allow_drawing,
    ask_to_lead,
    draw,
    erase,
    give_lead,
    point,
    refuse_lead,
    show,
    take_lead,
)
from signoff.rooms.actions.running import conclude_session, open_session, start_remainder
from signoff.rooms.actions.sessions import SessionDraft, add_session, change_session, remove_session

__all__ = [
    "SessionDraft",
    "add_items",
    "add_session",
    "admit_person",
    "allow_drawing",
    "ask_to_lead",
    "change_item",
    "change_session",
    "conclude_session",
    "draw",
    "erase",
    "give_lead",
    "invite_people",
    "join_room",
    "leave_room",
    "open_session",
    "order_items",
    "point",
    "refuse_lead",
    "remove_item",
    "remove_session",
    "set_room_role",
    "show",
    "start_remainder",
    "stay_in_room",
    "take_lead",
    "uninvite_person",
]

"""Who listens to a room in this process, and what of a message they may hear.

Messages of a room carry what changed, so that fifty people who follow ask for nothing; so what somebody may not see
is cut out here, as `look.py` cuts it out of the whole. A missing number makes the page read the room anew.
"""

from dataclasses import dataclass
from uuid import UUID

from signoff.core.actor import Actor
from signoff.live.hub import Message, Subscriber
from signoff.projects.models import Project
from signoff.rooms.look import is_cut, sights_of
from signoff.rooms.models import ReviewSession, is_held
from signoff.rooms.people import attendance_of

SHOWING = frozenset({"show", "draw", "erase"})
BARE = ("o", "v", "r", "q", "k")
CHANGED = frozenset({"round.released", "round.withheld", "round.added", "round.withdrawn", "project.changed"})


@dataclass(eq=False, slots=True)
class RoomSubscriber(Subscriber):
    """One page in a room. `seen`: the rounds it may hear of; None: all. Who waits hears numbers only."""

    room_id: str = ""
    is_admitted: bool = False
    seen: frozenset[str] | None = None

    def may_hear(self, message: Message) -> bool:
        if message.get("o") != self.organization_id:
            return False
        if "r" in message:
            return bool(message["r"] == self.room_id) and not (message["v"] == "room.spot" and self._is_cut(message))
        return self._ends(message)

    def tell(self, message: Message | None) -> None:
        """Cut; what changes the rounds that it may hear of ends the stream, and the page opens a new one."""
        if message and "r" in message:
            message = self._cut(message)
        elif message and self._ends(message):
            message = None
        Subscriber.tell(self, message)

    def _cut(self, message: Message) -> Message:
        if not self.is_admitted:
            return {name: message[name] for name in BARE if name in message}
        if message.get("k") in SHOWING and self._is_cut(message):
            return {name: message[name] for name in BARE if name in message} | {"hidden": True}
        return message

    def _is_cut(self, message: Message) -> bool:
        return not self.is_admitted or is_cut(self.seen, message.get("rev"))

    def _ends(self, message: Message) -> bool:
        ours = self.project_ids is not None and message.get("p") in self.project_ids
        return ours and message.get("v") in CHANGED


def subscriber_in(
    actor: Actor, session: ReviewSession, opened_with: tuple[str, UUID, str] | None = None
) -> RoomSubscriber:
    """A page of this actor's in the room, `session` being visible to them. Up to four statements."""
    here = attendance_of(actor, session)
    projects = None
    if is_held(actor):
        items = session.items.visible_to(actor).order_by().values("deliverable__project")
        rows = Project.objects.visible_to(actor).filter(pk__in=items).order_by()
        projects = frozenset(map(str, rows.values_list("pk", flat=True)))
    return RoomSubscriber(
        organization_id=str(actor.organization_id),
        user_id=str(actor.user_id),
        project_ids=projects,
        opened_with=opened_with,
        room_id=str(session.pk),
        is_admitted=here is not None and here.is_admitted,
        seen=sights_of(actor, session),
    )

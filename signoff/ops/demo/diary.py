"""Collects what happened in the demo's past weeks, then writes it as events and full inboxes.

Events have the shape that `announce` gives them; only their times (and so their ids, which sort
by time) are of the past. Nothing is published: nobody has a page open on a studio that is not there yet.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from signoff.audit.models import Event
from signoff.audit.record import Happening, event_of
from signoff.core.actor import Actor
from signoff.notifications.models import Notification
from signoff.notifications.notify import Telling
from signoff.ops.demo.clock import Clock

ROWS_A_TIME = 2_000
STAY_UNREAD = (3, 9)


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    actor: Actor
    happening: Happening
    tell: Telling
    act: UUID | None


class Diary:
    def __init__(self, clock: Clock, organization_id: UUID) -> None:
        self.clock, self.organization_id = clock, organization_id
        self.entries: list[Entry] = []
        self._last: dict[UUID, datetime] = {}

    def note(self, at: datetime, actor: Actor, happening: Happening, tell: Telling, act: UUID | None = None) -> None:
        self.entries.append(Entry(at, actor, happening, tell, act))
        for row in {happening.subject.pk, happening.deliverable_id} - {None}:
            self._last[row] = max(at, self._last.get(row, at))

    def last_of(self, row: UUID) -> datetime | None:
        """When something last happened to a project itself, or to a deliverable or its stages."""
        return self._last.get(row)

    def write(self) -> None:
        """All entries in the order of their times, then the inboxes that they fill."""
        self.entries.sort(key=lambda entry: entry.at)
        events = [self._event(number, entry) for number, entry in enumerate(self.entries, 1)]
        Event.objects.bulk_create(events, batch_size=ROWS_A_TIME)
        self._fill_inboxes(events)

    def _event(self, number: int, entry: Entry) -> Event:
        id_ = self.clock.id_at(entry.at, number)
        event = event_of(entry.happening, entry.actor, self.organization_id, entry.act or id_)
        event.id, event.created_at = id_, entry.at
        return event

    def _fill_inboxes(self, events: Sequence[Event]) -> None:
        """The newest few of each person are unread; what is older was read some hours after it came."""
        inboxes: dict[UUID, list[Notification]] = defaultdict(list)
        number = 0
        for event, entry in zip(events, self.entries, strict=True):
            for who, why in entry.tell.items():
                if who == event.actor_user_id:
                    continue
                number += 1
                inboxes[who].append(self._notification(number, who, why, event))
        for inbox in inboxes.values():
            for row in inbox[: -self.clock.random.randint(*STAY_UNREAD)]:
                hours = timedelta(hours=self.clock.random.uniform(0.1, 20))
                row.read_at = min(row.event.created_at + hours, self.clock.now)
        rows = [row for inbox in inboxes.values() for row in inbox]
        Notification.objects.bulk_create(rows, batch_size=ROWS_A_TIME)
        came_at = Subquery(Event.objects.filter(pk=OuterRef("event_id")).values("created_at"))
        Notification.objects.filter(organization_id=self.organization_id).update(
            created_at=came_at, updated_at=F("created_at")
        )

    def _notification(self, number: int, who: UUID, why: str, event: Event) -> Notification:
        return Notification(
            id=self.clock.id_at(event.created_at, number),
            organization_id=self.organization_id,
            recipient_id=who,
            event=event,
            reason=why,
        )

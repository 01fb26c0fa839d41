"""The last line of every action: it happened; write it down and tell who must know."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import models

from signoff.audit.models import Event
from signoff.audit.record import Changes, Happening, record, record_all
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.live.publish import publish, publish_many
from signoff.notifications.notify import Telling, notify, notify_all

NOBODY: Telling = {}


def announce(
    verb: Verb,
    *,
    actor: Actor,
    subject: models.Model,
    organization_id: UUID,
    project_id: UUID | None = None,
    deliverable_id: UUID | None = None,
    changes: Changes | None = None,
    data: Mapping[str, object] | None = None,
    tell: Telling = NOBODY,
    act: UUID | None = None,
) -> Event:
    """Record the event, fill inboxes, tell the open pages. Call it last: it takes the project's pulse."""
    happening = Happening(verb, subject, project_id, deliverable_id, changes or {}, data or {})
    event = record(happening, actor=actor, organization_id=organization_id, act=act)
    publish(event, notify(tell, event))
    return event


def announce_all(
    happenings: Iterable[tuple[Happening, Telling]],
    *,
    actor: Actor,
    organization_id: UUID,
    act: UUID | None = None,
) -> list[Event]:
    """The same for many happenings of one act (bulk edit, import), in few statements however many."""
    pairs = list(happenings)
    events = record_all((one for one, _ in pairs), actor=actor, organization_id=organization_id, act=act or new_id())
    told = notify_all((tell, event) for event, (_, tell) in zip(events, pairs, strict=True))
    publish_many(events, told)
    return events

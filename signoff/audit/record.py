"""Writing down what happened. Called by `activity.announce`; packages below `activity` call it themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import models

from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import id_at, new_id
from signoff.core.tables import insert_rows

Changes = Mapping[str, tuple[object, object] | list[object]]
MANY = 500  # from here on, COPY is several times faster than INSERT
WRITTEN = [field.attname for field in Event._meta.concrete_fields if field.attname != "created_at"]


@dataclass(frozen=True, slots=True)
class Happening:
    """What one event will say; `announce_all` takes many of them for one act."""

    verb: Verb
    subject: models.Model
    project_id: UUID | None = None
    deliverable_id: UUID | None = None
    changes: Changes = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)


def record(
    happening: Happening, *, actor: Actor, organization_id: UUID, act: UUID | None = None, at: datetime | None = None
) -> Event:
    """Write one event; `at` is for what a job writes down later than it happened."""
    event = event_of(happening, actor, organization_id, act or new_id())
    if at:
        event.id, event.created_at = id_at(at), at
    event.save(force_insert=True)
    return event


def record_all(happenings: Iterable[Happening], *, actor: Actor, organization_id: UUID, act: UUID) -> list[Event]:
    """Write many events of one act, in a few statements however many they are."""
    events = [event_of(one, actor, organization_id, act) for one in happenings]
    if len(events) < MANY:
        return Event.objects.bulk_create(events)
    insert_rows(Event, [{name: getattr(event, name) for name in WRITTEN} for event in events])
    return events


def event_of(happening: Happening, actor: Actor, organization_id: UUID, act: UUID) -> Event:
    """The event as it will be written; not saved."""
    subject = happening.subject
    return Event(
        organization_id=organization_id,
        verb=happening.verb,
        act=act,
        actor_kind=actor.kind,
        actor_label=actor.label[:200],
        actor_user_id=actor.user_id,
        project_id=happening.project_id,
        deliverable_id=happening.deliverable_id,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        subject_label=str(subject)[:300],
        changes={name: list(pair) for name, pair in happening.changes.items()},
        data=dict(happening.data),
    )

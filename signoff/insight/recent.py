"""The newest things that happened in the projects somebody sees, each with the place it happened at. Three queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from signoff.accounts.models import User
from signoff.accounts.names import shown_person
from signoff.activity.feed import Line, diary
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.projects.models import Project


@dataclass(frozen=True, slots=True)
class Recent:
    """One line, who did it (None for the house itself and for who is gone), and where, if that is still there."""

    line: Line
    who: User | None
    deliverable: Deliverable | None


def recent(actor: Actor, *, most: int = 12, vocabulary: Mapping[str, str] | None = None) -> list[Recent]:
    """The newest lines, the newest first."""
    lines = diary(actor, Project.objects.visible_to(actor), most=most, vocabulary=vocabulary)
    return with_people(actor, lines)


def with_people(actor: Actor, lines: list[Line]) -> list[Recent]:
    """Lines of the diary with their people and deliverables. Two queries."""
    people = User.objects.in_bulk(list({line.who_id for line in lines if line.who_id}))
    ids = {line.deliverable_id for line in lines if line.deliverable_id}
    there: dict[UUID, Deliverable] = {row.pk: row for row in Deliverable.objects.visible_to(actor).filter(pk__in=ids)}
    return [
        Recent(
            line,
            shown_person(actor, people.get(line.who_id)) if line.who_id else None,
            there.get(line.deliverable_id) if line.deliverable_id else None,
        )
        for line in lines
    ]


def last_change(actor: Actor, deliverable_id: UUID, field: str) -> str:
    """Who changed this field of a visible deliverable last; empty when nobody did. One query."""
    events = Event.objects.filter(
        project_id__in=Project.objects.visible_to(actor).values("pk"),
        deliverable_id=deliverable_id,
        subject_kind="deliverable",
        changes__has_key=field,
    )
    return events.order_by("-pk").values_list("actor_label", flat=True).first() or ""

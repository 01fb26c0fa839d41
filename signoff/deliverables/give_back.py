"""Giving back in bulk what an act handed to somebody: assignees and owners, where they still are who the act named.

Steps of undo, in a few statements however many rows; the caller has the deliverables locked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import F
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.audit.models import Event
from signoff.core.changes import plain
from signoff.deliverables.models import Deliverable, Stage
from signoff.deliverables.move import Moving
from signoff.projects.models import Project


def give_back_people(events: Sequence[Event], found: Mapping[UUID, Moving]) -> dict[UUID, Deliverable | None]:
    """Of the events that changed an assignee and nothing else: the deliverable, None where it has changed since.

    Events of the same row are left out: they go back one after the other.
    """
    times = Counter(event.subject_id for event in events)
    asked = [event for event in events if set(event.changes) == {"assignee"} and times[event.subject_id] == 1]
    people = _people(event.changes["assignee"][0] for event in asked)
    undone: dict[UUID, Deliverable | None] = {}
    rows: dict[tuple[type[Stage] | type[Deliverable], User | None], list[UUID]] = defaultdict(list)
    for event in asked:
        moving = found.get(event.deliverable_id) if event.deliverable_id else None
        row = subject_of(moving, event) if moving and not moving.deliverable.project.is_archived else None
        undone[event.pk] = None
        if moving and row and plain(row.assignee) == event.changes["assignee"][1]:
            row.assignee, row.version = people.get(event.changes["assignee"][0]), row.version + 1
            rows[type(row), row.assignee].append(row.pk)
            undone[event.pk] = moving.deliverable
    for (model, person), ids in rows.items():
        model.objects.filter(pk__in=ids).update(assignee=person, version=F("version") + 1, updated_at=now())
    return undone


def give_back_owners(events: Sequence[Event]) -> dict[UUID, Project | None]:
    """The same for projects and their owners; locks them, in the order of their ids."""
    if not events:
        return {}
    locked = Project.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    projects = {row.pk: row for row in locked.filter(pk__in=[event.project_id for event in events])}
    people = _people(event.changes["owner"][0] for event in events)
    undone: dict[UUID, Project | None] = {}
    rows: dict[User | None, list[UUID]] = defaultdict(list)
    for event in events:
        row = projects.get(event.subject_id)
        is_still = row and not row.is_archived and str(row.owner_id) == event.changes["owner"][1]
        undone[event.pk] = row if is_still else None
        if row and is_still:
            rows[people.get(event.changes["owner"][0])].append(row.pk)
    for person, ids in rows.items():
        Project.objects.filter(pk__in=ids).update(owner=person, updated_at=now())
    return undone


def subject_of(moving: Moving, event: Event) -> Deliverable | Stage | None:
    """The locked row that the event is about; None when it is gone."""
    if event.subject_kind == "deliverable":
        return moving.deliverable
    return next((s for s in moving.stages if s.pk == event.subject_id), None)


def _people(ids: Iterable[str | None]) -> dict[str | None, User]:
    wanted = {one for one in ids if one}
    return {str(user.pk): user for user in User.objects.filter(pk__in=wanted)} if wanted else {}

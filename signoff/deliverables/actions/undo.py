"""Taking back one act: each value goes back if it is still what the act made it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from signoff.accounts.policy import Permission, can, require, require_hands
from signoff.activity.announce import announce_all
from signoff.audit.models import Event
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed
from signoff.deliverables.errors import NothingToUndo
from signoff.deliverables.give_back import give_back_owners, give_back_people
from signoff.deliverables.models import Deliverable
from signoff.deliverables.move import Moving, lock_all
from signoff.deliverables.restore import give_back, restore_removed
from signoff.notifications.notify import Telling
from signoff.projects.models import Project

UNDOABLE = (
    Verb.PROJECT_CHANGED,
    Verb.DELIVERABLE_CHANGED,
    Verb.DELIVERABLE_REMOVED,
    Verb.STAGE_CHANGED,
    Verb.STAGE_ASSIGNED,
    Verb.STAGE_SUBMITTED,
    Verb.STAGE_CHANGES_REQUESTED,
    Verb.STAGE_APPROVED,
)
NEEDS = {Verb.PROJECT_CHANGED: Permission.EDIT_PROJECT}
# What it takes to take back one's own; all keys of a house act as one person, so that alone says little.
OWN = {
    Verb.STAGE_CHANGED: Permission.WORK_ON_STAGE,
    Verb.STAGE_ASSIGNED: Permission.WORK_ON_STAGE,
    Verb.STAGE_SUBMITTED: Permission.WORK_ON_STAGE,
    Verb.STAGE_APPROVED: Permission.WORK_ON_STAGE,  # of a stage that nobody approves: it was finished
    Verb.STAGE_CHANGES_REQUESTED: Permission.APPROVE_WHERE_NAMED,
}


@dataclass(frozen=True, slots=True)
class Undone:
    """How many changes went back, and the names of what was left because it has changed since."""

    undone: int
    kept: list[str]


@transaction.atomic
def undo_act(*, actor: Actor, act: UUID) -> Undone:
    """Take back what one act changed, newest first. Only who did it, and could do it now, or who edits deliverables.

    An approval of a SIMPLE stage is not taken back here but by `withdraw_approval`, which has its
    own time limit. Raises NothingToUndo, NotAllowed.
    """
    require_hands(actor)
    _one_at_a_time(act)
    events = list(_events(actor, act))
    if not events:
        raise NothingToUndo()
    for event in events:
        own = OWN.get(Verb(event.verb)) if event.actor_user_id == actor.user_id else None
        require(actor, own or NEEDS.get(Verb(event.verb), Permission.EDIT_DELIVERABLE))
    done, kept = _undo_all(actor, events)
    if done:
        announce_all(done, actor=actor, organization_id=events[0].organization_id)
    return Undone(len(done), kept)


def _one_at_a_time(act: UUID) -> None:
    """Who undoes the same act in the same moment waits here, and then finds it undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [f"undo {act}"])


def _events(actor: Actor, act: UUID) -> Sequence[Event]:
    """The act's events in projects that the actor sees, newest first, unless it was undone already."""
    if Event.objects.filter(verb=Verb.CHANGE_UNDONE, data__act=str(act)).exists():
        return []
    visible = Project.objects.visible_to(actor).values("pk")
    events = Event.objects.filter(act=act, project_id__in=visible).order_by("-id")
    return [e for e in events if e.verb in UNDOABLE and _is_undoable(e)]


def _is_undoable(event: Event) -> bool:
    """An approval has its own way back, and of a project only that it was handed over."""
    if event.verb == Verb.PROJECT_CHANGED:
        return set(event.changes) == {"owner"}
    return not event.data.get("needs_withdrawal")


def _undo_all(actor: Actor, events: Sequence[Event]) -> tuple[list[tuple[Happening, Telling]], list[str]]:
    by_row: dict[UUID | None, list[Event]] = defaultdict(list)
    for event in events:
        by_row[event.deliverable_id].append(event)
    owned: dict[UUID, Deliverable | Project | None] = {**give_back_owners(by_row.pop(None, []))}
    found = {moving.deliverable.pk: moving for moving in lock_all([one for one in by_row if one])}
    undone = owned | give_back_people([one for of in by_row.values() for one in of], found)
    for deliverable_id, its_events in by_row.items():
        for event in its_events:
            if event.pk not in undone:
                undone[event.pk] = _undo(actor, event, found.get(deliverable_id) if deliverable_id else None)
    rows = [(event, row) for event in events if (row := undone[event.pk])]
    done: list[tuple[Happening, Telling]] = [(_happening(event, row), {}) for event, row in rows]
    return done, [event.subject_label for event in events if undone[event.pk] is None]


def _undo(actor: Actor, event: Event, moving: Moving | None) -> Deliverable | None:
    if event.verb == Verb.DELIVERABLE_REMOVED:
        if not can(actor, Permission.EDIT_DELIVERABLE):
            raise NotAllowed()
        return None if moving else restore_removed(event)
    if moving is None or moving.deliverable.project.is_archived:
        return None
    return moving.deliverable if give_back(moving, event) else None


def _happening(event: Event, subject: Deliverable | Project) -> Happening:
    back = {name: (new, old) for name, (old, new) in event.changes.items()}
    labels = {name: [new, old] for name, (old, new) in event.data.get("labels", {}).items()}
    data = {"act": str(event.act), "verb": event.verb, "labels": labels, "stage": event.data.get("stage", "")}
    return Happening(Verb.CHANGE_UNDONE, subject, event.project_id, event.deliverable_id, back, data)

"""One change to many deliverables: what may be is done, what may not is said, and one undo takes it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from signoff.accounts.policy import Permission, require, require_hands
from signoff.activity.announce import announce_all
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, set_fields
from signoff.core.errors import Invalid, NotFound, SignoffError
from signoff.core.ids import new_id
from signoff.deliverables.actions.deliverables import (
    assignee_is_told,
    clean_changes,
    lock_project,
    save_change,
)
from signoff.deliverables.actions.stages import check_stage_change
from signoff.deliverables.announce_stage import data_of, told_of, verb_of
from signoff.deliverables.errors import TooMany
from signoff.deliverables.models import Deliverable, Stage
from signoff.deliverables.move import Moving, lock_all, set_stage, with_approver
from signoff.notifications.notify import Telling
from signoff.projects.models import Project

MOST_AT_ONCE = 2_000
FIELDS = frozenset({"priority", "due_on", "assignee", "held", "rounds_included", "kind", "language", "market"})


class NotForMany(Invalid):
    code = "not_for_many"
    message = "This field is changed one deliverable at a time."


@dataclass(frozen=True, slots=True)
class Refused:
    deliverable_id: UUID
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class BulkResult:
    changed: int
    refused: list[Refused]
    act: UUID


@transaction.atomic
def edit_many(
    *,
    actor: Actor,
    project: Project,
    deliverable_ids: Sequence[UUID],
    changes: Mapping[str, object] | None = None,
    definition_id: UUID | None = None,
    stage_changes: Mapping[str, object] | None = None,
) -> BulkResult:
    """Change fields of many deliverables of one project (`changes`), or of one stage of each
    (`definition_id` and `stage_changes`).

    Rows that refuse (an illegal move, a stage they do not have) are named in the answer and the
    others are changed. Raises TooMany beyond 2,000, NotForMany, BadText, BadCustomValue.
    """
    require_hands(actor, project.organization_id)
    _check_ask(actor, deliverable_ids, changes or {}, definition_id)
    lock_project(project.pk)
    ids = list(dict.fromkeys(deliverable_ids))
    found = [m for m in lock_all(ids) if m.deliverable.project_id == project.pk]
    act, done, refused = new_id(), [], _missing(ids, found)
    for moving in found:
        try:
            done += _edit(actor, moving, changes or {}, definition_id, stage_changes or {})
        except SignoffError as error:
            refused.append(Refused(moving.deliverable.pk, error.code, error.message))
    if done:
        announce_all(done, actor=actor, organization_id=project.organization_id, act=act)
    return BulkResult(len({one.deliverable_id for one, _ in done}), refused, act)


def _check_ask(actor: Actor, ids: Sequence[UUID], changes: Mapping[str, object], definition_id: UUID | None) -> None:
    if len(ids) > MOST_AT_ONCE:
        raise TooMany(f"At most {MOST_AT_ONCE:,} deliverables at once.")
    if set(changes) - FIELDS:
        raise NotForMany(field=min(set(changes) - FIELDS))
    if bool(changes) == (definition_id is not None):
        raise NotForMany("Change either fields or one stage, not both at once.")
    if changes:
        require(actor, Permission.EDIT_DELIVERABLE)


def _missing(ids: Sequence[UUID], found: Sequence[Moving]) -> list[Refused]:
    there = {moving.deliverable.pk for moving in found}
    return [Refused(one, NotFound.code, NotFound.message) for one in ids if one not in there]


def _edit(
    actor: Actor,
    moving: Moving,
    changes: Mapping[str, object],
    definition_id: UUID | None,
    stage_changes: Mapping[str, object],
) -> list[tuple[Happening, Telling]]:
    if definition_id:
        return _edit_stage(actor, moving, definition_id, stage_changes)
    return _edit_row(moving, changes)


def _edit_row(moving: Moving, changes: Mapping[str, object]) -> list[tuple[Happening, Telling]]:
    row = moving.deliverable
    change = set_fields(row, clean_changes(row, changes))
    if not change:
        return []
    save_change(moving, change)
    tell = assignee_is_told(row) if "assignee" in change.values else {}
    return [(_happening(Verb.DELIVERABLE_CHANGED, moving, row, change, change.data), tell)]


def _edit_stage(
    actor: Actor, moving: Moving, definition_id: UUID, changes: Mapping[str, object]
) -> list[tuple[Happening, Telling]]:
    stage = next((s for s in moving.stages if s.definition_id == definition_id), None)
    if stage is None:
        raise NotFound("This deliverable does not have that stage.")
    check_stage_change(actor, moving, stage, changes)
    before = moving.deliverable.status
    change = set_stage(moving, stage, with_approver(actor, changes))
    if not change:
        return []
    verb = verb_of(change, stage)
    data = data_of(verb, moving, stage, change, before)
    happening = _happening(verb, moving, stage, change, data)
    return [(happening, told_of(change, moving, stage))]


def _happening(
    verb: Verb, moving: Moving, subject: Deliverable | Stage, change: Change, data: Mapping[str, object]
) -> Happening:
    row = moving.deliverable
    return Happening(verb, subject, row.project_id, row.pk, change.values, data)

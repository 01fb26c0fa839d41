"""Putting values back as an event says they were. Steps of undo."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models

from signoff.audit.models import Event
from signoff.core.changes import plain
from signoff.deliverables.give_back import subject_of
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.deliverables.move import Moving, refresh_status, set_stage
from signoff.deliverables.start import ROWS_A_TIME
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import Project


def give_back(moving: Moving, event: Event) -> bool:
    """Set the old values of the event's subject, if all the new ones still stand. Says whether it did.

    A stage that is decided formally is approved by decisions only.
    """
    row = subject_of(moving, event)
    fields = {name: pair for name, pair in event.changes.items() if name != "status" or isinstance(row, Stage)}
    if row is None or any(plain(getattr(row, name)) != new for name, (_, new) in fields.items()):
        return False
    old = {name: from_plain(row, name, pair[0]) for name, pair in fields.items()}
    if isinstance(row, Stage):
        if old.get("status") == StageStatus.APPROVED and row.approval_type == ApprovalType.FORMAL:
            return False
        set_stage(moving, row, old)
    else:
        _set_deliverable(moving, old)
    return True


def restore_removed(event: Event) -> Deliverable | None:
    """Make a removed deliverable and its stages again, as they were; None when its slug is taken now or the
    project is archived. Locks the project, as everybody does who gives out slugs in it."""
    kept = event.data["row"]
    values = kept["deliverable"]
    project = Project.objects.select_for_update(no_key=True).get(pk=values["project_id"])
    if project.is_archived or Deliverable.objects.filter(project_id=values["project_id"], slug=values["slug"]).exists():
        return None
    row = Deliverable(**_typed(Deliverable, values))
    row.save(force_insert=True)
    stages = [Stage(deliverable=row, **_typed(Stage, stage)) for stage in kept["stages"]]
    Stage.objects.bulk_create(stages, batch_size=ROWS_A_TIME)
    return row


def from_plain(row: models.Model, name: str, value: object) -> object:
    """A plain value as the field has it; foreign keys become rows (None when that row is gone)."""
    field: Any = row._meta.get_field(name)
    if value is not None and field.is_relation:
        return field.related_model._default_manager.filter(pk=value).first()
    return field.to_python(value)


def _set_deliverable(moving: Moving, old: Mapping[str, object]) -> None:
    row = moving.deliverable
    for name, value in old.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*old, "version", "updated_at"])
    refresh_status(moving)


def _typed(model: type[models.Model], values: Mapping[str, object]) -> dict[str, Any]:
    return {name: _value(model, name, value) for name, value in values.items()}


def _value(model: type[models.Model], name: str, value: object) -> object:
    if name == "id" or name.endswith("_id"):
        return UUID(str(value)) if value else None
    field: Any = model._meta.get_field(name)
    return field.to_python(value)

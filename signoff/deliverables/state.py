"""A deliverable or stage in plain values: what refusals carry as `current`, what removal keeps for undo."""

from signoff.core.changes import plain
from signoff.deliverables.models import Deliverable, Stage

STAGE = ("status", "assignee_id", "due_on", "version")
STAGE_ROW = (*STAGE, "id", "definition_id", "position", "approval_type", "approved_at", "approved_by_id", "deciders")
DELIVERABLE = (
    "name",
    "slug",
    "kind",
    "specification",
    "language",
    "market",
    "held",
    "priority",
    "due_on",
    "rounds_included",
    "assignee_id",
    "notes",
    "custom",
    "version",
)
DELIVERABLE_ROW = (
    *DELIVERABLE,
    "id",
    "project_id",
    "pipeline_id",
    "round",
    "position",
    "delivered_at",
    "status",
)


def stage_now(stage: Stage) -> dict[str, object]:
    return _values(stage, STAGE) | {"id": str(stage.pk)}


def deliverable_now(deliverable: Deliverable) -> dict[str, object]:
    return _values(deliverable, DELIVERABLE) | {"id": str(deliverable.pk), "status": deliverable.status}


def whole_row(deliverable: Deliverable, stages: list[Stage]) -> dict[str, object]:
    """Everything there is, so that the row can be made again."""
    rows = [_values(stage, STAGE_ROW) for stage in stages]
    return {"deliverable": _values(deliverable, DELIVERABLE_ROW), "stages": rows}


def _values(row: Deliverable | Stage, names: tuple[str, ...]) -> dict[str, object]:
    return {name: plain(getattr(row, name)) for name in names}

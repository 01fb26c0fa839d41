"""Deliverables: add, read, change, remove, deliver, many at once."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Body, Field, Router, Status
from pydantic import Discriminator, Tag

from signoff.api.auth import Request
from signoff.api.v1.named import found, person, with_rows
from signoff.api.v1.schemas import Answer, Count, Custom, Day, Given, Text, Version
from signoff.api.v1.shapes import DeliverableOut, deliverable_out
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables import actions
from signoff.deliverables.models import Deliverable, Priority, StageStatus
from signoff.deliverables.start import DeliverableDraft
from signoff.projects.models import Project

router = Router(tags=["deliverables"])
Held = Literal["", "on_hold", "cancelled"]


class DeliverableNew(Given):
    """It gets the stages of its project's pipeline. Without a slug it gets one from its name."""

    name: str
    slug: str = ""
    kind: Text = ""
    specification: Text = ""
    language: Text = ""
    market: Text = ""
    priority: Priority = Priority.NORMAL
    due_on: Day | None = None
    rounds_included: Count | None = None
    assignee: UUID | None = None
    notes: Text = ""
    custom: Custom = Field(default_factory=dict)


class DeliverablesNew(Given):
    """Many at once: all or none."""

    deliverables: Annotated[list[DeliverableNew], Field(min_length=1)]


class DeliverableChange(Given):
    """An absent field stays as it is; null clears. `version` is the one you saw: another is refused (409)."""

    name: str = ""
    slug: str = ""
    kind: Text = ""
    specification: Text = ""
    language: Text = ""
    market: Text = ""
    priority: Priority = Priority.NORMAL
    due_on: Day | None = None
    rounds_included: Count | None = None
    assignee: UUID | None = None
    notes: Text = ""
    custom: Custom = Field(default_factory=dict)
    held: Held | None = None
    version: Version | None = None


class StageOfMany(Given):
    """A change to the stage of this definition, in each of the deliverables."""

    definition: UUID
    status: StageStatus = StageStatus.NOT_STARTED
    assignee: UUID | None = None
    due_on: Day | None = None


class ManyChange(Given):
    """Either fields of the deliverables, or one stage."""

    kind: Text = ""
    language: Text = ""
    market: Text = ""
    priority: Priority = Priority.NORMAL
    due_on: Day | None = None
    rounds_included: Count | None = None
    assignee: UUID | None = None
    held: Held | None = None
    stage: StageOfMany | None = None


class Bulk(Given):
    deliverables: list[UUID]
    change: ManyChange


class DeliverableChanged(DeliverableOut):
    """`act` takes the change back (POST /undo); null when nothing changed."""

    act: UUID | None


class AddedOut(Answer):
    id: UUID
    name: str
    slug: str


class AddedMany(Answer):
    deliverables: list[AddedOut]


class Act(Answer):
    act: UUID


class RefusedOut(Answer):
    id: UUID
    code: str
    message: str


class BulkOut(Answer):
    changed: int
    refused: list[RefusedOut]
    act: UUID


def _one_or_many(value: object) -> str:
    return "many" if isinstance(value, dict) and "deliverables" in value else "one"


OneOrMany = Annotated[
    Annotated[DeliverableNew, Tag("one")] | Annotated[DeliverablesNew, Tag("many")], Discriminator(_one_or_many)
]


@router.post("/projects/{uuid:project_id}/deliverables", response={201: DeliverableOut | AddedMany})
def add_deliverables(request: Request, project_id: UUID, payload: Body[OneOrMany]) -> Status[dict[str, object]]:
    """Add one deliverable, or many as `{"deliverables": [...]}` (all or none), each with its stages."""
    actor = request.auth
    project: Project = found(Project.objects.visible_to(actor), project_id)
    if isinstance(payload, DeliverableNew):
        row = actions.add_deliverable(actor=actor, project=project, draft=_draft(actor, payload))
        return Status(201, deliverable_out(actor, row.pk))
    drafts = _drafts(actor, payload.deliverables)
    rows = actions.add_deliverables(actor=actor, project=project, drafts=drafts)
    return Status(201, {"deliverables": [{"id": row.pk, "name": row.name, "slug": row.slug} for row in rows]})


@router.post("/projects/{uuid:project_id}/bulk", response=BulkOut)
def change_many(request: Request, project_id: UUID, payload: Bulk) -> dict[str, object]:
    """One change to many deliverables of a project. Those that refuse are named, the others are changed."""
    actor = request.auth
    project: Project = found(Project.objects.visible_to(actor), project_id)
    changes = with_rows(actor, payload.change.given())
    stage = changes.pop("stage", None)
    stage_changes = with_rows(actor, stage.given()) if stage else {}
    result = actions.edit_many(
        actor=actor,
        project=project,
        deliverable_ids=payload.deliverables,
        changes=_held(changes),
        definition_id=stage_changes.pop("definition", None),
        stage_changes=stage_changes,
    )
    refused = [{"id": one.deliverable_id, "code": one.code, "message": one.message} for one in result.refused]
    return {"changed": result.changed, "refused": refused, "act": result.act}


@router.get("/deliverables/{uuid:deliverable_id}", response=DeliverableOut)
def deliverable(request: Request, deliverable_id: UUID) -> dict[str, object]:
    """A deliverable with its stages in order."""
    return deliverable_out(request.auth, deliverable_id)


@router.patch("/deliverables/{uuid:deliverable_id}", response=DeliverableChanged)
def change_deliverable(request: Request, deliverable_id: UUID, payload: DeliverableChange) -> dict[str, object]:
    """Change what is given. Values of custom fields are put over those that are there."""
    actor, act = request.auth, new_id()
    row = _deliverable(actor, deliverable_id)
    changes = with_rows(actor, payload.given())
    version = changes.pop("version", None)
    changed = actions.change_deliverable(actor=actor, deliverable=row, changes=_held(changes), version=version, act=act)
    is_changed = changed.version != row.version
    return deliverable_out(actor, changed.pk) | {"act": act if is_changed else None}


@router.delete("/deliverables/{uuid:deliverable_id}", response=Act)
def remove_deliverable(request: Request, deliverable_id: UUID) -> dict[str, object]:
    """Remove a deliverable that has no rounds yet; POST /undo with the act brings it back."""
    row = _deliverable(request.auth, deliverable_id)
    return {"act": actions.remove_deliverable(actor=request.auth, deliverable=row)}


@router.post("/deliverables/{uuid:deliverable_id}/delivered", response=DeliverableOut)
def mark_delivered(request: Request, deliverable_id: UUID) -> dict[str, object]:
    """Say that an approved deliverable is with the client."""
    row = _deliverable(request.auth, deliverable_id)
    changed = actions.mark_delivered(actor=request.auth, deliverable=row)
    return deliverable_out(request.auth, changed.pk)


@router.delete("/deliverables/{uuid:deliverable_id}/delivered", response=DeliverableOut)
def unmark_delivered(request: Request, deliverable_id: UUID) -> dict[str, object]:
    row = _deliverable(request.auth, deliverable_id)
    changed = actions.unmark_delivered(actor=request.auth, deliverable=row)
    return deliverable_out(request.auth, changed.pk)


def _deliverable(actor: Actor, deliverable_id: UUID) -> Deliverable:
    rows = Deliverable.objects.visible_to(actor).select_related("project")
    row: Deliverable = found(rows, deliverable_id)
    return row


def _held(changes: dict[str, object]) -> dict[str, object]:
    """Null takes a deliverable up again, as the empty text does."""
    return changes | {"held": changes["held"] or ""} if "held" in changes else changes


def _drafts(actor: Actor, given: list[DeliverableNew]) -> list[DeliverableDraft]:
    people = {one.assignee: person(actor, one.assignee, "assignee") for one in given}
    return [DeliverableDraft(**one.given() | {"assignee": people[one.assignee]}) for one in given]


def _draft(actor: Actor, given: DeliverableNew) -> DeliverableDraft:
    return DeliverableDraft(**with_rows(actor, given.given()))

"""What happened, and taking it back."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Router

from signoff.activity.feed import diary
from signoff.api.auth import Request
from signoff.api.v1.named import found, organization
from signoff.api.v1.schemas import Answer, Given, Page
from signoff.deliverables.actions import undo_act
from signoff.projects.models import Project

router = Router(tags=["activity"])


class LineOut(Answer):
    """One event as people read it; `kind` is dates, status or other."""

    id: UUID
    at: datetime
    who: str
    who_id: UUID | None
    verb: str
    text: str
    note: str
    status: str
    kind: str
    act: UUID
    deliverable_id: UUID | None
    subject: str


class ActivityPage(Page):
    results: list[LineOut]


class ActivityQuery(Given):
    deliverable: UUID | None = None
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class UndoAsk(Given):
    act: UUID


class UndoneOut(Answer):
    """`kept` names what has changed since and was therefore left as it is."""

    undone: int
    kept: list[str]


@router.get("/projects/{uuid:project_id}/activity", response=ActivityPage)
def activity(request: Request, project_id: UUID, query: Query[ActivityQuery]) -> dict[str, object]:
    """What happened in a project, or with one of its deliverables, newest first."""
    actor = request.auth
    found(Project.objects.visible_to(actor), project_id)
    lines = diary(
        actor,
        Project.objects.visible_to(actor).filter(pk=project_id),
        deliverable_id=query.deliverable,
        before=query.cursor,
        most=query.limit + 1,
        vocabulary=organization(actor).vocabulary,
    )
    following = lines[query.limit - 1].id if len(lines) > query.limit else None
    return {"results": lines[: query.limit], "next": following}


@router.post("/undo", response=UndoneOut)
def undo(request: Request, payload: UndoAsk) -> dict[str, object]:
    """Take back what one act changed, where it still stands."""
    result = undo_act(actor=request.auth, act=payload.act)
    return {"undone": result.undone, "kept": result.kept}

"""Saved views: filters under a name, one's own and those that others share."""

from typing import Literal
from uuid import UUID

from django.db.models import Q
from ninja import Router, Status

from signoff.accounts.actions import remove_view, save_view
from signoff.accounts.models import SavedView
from signoff.api.auth import Request
from signoff.api.v1.named import found, organization
from signoff.api.v1.schemas import Answer, Given
from signoff.projects.models import Project

router = Router(tags=["saved views"])
Page = Literal["projects", "grid", "work"]


class ViewOut(Answer):
    id: UUID
    name: str
    page: Page
    project: UUID | None
    query: str
    is_shared: bool
    is_mine: bool


class ViewNew(Given):
    """One's own view of the same name and page is replaced."""

    name: str
    page: Page
    query: str = ""
    project: UUID | None = None
    is_shared: bool = False


@router.get("/views", response=list[ViewOut])
def views(request: Request, page: Page | None = None, project: UUID | None = None) -> list[dict[str, object]]:
    """One's own saved views and the shared ones, by name: of one page, and of one project or none in particular."""
    actor = request.auth
    rows = SavedView.objects.visible_to(actor).order_by("name", "id")
    if page:
        rows = rows.filter(page=page)
    if project:
        rows = rows.filter(Q(project_id=project) | Q(project_id__isnull=True))
    return [_view(row, actor.user_id) for row in rows]


@router.post("/views", response={201: ViewOut})
def add_view(request: Request, payload: ViewNew) -> Status[dict[str, object]]:
    """Keep a filter under a name."""
    actor = request.auth
    if payload.project:
        found(Project.objects.visible_to(actor), payload.project)
    view = save_view(
        actor=actor,
        organization=organization(actor),
        name=payload.name,
        page=payload.page,
        query=payload.query,
        project_id=payload.project,
        is_shared=payload.is_shared,
    )
    return Status(201, _view(view, actor.user_id))


@router.delete("/views/{uuid:view_id}", response={204: None})
def delete_view(request: Request, view_id: UUID) -> Status[None]:
    """Forget a view."""
    remove_view(actor=request.auth, view=found(SavedView.objects.visible_to(request.auth), view_id))
    return Status(204, None)


def _view(row: SavedView, user_id: UUID | None) -> dict[str, object]:
    return {
        "id": row.pk,
        "name": row.name,
        "page": row.page,
        "project": row.project_id,
        "query": row.query,
        "is_shared": row.is_shared,
        "is_mine": row.owner_id == user_id,
    }

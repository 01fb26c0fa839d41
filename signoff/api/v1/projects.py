"""Projects: list, open, read, change, archive."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate
from ninja import Field, Query, Router, Status

from signoff.accounts.models import Role
from signoff.accounts.names import shown_name
from signoff.api.auth import Request
from signoff.api.v1.named import client_team, found, organization, person, pipeline, with_rows
from signoff.api.v1.schemas import Answer, Custom, Day, Given, Page, Text
from signoff.core.actor import Actor
from signoff.projects import actions
from signoff.projects.models import Project, ProjectQuerySet, ProjectStatus, Source

router = Router(tags=["projects"])
MOST_A_PAGE = 200


class ProjectOut(Answer):
    """Clients see what was ordered, not how it is planned: their `custom` is empty."""

    id: UUID
    job_number: str
    name: str
    slug: str
    status: ProjectStatus
    client_team: UUID | None
    client_team_name: str | None
    owner: UUID | None
    owner_name: str | None
    pipeline: UUID | None
    pipeline_name: str | None
    brief: str
    starts_on: date | None
    due_on: date | None
    tags: list[str]
    custom: Custom
    source: str
    archived_on: date | None
    created_at: datetime
    updated_at: datetime


class ProjectPage(Page):
    results: list[ProjectOut]


class ProjectNew(Given):
    """Without a pipeline the organisation's default one is used."""

    job_number: str
    name: str
    client_team: UUID | None = None
    owner: UUID | None = None
    pipeline: UUID | None = None
    status: ProjectStatus = ProjectStatus.ACTIVE
    brief: Text = ""
    starts_on: Day | None = None
    due_on: Day | None = None
    tags: list[str] = Field(default_factory=list)
    custom: Custom = Field(default_factory=dict)


class ProjectChange(Given):
    """An absent field stays as it is; null clears."""

    job_number: str = ""
    name: str = ""
    slug: str = ""
    client_team: UUID | None = None
    owner: UUID | None = None
    pipeline: UUID | None = None
    status: ProjectStatus = ProjectStatus.ACTIVE
    brief: Text = ""
    starts_on: Day | None = None
    due_on: Day | None = None
    tags: list[str] = Field(default_factory=list)
    custom: Custom = Field(default_factory=dict)


class ProjectQuery(Given):
    status: ProjectStatus | None = None
    client_team: UUID | None = None
    owner: UUID | None = None
    q: str = Field("", max_length=200, description="In the job number or the name")
    archived: bool = Field(False, description="Archived ones instead of current ones")
    late: bool = Field(False, description="Only those past their due date and not done")
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_A_PAGE)] = 50


@router.get("/projects", response=ProjectPage)
def projects(request: Request, query: Query[ProjectQuery]) -> dict[str, object]:
    """The projects that the caller sees, newest first, a page at a time."""
    rows = _filtered(Project.objects.visible_to(request.auth), query)
    rows = rows.select_related("client_team", "owner", "pipeline").order_by("-id")
    if query.cursor:
        rows = rows.filter(id__lt=query.cursor)
    page = list(rows[: query.limit + 1])
    following = page[query.limit - 1].pk if len(page) > query.limit else None
    return {"results": [project_out(request.auth, row) for row in page[: query.limit]], "next": following}


@router.post("/projects", response={201: ProjectOut})
def open_project(request: Request, payload: ProjectNew) -> Status[dict[str, object]]:
    """Open a project; its owner is told."""
    actor = request.auth
    draft = actions.ProjectDraft(
        job_number=payload.job_number,
        name=payload.name,
        client_team=client_team(actor, payload.client_team),
        owner=person(actor, payload.owner, "owner"),
        pipeline=pipeline(actor, payload.pipeline),
        status=payload.status,
        brief=payload.brief,
        starts_on=payload.starts_on,
        due_on=payload.due_on,
        tags=payload.tags,
        custom=payload.custom,
        source=Source.API,
    )
    project = actions.open_project(actor=actor, organization=organization(actor), draft=draft)
    return Status(201, project_out(actor, project))


@router.get("/projects/{uuid:project_id}", response=ProjectOut)
def project(request: Request, project_id: UUID) -> dict[str, object]:
    return project_out(request.auth, _project(request, project_id))


@router.patch("/projects/{uuid:project_id}", response=ProjectOut)
def change_project(request: Request, project_id: UUID, payload: ProjectChange) -> dict[str, object]:
    """Change what is given. Values of custom fields are put over those that are there."""
    row = _project(request, project_id)
    changes = with_rows(request.auth, payload.given())
    return project_out(request.auth, actions.change_project(actor=request.auth, project=row, changes=changes))


@router.post("/projects/{uuid:project_id}/archive", response=ProjectOut)
def archive_project(request: Request, project_id: UUID) -> dict[str, object]:
    """Put the project away: it is changed no more, and in no list but the archive's."""
    row = _project(request, project_id)
    return project_out(request.auth, actions.archive_project(actor=request.auth, project=row))


@router.delete("/projects/{uuid:project_id}/archive", response=ProjectOut)
def restore_project(request: Request, project_id: UUID) -> dict[str, object]:
    """Take the project out of the archive."""
    row = _project(request, project_id)
    return project_out(request.auth, actions.restore_project(actor=request.auth, project=row))


def project_out(actor: Actor, row: Project) -> dict[str, object]:
    """A project as this caller reads it; its team, owner and pipeline are loaded."""
    is_client = actor.role == Role.CLIENT_VIEWER
    return {
        "id": row.pk,
        "job_number": row.job_number,
        "name": row.name,
        "slug": row.slug,
        "status": row.status,
        "client_team": row.client_team_id,
        "client_team_name": row.client_team.name if row.client_team else None,
        "owner": row.owner_id,
        "owner_name": shown_name(actor, row.owner_id, row.owner.name) if row.owner else None,
        "pipeline": row.pipeline_id,
        "pipeline_name": row.pipeline.name if row.pipeline else None,
        "brief": row.brief,
        "starts_on": row.starts_on,
        "due_on": row.due_on,
        "tags": row.tags,
        "custom": {} if is_client else row.custom,
        "source": row.source,
        "archived_on": row.archived_on,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _project(request: Request, project_id: UUID) -> Project:
    rows = Project.objects.visible_to(request.auth).select_related("client_team", "owner", "pipeline", "organization")
    row: Project = found(rows, project_id)
    return row


def _filtered(rows: ProjectQuerySet, query: ProjectQuery) -> ProjectQuerySet:
    exact = {name: getattr(query, name) for name in ("status", "client_team", "owner") if getattr(query, name)}
    rows = rows.filter(archived_on__isnull=not query.archived, **exact)
    if query.late:
        done = (ProjectStatus.COMPLETED, ProjectStatus.CANCELLED)
        rows = rows.filter(due_on__lt=localdate()).exclude(status__in=done)
    if query.q.strip():
        rows = rows.filter(Q(job_number__icontains=query.q.strip()) | Q(name__icontains=query.q.strip()))
    return rows

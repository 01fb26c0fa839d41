"""The grid of a project: bytes as PostgreSQL built them, and 304 when the caller has them already."""

import gzip
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from signoff.accounts.models import Role
from signoff.api.auth import Request
from signoff.api.v1.schemas import Answer, Given
from signoff.core.errors import NotFound
from signoff.deliverables.board import grid_json, grid_tag, row_json
from signoff.projects.models import Project

router = Router(tags=["projects"])
PAYS_FROM = 2_000
LEVEL = 1  # a higher one takes longer than the bytes it saves, on every network faster than 20 MB/s


class GridOut(Answer):
    """Columns are named once and rows are lists. `people` are [id, name, hue, is client], `stages` are
    [definition, name, approval type, is with client]; the last value of a row is its stages, each
    [stage, index into stages, index into stage_statuses, index into none|simple|formal, index into
    people or null, due, version]. `assignee` of a row is an index into people, or null."""

    project: UUID
    columns: list[str]
    stage_statuses: list[str]
    stages: list[list[str | bool]]
    people: list[list[str | int | bool]]
    rows: list[list[object]]


class GridQuery(Given):
    deliverable: UUID | None = None


@router.get("/projects/{uuid:project_id}/grid", response=GridOut)
def grid(request: Request, project_id: UUID, query: Query[GridQuery]) -> HttpResponse:
    """The whole grid, or with `deliverable` one row of it. Send the ETag back (If-None-Match) to get 304.

    Clients get no notes and no custom fields, and as `round` the newest that they see.
    """
    projects = Project.objects.visible_to(request.auth).filter(pk=project_id).order_by()
    is_client, house = request.auth.role == Role.CLIENT_VIEWER, request.auth.house
    tag = grid_tag(projects, is_client=is_client, house=house)
    if tag is None:
        raise NotFound()
    if query.deliverable:
        return _packed(request, row_json(project_id, query.deliverable, is_client=is_client, house=house))
    if tag in request.headers.get("If-None-Match", ""):
        return _cached(HttpResponse(status=304), tag)
    return _cached(_packed(request, grid_json(project_id, is_client=is_client, house=house)), tag)


def _cached(response: HttpResponse, tag: str) -> HttpResponse:
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Accept-Encoding, Authorization, Cookie"
    return response


def _packed(request: HttpRequest, body: bytes) -> HttpResponse:
    if len(body) < PAYS_FROM or "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(body, content_type="application/json")
    packed = HttpResponse(gzip.compress(body, LEVEL), content_type="application/json")
    packed["Content-Encoding"] = "gzip"
    return packed

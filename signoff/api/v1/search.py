"""Search: what the command palette asks."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Query, Router

from signoff.api.auth import Request
from signoff.api.v1.addresses import page_of
from signoff.api.v1.schemas import Answer, Given
from signoff.search.find import find

router = Router(tags=["search"])


class SearchQuery(Given):
    q: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class FoundOut(Answer):
    """`cover` is the id of a deliverable's thumbnail."""

    kind: Literal["project", "deliverable", "person"]
    id: UUID
    title: str
    subtitle: str
    url: str
    status: str
    cover: UUID | None


class SearchOut(Answer):
    results: list[FoundOut]


@router.get("/search", response=SearchOut)
def search(request: Request, query: Query[SearchQuery]) -> dict[str, object]:
    """Projects, deliverables and (for staff) people, best matches first. A slip in a word is forgiven."""
    results = [
        {
            "kind": one.kind,
            "id": one.id,
            "title": one.title,
            "subtitle": one.subtitle,
            "url": page_of(one.kind, one.id),
            "status": one.status,
            "cover": one.cover,
        }
        for one in find(request.auth, query.q, query.limit)
    ]
    return {"results": results}

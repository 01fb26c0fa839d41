"""A round's notes to take away: PDF with stills, workbook, JSON, and markers for an editor."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Router

from signoff.api.auth import Request, hands_of
from signoff.api.v1.named import found
from signoff.api.v1.schemas import Given
from signoff.api.wire import encode
from signoff.core.disposition import disposition
from signoff.core.origin import origin_of
from signoff.feedback.export import TYPES, Format, Wanted, export_round
from signoff.feedback.report_marks import START
from signoff.revisions.models import Revision

router = Router(tags=["feedback"])
AGAIN = 5  # seconds
CONTENT: dict[str, object] = {"content": {kind: {} for kind in TYPES.values()}}
PROMISED = {"description": "It is being made.", "content": {"application/json": {}}}


class ReportQuery(Given):
    """`file` and `start` are for `edl` and `csv`: which film, and the timecode at which its timeline begins."""

    audience: Literal["all", "client"] = Field("all", description="All that you read, or only what the client reads")
    file: Annotated[int, Field(ge=1, le=32_767)] | None = Field(None, description="Position; else the first film")
    start: str = Field(START, max_length=20)


@router.get(
    "/rounds/{uuid:round_id}/report.{kind}",
    response={200: bytes},
    openapi_extra={"responses": {200: CONTENT, 202: PROMISED}},
)
def round_report(request: Request, round_id: UUID, kind: Format, query: Query[ReportQuery]) -> HttpResponse:
    """The notes of a round as they stand there. Each is written down in the audit list.

    A PDF of many stills takes a while: 202 with `Retry-After`; ask again until it is 200.
    """
    rows = Revision.objects.visible_to(request.auth)
    related = ("deliverable__project__organization", "deliverable__project__client_team")
    revision: Revision = found(rows.select_related(*related), round_id)
    wanted = Wanted(kind, query.audience == "client", query.file, query.start)
    made = export_round(request.auth, hands_of(request), origin_of(request.META), revision, wanted)
    if made.content is None:
        said = encode({"state": "working"})
        return HttpResponse(said, status=202, content_type="application/json", headers={"Retry-After": str(AGAIN)})
    headers = {"Content-Disposition": disposition(made.name, is_attachment=True), "Cache-Control": "private, no-store"}
    return HttpResponse(made.content, content_type=made.media_type, headers=headers)

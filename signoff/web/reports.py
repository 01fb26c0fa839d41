"""A round's notes to take away, as pages link to them: the file itself, or a page that waits for it."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from signoff.core.disposition import disposition
from signoff.core.errors import NotFound
from signoff.core.origin import origin_of
from signoff.feedback.export import TYPES, Format, Wanted, export_round
from signoff.feedback.report_marks import START
from signoff.revisions.models import Revision
from signoff.web.actor import actor_of, hands_of, signed_in
from signoff.web.downloads import NOT_KEPT
from signoff.web.render import render

AGAIN = 4  # seconds


@require_safe
@signed_in
def of_round(request: HttpRequest, round_id: UUID, kind: str) -> HttpResponse:
    """`?audience=client` for what the client reads; `file` and `start` for markers of another film or timeline."""
    if kind not in TYPES:
        raise NotFound
    actor = actor_of(request)
    related = ("deliverable__project__organization", "deliverable__project__client_team")
    revision = get_object_or_404(Revision.objects.visible_to(actor).select_related(*related), pk=round_id)
    made = export_round(actor, hands_of(request), origin_of(request.META), revision, _wanted(request, kind))
    if made.content is None:
        response = render(request, "rounds/report_coming.html", {"revision": revision, "name": made.name}, status=202)
        response.headers["Refresh"] = str(AGAIN)
        return response
    headers = {"Content-Disposition": disposition(made.name, is_attachment=True), "Cache-Control": NOT_KEPT}
    return HttpResponse(made.content, content_type=made.media_type, headers=headers)


def _wanted(request: HttpRequest, kind: str) -> Wanted:
    said = request.GET
    file = said.get("file", "")
    position = int(file) if file.isascii() and file.isdecimal() and len(file) < 6 else None
    return Wanted(cast(Format, kind), said.get("audience") == "client", position, said.get("start") or START)

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from signoff.revisions.addresses import address_of
from signoff.revisions.models import MediaFile, Rendition, RenditionKind
from signoff.revisions.storage import storage
from signoff.web.actor import actor_of, signed_in


@require_safe
@signed_in
def thumbnail(request: HttpRequest, rendition_id: UUID) -> HttpResponse:
    row = get_object_or_404(
        Rendition.objects.visible_to(actor_of(request)), pk=rendition_id, kind=RenditionKind.THUMBNAIL
    )
    with open(storage().local(row.key, None), "rb") as f:  # type: ignore[arg-type]
        return HttpResponse(
            f.read(), content_type=row.media_type, headers={"Cache-Control": "private, max-age=31536000, immutable"}
        )


@require_safe
@signed_in
def original(request: HttpRequest, file_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(
        address_of(get_object_or_404(MediaFile.objects.visible_to(actor_of(request)), pk=file_id))
    )


@require_safe
@signed_in
def approved(request: HttpRequest, project_id: UUID) -> HttpResponse:
    return HttpResponse("zip")

"""What pages link to for files: thumbnails, originals, zips. All but thumbnails lead on to a signed address."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from signoff.core.origin import origin_of
from signoff.projects.models import Project
from signoff.revisions.addresses import address_of, rendition_address
from signoff.revisions.archive import approved_archive, round_archive
from signoff.revisions.models import MediaFile, Rendition, RenditionKind, Revision
from signoff.revisions.storage import is_direct, storage
from signoff.revisions.taken import note_taken
from signoff.revisions.taking import check_taking
from signoff.web.actor import actor_of, hands_of, signed_in

KEPT = "private, max-age=86400, immutable"  # a thumbnail never changes: a new one has a new id
NOT_KEPT = "private, no-store"


@require_safe
@signed_in
def thumbnail(request: HttpRequest, rendition_id: UUID) -> HttpResponseBase:
    """A small picture, asked for by every row of a grid: the bytes at once, where the storage is ours."""
    rows = Rendition.objects.visible_to(actor_of(request)).filter(kind=RenditionKind.THUMBNAIL)
    found = get_object_or_404(rows.only("key", "kind", "number", "media_type"), pk=rendition_id)
    place = storage()
    if is_direct(place):
        return _to(rendition_address(found))
    headers = {"ETag": f'"{found.pk}"', "Cache-Control": KEPT}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(b"".join(place.read(found.key)), content_type=found.media_type, headers=headers)


@require_safe
@signed_in
def original(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The original of a file, as a download."""
    rows = MediaFile.objects.visible_to(actor_of(request)).select_related("revision__deliverable")
    file = get_object_or_404(rows, pk=file_id)
    check_taking(actor_of(request), file.revision)
    return _to(address_of(file), request, file)


@require_safe
@signed_in
def of_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """All files of a round, as a zip."""
    actor = actor_of(request)
    rows = Revision.objects.visible_to(actor).select_related("deliverable")
    revision = get_object_or_404(rows, pk=round_id)
    check_taking(actor, revision)
    return _to(round_archive(actor, revision), request, revision)


@require_safe
@signed_in
def approved_files(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The files of all that is approved in a project, as a zip. Raises NothingApproved."""
    actor = actor_of(request)
    project = get_object_or_404(Project.objects.visible_to(actor), pk=project_id)
    return _to(approved_archive(actor, project), request, project)


def _to(
    address: str, request: HttpRequest | None = None, taken: MediaFile | Revision | Project | None = None
) -> HttpResponse:
    """On to a signed address; of what is worth saying, that it was `taken` is written down."""
    if request and taken and request.method == "GET":
        note_taken(hands_of(request), origin_of(request.META), taken)
    return HttpResponseRedirect(address, headers={"Cache-Control": NOT_KEPT})

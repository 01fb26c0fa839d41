"""Files of rounds: what they are, how far they have come, where to fetch them (also as zips), another try."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponseRedirect
from django.urls import reverse
from ninja import Field, Query, Router

from signoff.accounts.models import Role
from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.schemas import Answer, Given, Page
from signoff.core.actor import Actor
from signoff.projects.models import Project
from signoff.revisions import actions, archive
from signoff.revisions.addresses import address_of, rendition_address
from signoff.revisions.listing import FileFilter, files_of_project, total_of, with_thumbnails
from signoff.revisions.models import FileKind, MediaFile, MediaFileQuerySet, Rendition, RenditionKind, Revision, Step
from signoff.revisions.receipts import Receipt, receipts_of

router = Router(tags=["files"])
NAMESPACE = "api-1"
MOST_A_PAGE = 200


class ReceiptOut(Answer):
    """One step of a file's way. `percent` is of the step that is being done."""

    step: Step
    state: Literal["done", "doing", "failed", "waiting"]
    at: datetime | None
    percent: int


class RenditionOut(Answer):
    """`address` is signed and ends within the hour; ask anew then."""

    id: UUID
    kind: RenditionKind
    number: int
    media_type: str
    width: int | None
    height: int | None
    size: int
    data: dict[str, object]
    address: str


class FileOut(Answer):
    """`state` is `working` until it is `ready`, or `failed` with a `failure` in words; the original is there always.

    Clients read neither `failure_tail` (a tool's last lines) nor `notice` (which may name earlier rounds).
    """

    id: UUID
    round: UUID
    position: int
    name: str
    size: int
    sha256: str
    kind: FileKind
    media_type: str
    width: int | None
    height: int | None
    duration_ms: int | None
    frames: int | None
    fps_num: int | None
    fps_den: int | None
    pages: int | None
    state: Literal["working", "ready", "failed"]
    receipts: list[ReceiptOut]
    failure: str
    failure_tail: str
    may_retry: bool
    notice: str
    content: str
    renditions: list[RenditionOut]


class ListedFileOut(Answer):
    """A file as a project's list has it; `/files/{id}` says the rest. `thumbnail` is signed and ends within the hour;
    it is empty while there is none. `percent` is of the step that is being done.
    """

    id: UUID
    deliverable: UUID
    deliverable_name: str
    round: UUID
    round_number: int
    is_released: bool
    position: int
    name: str
    size: int
    kind: FileKind
    media_type: str
    width: int | None
    height: int | None
    duration_ms: int | None
    pages: int | None
    state: Literal["working", "ready", "failed"]
    percent: int
    failure: str
    notice: str
    content: str
    thumbnail: str


class ListedFilePage(Page):
    """`count` files of `size` bytes are all that was asked for, on whatever page."""

    results: list[ListedFileOut]
    count: int
    size: int


class FilesQuery(Given):
    rounds: Literal["newest", "all"] = Field("newest", description="Of each deliverable the newest round, or all")
    kind: FileKind | None = None
    state: Literal["working", "ready", "failed"] | None = None
    released: bool | None = Field(None, description="Only what clients see, or only what they do not")
    q: str = Field("", max_length=200, description="Words in the name of the file or of its deliverable")
    cursor: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=MOST_A_PAGE)] = 50


@router.get("/projects/{uuid:project_id}/files", response=ListedFilePage)
def project_files(request: Request, project_id: UUID, query: Query[FilesQuery]) -> dict[str, object]:
    """The files of a project, newest first, a page at a time."""
    actor = request.auth
    found(Project.objects.visible_to(actor), project_id)
    rows = files_of_project(actor, project_id, _filter(query))
    count, size = total_of(rows)
    rows = rows.filter(pk__lt=query.cursor) if query.cursor else rows
    page = list(with_thumbnails(rows).select_related("revision__deliverable").order_by("-pk")[: query.limit + 1])
    following = page[query.limit - 1].pk if len(page) > query.limit else None
    results = [_listed(actor, one) for one in page[: query.limit]]
    return {"results": results, "next": following, "count": count, "size": size}


@router.get("/files/{uuid:file_id}", response=FileOut)
def file(request: Request, file_id: UUID) -> dict[str, object]:
    """A file with its receipts and renditions."""
    return file_out(request.auth, _file(request.auth, file_id))


@router.get("/files/{uuid:file_id}/content", response={302: None})
def file_content(request: Request, file_id: UUID) -> HttpResponseRedirect:
    """The original: a redirect to a signed address that ends within the hour. Range requests work there."""
    return HttpResponseRedirect(address_of(_file(request.auth, file_id)))


@router.get("/rounds/{uuid:round_id}/archive", response={302: None})
def round_archive(request: Request, round_id: UUID) -> HttpResponseRedirect:
    """All originals of a round as a zip: a redirect to a signed address that ends within the hour."""
    rows = Revision.objects.visible_to(request.auth).select_related("deliverable")
    return HttpResponseRedirect(archive.round_archive(request.auth, found(rows, round_id)))


@router.get("/projects/{uuid:project_id}/approved-files", response={302: None})
def approved_files(request: Request, project_id: UUID) -> HttpResponseRedirect:
    """The newest round of all that is approved or delivered as a zip: a redirect to a signed address.

    404 with the code `nothing_approved` when there is none.
    """
    project: Project = found(Project.objects.visible_to(request.auth), project_id)
    return HttpResponseRedirect(archive.approved_archive(request.auth, project))


@router.post("/files/{uuid:file_id}/renditions", response=FileOut)
def retry_file(request: Request, file_id: UUID) -> dict[str, object]:
    """Try the step that failed once more, and those after it."""
    actor = request.auth
    actions.retry_file(actor=actor, file=_file(actor, file_id))
    return file_out(actor, _file(actor, file_id))


def files_of(actor: Actor) -> MediaFileQuerySet:
    """The files that the actor sees, with what `file_out` needs."""
    return MediaFile.objects.visible_to(actor).prefetch_related("renditions").order_by("position")


def file_out(actor: Actor, file: MediaFile) -> dict[str, object]:
    """A file as callers read it. What a decoder said last, and where a file was before, is the house's own business."""
    plain = ("name", "size", "sha256", "kind", "media_type", "width", "height", "duration_ms", "frames", "position")
    more = ("fps_num", "fps_den", "pages", "state", "failure", "may_retry")
    is_client = actor.role == Role.CLIENT_VIEWER
    return {
        "id": file.pk,
        "round": file.revision_id,
        **{name: getattr(file, name) for name in (*plain, *more)},
        "notice": "" if is_client else file.notice,
        "failure_tail": "" if is_client else file.failure_tail,
        "receipts": [_receipt(one) for one in receipts_of(file)],
        "content": reverse(f"{NAMESPACE}:file_content", args=[file.pk]),
        "renditions": [_rendition(one) for one in file.renditions.all()],
    }


def _filter(query: FilesQuery) -> FileFilter:
    return FileFilter(
        text=query.q.strip(),
        kind=query.kind or "",
        state=query.state or "",
        released=query.released,
        is_every_round=query.rounds == "all",
    )


def _listed(actor: Actor, file: MediaFile) -> dict[str, object]:
    revision = file.revision
    plain = ("name", "size", "kind", "media_type", "width", "height", "duration_ms", "pages", "position", "state")
    thumbnails = file.renditions.all()
    return {
        "id": file.pk,
        "deliverable": revision.deliverable_id,
        "deliverable_name": revision.deliverable.name,
        "round": revision.pk,
        "round_number": revision.round,
        "is_released": revision.is_released,
        **{name: getattr(file, name) for name in (*plain, "percent", "failure")},
        "notice": "" if actor.role == Role.CLIENT_VIEWER else file.notice,
        "content": reverse(f"{NAMESPACE}:file_content", args=[file.pk]),
        "thumbnail": rendition_address(thumbnails[0]) if thumbnails else "",
    }


def _file(actor: Actor, file_id: UUID) -> MediaFile:
    rows = files_of(actor).select_related("revision__deliverable__project")
    file: MediaFile = found(rows, file_id)
    return file


def _receipt(receipt: Receipt) -> dict[str, object]:
    return {"step": receipt.step, "state": receipt.state, "at": receipt.at, "percent": receipt.percent}


def _rendition(rendition: Rendition) -> dict[str, object]:
    plain = ("kind", "number", "media_type", "width", "height", "size", "data")
    said: dict[str, object] = {name: getattr(rendition, name) for name in plain}
    return {"id": rendition.pk, **said, "address": rendition_address(rendition)}

"""Sending files in: announce one, send its bytes, then make a round of it.

Where the storage is a directory (`method` is `tus`), the bytes go to `address` by the tus protocol 1.0: PATCH, and HEAD
to ask how far it came. Where it is a bucket (`parts`), they go straight there: ask for the addresses of the parts, PUT
them, and say when that is done.
"""

import base64
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Header, Router, Status
from pydantic import Field

from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.schemas import Answer, Given
from signoff.core.actor import Actor
from signoff.core.errors import Invalid
from signoff.deliverables.models import Deliverable
from signoff.revisions import actions
from signoff.revisions.models import Upload
from signoff.revisions.storage import is_direct, storage
from signoff.revisions.uploads import address_of_upload, arrived

router = Router(tags=["uploads"])
MOST_BYTES = 2**53


class BadMetadata(Invalid):
    code = "bad_metadata"
    message = "Upload-Metadata holds names, each with a value in base64, with commas between."


class UploadNew(Given):
    """`fingerprint` is what you know the file by: announced again with the same one, the upload goes on."""

    name: str
    size: Annotated[int, Field(ge=0, le=MOST_BYTES, strict=True)]
    fingerprint: Annotated[str, Field(max_length=300)] = ""


class UploadOut(Answer):
    """`received` bytes of `size` are here. `address` is for tus; `part_size` and the parts' addresses for a bucket."""

    id: UUID
    deliverable: UUID
    name: str
    size: int
    received: int
    is_finished: bool
    sha256: str
    fingerprint: str
    method: Literal["tus", "parts"]
    address: str
    part_size: int
    expires_at: str


class PartNumbers(Given):
    """Numbers begin with 1; every part but the last has `part_size` bytes."""

    numbers: Annotated[list[Annotated[int, Field(ge=1, le=10_000)]], Field(min_length=1, max_length=100)]


class PartOut(Answer):
    number: int
    address: str


@router.post("/deliverables/{uuid:deliverable_id}/uploads", response={201: UploadOut})
def begin_upload(request: Request, deliverable_id: UUID, payload: UploadNew) -> Status[dict[str, object]]:
    """Announce a file. Its bytes go to `address` (PATCH with Upload-Offset, Tus-Resumable: 1.0.0)."""
    upload = actions.begin_upload(
        actor=request.auth,
        deliverable=_deliverable(request.auth, deliverable_id),
        name=payload.name,
        size=payload.size,
        fingerprint=payload.fingerprint,
    )
    return Status(201, upload_out(upload))


@router.post("/deliverables/{uuid:deliverable_id}/uploads/tus", response={201: None})
def begin_tus_upload(
    request: Request,
    deliverable_id: UUID,
    upload_length: Annotated[int, Header(alias="Upload-Length", ge=0, le=MOST_BYTES)],
    upload_metadata: Annotated[str, Header(alias="Upload-Metadata")] = "",
) -> HttpResponse:
    """The same as the tus protocol's creation, for its own clients: `Upload-Metadata` names the file (`filename`)."""
    name = _metadata(upload_metadata).get("filename", "")
    row = _deliverable(request.auth, deliverable_id)
    upload = actions.begin_upload(actor=request.auth, deliverable=row, name=name, size=upload_length)
    headers = {"Location": address_of_upload(upload), "Tus-Resumable": "1.0.0"}
    return HttpResponse(status=201, headers=headers)


@router.get("/deliverables/{uuid:deliverable_id}/uploads", response=list[UploadOut])
def my_uploads(request: Request, deliverable_id: UUID) -> list[dict[str, object]]:
    """One's own files to this deliverable that no round has yet, to go on with."""
    row = _deliverable(request.auth, deliverable_id)
    return [upload_out(one) for one in Upload.objects.visible_to(request.auth).alive().filter(deliverable=row)]


@router.get("/uploads/{uuid:upload_id}", response=UploadOut)
def upload(request: Request, upload_id: UUID) -> dict[str, object]:
    """How far it has come."""
    return upload_out(_upload(request.auth, upload_id))


@router.delete("/uploads/{uuid:upload_id}", response={204: None})
def drop_upload(request: Request, upload_id: UUID) -> Status[None]:
    """Take the file away."""
    actions.drop_upload(actor=request.auth, upload=_upload(request.auth, upload_id))
    return Status(204, None)


@router.post("/uploads/{uuid:upload_id}/parts", response=list[PartOut])
def part_addresses(request: Request, upload_id: UUID, payload: PartNumbers) -> list[dict[str, object]]:
    """Where to PUT these parts of the file. Only where `method` is `parts`."""
    one = _upload(request.auth, upload_id)
    addresses = actions.part_addresses(actor=request.auth, upload=one, numbers=payload.numbers)
    return [{"number": number, "address": address} for number, address in addresses.items()]


@router.post("/uploads/{uuid:upload_id}/completion", response=UploadOut)
def finish_upload(request: Request, upload_id: UUID) -> dict[str, object]:
    """Say that all parts are sent. Only where `method` is `parts`; twice is once."""
    one = _upload(request.auth, upload_id)
    return upload_out(actions.finish_upload(actor=request.auth, upload=one))


def upload_out(upload: Upload) -> dict[str, object]:
    """An upload as callers read it."""
    place = storage()
    received = arrived(upload)
    return {
        "id": upload.pk,
        "deliverable": upload.deliverable_id,
        "name": upload.name,
        "size": upload.size,
        "received": received,
        "is_finished": upload.is_finished,
        "sha256": upload.sha256,
        "fingerprint": upload.fingerprint,
        "method": "parts" if is_direct(place) else "tus",
        "address": "" if is_direct(place) else address_of_upload(upload),
        "part_size": place.part_size_for(upload.size) if is_direct(place) else 0,
        "expires_at": upload.expires_at.isoformat(),
    }


def _deliverable(actor: Actor, deliverable_id: UUID) -> Deliverable:
    row: Deliverable = found(Deliverable.objects.visible_to(actor).select_related("project"), deliverable_id)
    return row


def _upload(actor: Actor, upload_id: UUID) -> Upload:
    rows = Upload.objects.visible_to(actor).alive().select_related("deliverable__project")
    one: Upload = found(rows, upload_id)
    return one


def _metadata(text: str) -> dict[str, str]:
    """`filename aGVyby5wbmc=,filetype ...`: names, each with a value in base64."""
    try:
        pairs = [pair.strip().partition(" ") for pair in text.split(",") if pair.strip()]
        return {name: base64.b64decode(value, validate=True).decode() for name, _, value in pairs}
    except ValueError as error:
        raise BadMetadata(field="Upload-Metadata") from error

"""The files of a round as the review page gets them: `RoomFile` in islands/feedback/room/types.ts. No queries."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from signoff.revisions.addresses import address_of, inline_address_of, rendition_address
from signoff.revisions.models import FileKind, MediaFile, Rendition, RenditionKind, Step
from signoff.web.guest.pictures import Address
from signoff.web.viewer import DOING

K = RenditionKind
Found = Mapping[tuple[str, int], Rendition]
KNOWN = ("width", "height", "frames", "fps_num", "fps_den", "duration_ms")


def room_file(file: MediaFile, *, takes: bool = True, at: Address = rendition_address) -> dict[str, Any]:
    """A file with its prefetched renditions; its addresses end after an hour. Without `takes`, none is the original's:
    who may not take it along is shown what was made of it. `at` says where who looks finds its pictures."""
    found = {(one.kind, one.number): one for one in file.renditions.all()}
    is_working = file.state == "working"
    return {
        "id": str(file.pk),
        "position": file.position,
        "name": file.name,
        "kind": file.kind,
        "state": file.state,
        "failure": file.failure,
        "doing": str(DOING.get(Step(file.step), "")) if is_working else "",
        "percent": file.percent if is_working else 0,
        **{name: getattr(file, name) for name in KNOWN},
        "pages": [_page(one, at) for one in sorted(found.values(), key=lambda one: one.number) if one.kind == K.PAGE],
        "picture": _address(found, K.PREVIEW, K.POSTER, K.THUMBNAIL, at=at),
        "full": _full(file, found, takes, at),
        "media": _media(file, found, takes),
        "strip": _strip(found.get((K.FILMSTRIP, 0))),
        "wave": _address(found, K.WAVEFORM),
        "original": reverse("file-original", args=[file.pk]) if takes else "",
    }


def _page(page: Rendition, at: Address) -> dict[str, Any]:
    size = {"width": page.width or 1, "height": page.height or 1}
    return {"number": page.number, **size, "address": at(page)}


def _full(file: MediaFile, found: Found, takes: bool, at: Address) -> str:
    """The picture in its own pixels, or as large as it was made for a browser."""
    if file.kind != FileKind.IMAGE:
        return ""
    return (takes and inline_address_of(file)) or _address(found, K.PREVIEW, K.THUMBNAIL, at=at)


def _media(file: MediaFile, found: Found, takes: bool) -> str:
    """What plays; of a PDF the document itself, for its text. Not the way of a download, which is written down."""
    is_read = file.kind == FileKind.PDF and file.media_type and takes
    return address_of(file) if is_read else _address(found, K.PROXY)


def _strip(strip: Rendition | None) -> dict[str, Any] | None:
    if strip is None:
        return None
    return {"address": rendition_address(strip)} | {
        name: strip.data[name] for name in ("columns", "count", "width", "height", "every_ms")
    }


def _address(found: Found, *kinds: str, at: Address = rendition_address) -> str:
    """Of the first of these kinds that there is."""
    return next((at(found[kind, 0]) for kind in kinds if (kind, 0) in found), "")

"""Signed, short-lived addresses: whoever has one may fetch that one thing, until it is over.

Pages and the API make them only for what they found through `visible_to`.
"""

from urllib.parse import quote
from uuid import UUID

from django.conf import settings

from signoff.core.disposition import disposition
from signoff.core.seals import seal
from signoff.integrations.media.types import INLINE
from signoff.revisions.models import MediaFile, Rendition
from signoff.revisions.storage import is_direct, storage

FILE, ARCHIVE = "file", "archive"
SECONDS = 3600
UNKNOWN = "application/octet-stream"


def address_of(file: MediaFile) -> str:
    """To download the original under its own name."""
    return download_address(file.key, file.media_type, file.name)


def download_address(key: str, media_type: str, name: str) -> str:
    """To download what the storage has under this key, under this name."""
    return _address(key, media_type or UNKNOWN, name, is_attachment=True)


def inline_address_of(file: MediaFile) -> str:
    """To show the original in a page; empty when browsers must not show such a file from our origin."""
    if file.media_type not in INLINE:
        return ""
    return _address(file.key, file.media_type, file.name, is_attachment=False)


def rendition_address(rendition: Rendition) -> str:
    """To show a rendition in a page."""
    return _address(rendition.key, rendition.media_type, str(rendition), is_attachment=False)


def picture_address(key: str, media_type: str, name: str) -> str:
    """To show what the storage has under this key in a page."""
    return _address(key, media_type, name, is_attachment=False)


def archive_address(what: str, subject: UUID, name: str, *, is_client: bool) -> str:
    """A zip, made while it is sent: `what` is `round` (one round) or `approved` (a project's approved files)."""
    token = seal(ARCHIVE, [what, str(subject), name, is_client], SECONDS)
    return f"{settings.BASE_PATH}/archives/{token}/{quote(name)}"


def _address(key: str, media_type: str, name: str, *, is_attachment: bool) -> str:
    is_attachment = is_attachment or media_type not in INLINE
    place = storage()
    if is_direct(place):
        said = disposition(name, is_attachment=is_attachment)
        return place.address(key, media_type=_served(media_type), disposition=said, seconds=SECONDS)
    token = seal(FILE, [key, _served(media_type), name, is_attachment], SECONDS)
    return f"{settings.BASE_PATH}/media/{token}/{quote(name)}"


def _served(media_type: str) -> str:
    """Under which type it goes out: never one that a browser would run (HTML, SVG, XML)."""
    return media_type if media_type in INLINE or media_type in ("application/pdf", "application/json") else UNKNOWN

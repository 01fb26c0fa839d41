"""What a file is, told by its first bytes and never by its name. Pure: nothing is decoded here.

A name is only asked where one container has several contents (a Word document is a ZIP archive, too), and to say what
it promises, so that a file that lies can be called out.
"""

from signoff.integrations.media.known import EMPTY, NAMES, TYPES, UNKNOWN, Kind, MediaType, ending_of
from signoff.integrations.media.signatures import media_type_of

__all__ = ["HEAD_BYTES", "INLINE", "Kind", "MediaType", "expected_kind", "type_of", "words_expected"]

HEAD_BYTES = 8192

# What a browser may show from our own origin. Nothing that can carry a script: no SVG, HTML, XML, PDF.
INLINE: frozenset[str] = frozenset(
    [
        *("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"),
        *("video/mp4", "video/webm", "video/quicktime"),
        *("audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", "audio/flac"),
    ]
)


def type_of(head: bytes, name: str = "") -> MediaType:
    """What the file is. `head`: its first HEAD_BYTES bytes, fewer when it is shorter; `name`: as its owner calls it."""
    if not head:
        return EMPTY
    return TYPES.get(media_type_of(head[:HEAD_BYTES], ending_of(name)), UNKNOWN)


def expected_kind(name: str) -> Kind | None:
    """What the name promises; None when that is nothing: "scan", or "layers.ai" (which may be a PDF or not)."""
    known = NAMES.get(ending_of(name))
    return known.kind if known else None


def words_expected(name: str) -> str:
    """What the name promises, for people: "PNG image". For a name that promises nothing: "file of an unknown type"."""
    return NAMES.get(ending_of(name), UNKNOWN).words

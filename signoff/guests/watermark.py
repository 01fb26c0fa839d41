"""Pictures with the address of who looks drawn into them, for guests whose link asks for it. Steps.

A picture is made once for each guest and kept where the night's sweep finds it: no row names it, so it goes after a
day. Films and sounds are not marked.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from signoff.core.pdf import LETTERS
from signoff.guests.models import GuestDevice
from signoff.integrations.media.work import Made, Still, stills
from signoff.revisions.models import Rendition, RenditionKind
from signoff.revisions.render import limits
from signoff.revisions.scratch import scratch
from signoff.revisions.storage import storage

K = RenditionKind
MARKED = (K.PREVIEW, K.PAGE, K.POSTER)
MEDIA_TYPE = "image/jpeg"
PLACES = ((0.04, 0.08), (0.36, 0.34), (0.04, 0.62), (0.5, 0.92))  # fractions of the picture
MOST_WORDS = 60


def words_of(device: GuestDevice, address: str) -> str:
    """Whose eyes a picture is for: the proved address, else where it is looked from."""
    return (device.guest.email if device.guest else address or "guest")[:MOST_WORDS]


def marked(rendition: Rendition, words: str) -> str:
    """The key of this picture with the words in it, made where it is not there yet. Raises MediaError, Unavailable."""
    place, key = storage(), key_of(rendition, words)
    if place.size(key) is None:
        with scratch() as desk:
            place.put(key, _made(rendition, words, desk), MEDIA_TYPE)
    return key


def key_of(rendition: Rendition, words: str) -> str:
    name = hashlib.sha256(words.encode()).hexdigest()[:32]
    return f"renditions/watermarked/{rendition.pk}/{name}"


def _made(rendition: Rendition, words: str, desk: Path) -> Path:
    found: list[Made] = []
    picture = storage().local(rendition.key, desk)
    font = LETTERS if LETTERS.exists() else None
    wanted = [Still(marks=_marks(words))]
    stills(picture, rendition.media_type, wanted, desk, limits(), found.append, is_ours=True, font=font)
    return found[0].path


def _marks(words: str) -> Sequence[dict[str, object]]:
    style = {"colour": "white", "width": 1}
    return [
        {"kind": "text", "geometry": {"points": [list(at)], "text": words}, "style": style, "z": n}
        for n, at in enumerate(PLACES)
    ]

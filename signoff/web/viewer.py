"""What a page shows of one file: the rendition that stands for it, its figures, and how far its previews are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.integrations.media.known import TYPES
from signoff.revisions.addresses import inline_address_of, rendition_address
from signoff.revisions.models import FileKind, MediaFile, Rendition, RenditionKind, Step
from signoff.revisions.receipts import Receipt, receipts_of
from signoff.web.guest.pictures import Address
from signoff.web.shown import count_of, file_size

K = RenditionKind
# icons: image film music file-text file
ICONS = {"image": "image", "video": "film", "audio": "music", "pdf": "file-text", "other": "file"}
DOING = {
    Step.RECEIVED: gettext_lazy("Checking the file"),
    Step.CHECKED: gettext_lazy("Looking into it"),
    Step.PROBED: gettext_lazy("Making the preview"),
}
STEPS = {
    Step.RECEIVED: gettext_lazy("Received"),
    Step.CHECKED: gettext_lazy("Checked"),
    Step.PROBED: gettext_lazy("Looked into"),
    Step.RENDERED: gettext_lazy("Previews made"),
}


@dataclass(frozen=True, slots=True)
class View:
    """One file as it is shown. `picture` is there as soon as anything is; `media` is what plays."""

    file: MediaFile
    picture: str
    width: int
    height: int
    media: str
    full: str
    page: int
    pages: int
    strip: str
    strip_data: dict[str, object]
    wave: str
    facts: Sequence[str]
    sign: str  # the same as long as the same is to be seen
    receipts: Sequence[Receipt] = field(default_factory=list)

    @property
    def icon(self) -> str:
        return ICONS[self.file.kind]

    @property
    def doing(self) -> str:
        return str(DOING.get(Step(self.file.step), "")) if self.file.state == "working" else ""

    @property
    def type_words(self) -> str:
        known = TYPES.get(self.file.media_type)
        return known.words if known else self.file.media_type


def view_of(file: MediaFile, page: int = 1, *, takes: bool = True, at: Address = rendition_address) -> View:
    """The file with its prefetched renditions, without `takes` as what was made of it. No queries.

    `page` counts from 1 and is kept within what there is.
    """
    found = {(one.kind, one.number): one for one in file.renditions.all()}
    pages = sum(kind == K.PAGE for kind, _number in found)
    page = min(max(page, 1), max(pages, 1))
    order = [(K.PAGE, page), (K.PREVIEW, 0), (K.POSTER, 0), (K.THUMBNAIL, 0)]
    picture = next((found[one] for one in order if one in found), None)
    strip, wave, proxy = (found.get((kind, 0)) for kind in (K.FILMSTRIP, K.WAVEFORM, K.PROXY))
    return View(
        file=file,
        picture=_address(picture, at),
        width=(picture.width if picture else None) or file.width or 16,
        height=(picture.height if picture else None) or file.height or 9,
        media=_address(proxy),
        full=_full(file, picture, takes, at),
        page=page,
        pages=pages,
        strip=_address(strip),
        strip_data=strip.data if strip else {},
        wave=_address(wave),
        facts=facts_of(file),
        sign=_sign(file, page, [one.pk.hex for one in (picture, strip, wave, proxy) if one]),
        receipts=receipts_of(file),
    )


def facts_of(file: MediaFile) -> list[str]:
    """`1920 × 1080`, `0:32`, `12 pages`, `4.2 MB`: what is known of it."""
    measures = [f"{file.width} × {file.height}"] if file.width and file.kind != FileKind.PDF else []
    lasts = [clock(file.duration_ms)] if file.duration_ms else []
    pages = [count_of(file.pages, _("page"), _("pages"))] if file.pages else []
    return [*measures, *lasts, *pages, file_size(file.size)]


def clock(milliseconds: int) -> str:
    """`0:32`, `1:02:05`."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _full(file: MediaFile, picture: Rendition | None, takes: bool, at: Address) -> str:
    """The picture as large as a browser can show it: the original, or what was made of it."""
    if file.kind != FileKind.IMAGE:
        return ""
    return (takes and inline_address_of(file)) or _address(picture, at)


def _address(rendition: Rendition | None, at: Address = rendition_address) -> str:
    return at(rendition) if rendition else ""


def _sign(file: MediaFile, page: int, parts: Sequence[str]) -> str:
    percent = file.percent if file.state == "working" else 0
    said = [file.pk.hex, file.state, file.step, page, percent, *parts]
    return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()[:16]

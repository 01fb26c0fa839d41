"""From an original to what browsers show: asked of `integrations.media`, kept in the storage, one row each."""

from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction

from signoff.core.ids import new_id
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.work import Limits, Made, Probed, probe, render
from signoff.revisions.announce_file import murmur_progress
from signoff.revisions.covers import refresh_covers
from signoff.revisions.models import MediaFile, Rendition, RenditionKind, key_of_rendition
from signoff.revisions.storage import storage

TAKEN_BACK = "The round was taken back."
EVERY = 1.0  # seconds between two words of progress
PROBED = ("kind", "media_type", "width", "height", "duration_ms", "frames", "fps_num", "fps_den", "pages", "notice")


def probe_file(file: MediaFile, original: Path) -> Probed:
    """Look into the file and write down what is there. Raises MediaError."""
    probed = probe(original, file.media_type, limits())
    for name in PROBED[2:-1]:
        setattr(file, name, getattr(probed, name))
    file.kind, file.media_type = probed.kind, probed.media_type or file.media_type
    _add_notice(file, probed.notice)
    MediaFile.objects.filter(pk=file.pk).update(**{name: getattr(file, name) for name in PROBED})
    return probed


def render_file(file: MediaFile, original: Path, probed: Probed, scratch: Path) -> None:
    """Render it all; each piece is kept, and shown, as soon as it is done. Raises MediaError."""
    into = scratch / "renditions"
    into.mkdir(exist_ok=True)
    render(original, probed, into, limits(), lambda made: keep(file, made), Progress(file))


def keep(file: MediaFile, made: Made) -> None:
    """Store a rendition, then its row; one that was there (of a try that broke off) is replaced."""
    rendition_id = new_id()
    key = key_of_rendition(file, rendition_id)
    size = made.path.stat().st_size
    storage().put(key, made.path, made.media_type)
    made.path.unlink()
    with transaction.atomic():
        _check_there(file)
        Rendition.objects.filter(file=file, kind=made.kind, number=made.number).delete()
        Rendition.objects.create(
            id=rendition_id,
            file=file,
            kind=made.kind,
            number=made.number,
            key=key,
            media_type=made.media_type,
            size=size,
            width=made.width,
            height=made.height,
            data=made.data,
        )
    if notice := str(made.data.get("notice", "")):
        _add_notice(file, notice)
        MediaFile.objects.filter(pk=file.pk).update(notice=file.notice)
    if made.kind == RenditionKind.PROXY and "frames" in made.data:
        file.frames = int(str(made.data["frames"]))  # what is counted is what is shown: a variable rate has other ones
        MediaFile.objects.filter(pk=file.pk).update(frames=file.frames)
    if made.kind == RenditionKind.THUMBNAIL:
        refresh_covers(file.revision.deliverable_id)
        murmur_progress(file, beats=True)


def _add_notice(file: MediaFile, notice: str) -> None:
    if notice not in file.notice:
        file.notice = f"{file.notice} {notice}".strip()[:500]


def _check_there(file: MediaFile) -> None:
    if not MediaFile.objects.select_for_update().filter(pk=file.pk).exists():
        raise MediaError(TAKEN_BACK)


class Progress:
    """Takes percents; writes one down, and lets pages know, once in a while."""

    def __init__(self, file: MediaFile) -> None:
        self._file, self._last = file, monotonic()

    def __call__(self, percent: int) -> None:
        if monotonic() - self._last < EVERY:
            return
        self._last = monotonic()
        if not MediaFile.objects.filter(pk=self._file.pk).update(percent=min(percent, 99)):
            raise MediaError(TAKEN_BACK)
        murmur_progress(self._file)


def limits() -> Limits:
    """What a decoder may take, as the operator set it."""
    return Limits(
        memory_bytes=settings.MEDIA_MEMORY_BYTES,
        cpu_seconds=settings.MEDIA_SECONDS,
        wall_seconds=settings.MEDIA_SECONDS + settings.MEDIA_SECONDS // 2,
        pixels=settings.MEDIA_PIXELS,
        pages=settings.MEDIA_PAGES,
    )

"""Pictures as WebP files."""

from PIL import Image, WebPImagePlugin

from signoff.integrations.media.job import Job

_QUALITY = 86
assert WebPImagePlugin.SUPPORTED  # registered by its import, or Pillow would load every plugin it has


def save(job: Job, kind: str, picture: Image.Image, number: int = 0, data: dict[str, object] | None = None) -> None:
    """Write the picture (RGB or RGBA) and hand it over as the rendition `kind`."""
    path = job.file(kind, "webp", number)
    picture.save(path, "WEBP", quality=_QUALITY, method=3)
    job.made(kind, path, "image/webp", number=number, width=picture.width, height=picture.height, data=data or {})

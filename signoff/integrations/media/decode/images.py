"""Pictures: thumbnail and preview."""

from pathlib import Path

from PIL import Image, ImageOps

from signoff.integrations.media.decode.colours import to_srgb
from signoff.integrations.media.decode.opening import opened
from signoff.integrations.media.decode.webp import save
from signoff.integrations.media.job import Job
from signoff.integrations.media.shapes import Limits

THUMBNAIL = (480, 320)
PREVIEW = (2560, 2560)
_TURNED = range(5, 9)  # EXIF orientations that swap width and height
_ORIENTATION = 0x0112
_FIRST_OF = "Only the first of {} pictures is shown."
_ANIMATED = "Animated: only the first frame is shown."


def probe(path: Path, media_type: str, limits: Limits) -> dict[str, object]:
    """Size as shown and notices, without decoding the picture."""
    with opened(path, media_type, limits) as picture:
        width, height = picture.size
        if picture.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        return {"kind": "image", "media_type": media_type, "width": width, "height": height, "notice": _notice(picture)}


def render(job: Job) -> None:
    """The thumbnail, then the preview. Decoded once, made small first and brought into sRGB then."""
    with opened(job.path, job.media_type, job.limits) as picture:
        profile = picture.info.get("icc_profile")
        shown = to_srgb(_oriented(_reduced(picture)), profile)
    job.progress(50)
    small = shown.copy()
    small.thumbnail(THUMBNAIL)
    save(job, "thumbnail", small)
    save(job, "preview", shown)


def _reduced(picture: Image.Image) -> Image.Image:
    """At most as large as a preview. A JPEG is decoded small in the first place (thumbnail() asks for a draft)."""
    if picture.mode in ("P", "PA", "1"):
        picture.load()
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    elif picture.mode == "RGB" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    picture.thumbnail(PREVIEW, reducing_gap=3.0) if max(picture.size) > max(PREVIEW) else picture.load()
    return picture


def _oriented(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture)


def _notice(picture: Image.Image) -> str:
    said = []
    if picture.mode == "CMYK":
        said.append("CMYK, shown in RGB.")
    if getattr(picture, "is_animated", False) and picture.format != "PSD":
        still = picture.format in ("TIFF", "HEIF", "MPO")
        said.append(_FIRST_OF.format(getattr(picture, "n_frames", 1)) if still else _ANIMATED)
    return " ".join(said)

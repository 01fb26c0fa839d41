"""Pictures: thumbnail and preview."""

from pathlib import Path

from PIL import Image

from signoff.integrations.media.decode.colours import eight_bits, to_srgb
from signoff.integrations.media.decode.opening import opened
from signoff.integrations.media.decode.telling import telling_part
from signoff.integrations.media.decode.webp import save
from signoff.integrations.media.job import Job
from signoff.integrations.media.shapes import Limits

THUMBNAIL = (480, 320)
PREVIEW = (2560, 2560)
_SIDEWAYS = range(5, 9)  # EXIF orientations that swap width and height
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_FIRST_OF = "Only the first of {} pictures is shown."
_ANIMATED = "Animated: only the first frame is shown."


def probe(path: Path, media_type: str, limits: Limits) -> dict[str, object]:
    """Size as shown and notices, without decoding the picture."""
    with opened(path, media_type, limits) as picture:
        width, height = picture.size
        if _orientation(picture) in _SIDEWAYS:
            width, height = height, width
        return {"kind": "image", "media_type": media_type, "width": width, "height": height, "notice": _notice(picture)}


def render(job: Job) -> None:
    """The thumbnail, then the preview. Decoded once, made small first and brought into sRGB then."""
    shown = whole(job.path, job.media_type, job.limits, PREVIEW)
    job.progress(50)
    small = telling_part(shown).copy()
    small.thumbnail(THUMBNAIL)
    save(job, "thumbnail", small)
    save(job, "preview", shown)


def whole(path: Path, media_type: str, limits: Limits, most: tuple[int, int] | None = None) -> Image.Image:
    """The picture upright and in sRGB, RGB or RGBA; made small enough for `most` if that is given."""
    with opened(path, media_type, limits) as picture:
        profile, turn = picture.info.get("icc_profile"), _TURNS.get(_orientation(picture))
        shown = to_srgb(_reduced(picture, most), profile)
    return shown if turn is None else shown.transpose(turn)


def _orientation(picture: Image.Image) -> int:
    """How the camera was held; 1, upright, when it does not say or says it badly (many programs write EXIF)."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:
        return 1


def _reduced(picture: Image.Image, most: tuple[int, int] | None) -> Image.Image:
    """At most as large as `most`. A JPEG is decoded small in the first place (thumbnail() asks for a draft)."""
    if picture.mode == "1" or picture.mode.startswith("I;16"):
        picture.load()
        picture = eight_bits(picture)
    elif picture.mode in ("P", "PA"):
        picture.load()
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    elif picture.mode == "RGB" and "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if most and max(picture.size) > max(most):
        picture.thumbnail(most, reducing_gap=3.0)
    else:
        picture.load()
    return picture


def _notice(picture: Image.Image) -> str:
    said = []
    if picture.mode == "CMYK":
        said.append("CMYK, shown in RGB.")
    if getattr(picture, "is_animated", False) and picture.format not in ("PSD", "MPO"):
        still = picture.format in ("TIFF", "HEIF")
        said.append(_FIRST_OF.format(getattr(picture, "n_frames", 1)) if still else _ANIMATED)
    return " ".join(said)

"""Every colour space a studio uses, as sRGB with or without alpha."""

import io
from typing import Any

from PIL import Image, ImageCms


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """An RGB or RGBA picture in sRGB. A profile that is broken or of another colour space is left alone."""
    picture = eight_bits(picture)
    if picture.mode == "LAB":
        return _converted(picture, ImageCms.createProfile("LAB"), "RGB") or picture.convert("RGB")
    alpha = picture.getchannel("A") if picture.mode in ("RGBA", "LA", "PA") else None
    plain = picture if picture.mode in ("RGB", "CMYK", "L") else picture.convert("L" if picture.mode == "LA" else "RGB")
    shown = (_converted(plain, profile, "RGB") if profile else None) or plain.convert("RGB")
    if alpha is not None:
        shown.putalpha(alpha)
    return shown


def _converted(picture: Image.Image, profile: Any, mode: str) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile) if isinstance(profile, bytes) else profile)
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def eight_bits(picture: Image.Image) -> Image.Image:
    """The picture with eight bits a channel; one of eight bits is returned as it is."""
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("I", "F"):
        low, high = picture.getextrema()
        return picture.convert("F").point(_stretch(float(low), float(high))).convert("L")  # type: ignore[arg-type]
    return picture


def _stretch(low: float, high: float) -> Any:
    """What maps whatever range it has (0..1, 0..65535, heights of a map) to 0..255."""
    top = next((top for top in (1.0, 255.0, 65535.0) if high <= top), high)
    bottom = min(low, 0.0)
    factor = 255 / ((top - bottom) or 1)
    return lambda value: value * factor + -bottom * factor

"""Open a picture with the one plugin that its content asks for, and only when it is not too large."""

import importlib
import warnings
from pathlib import Path

from PIL import Image, ImageFile, UnidentifiedImageError

from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.shapes import Limits
from signoff.integrations.media.words import damaged, too_many_pixels

# Plugins beside these are never loaded: one of them starts Ghostscript, and each is one more thing to attack.
_PLUGINS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG MPO",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
    "image/heic": "HEIF",
    "image/tiff": "TIFF",
    "image/vnd.adobe.photoshop": "PSD",
    "image/jp2": "JPEG2000",
    "image/bmp": "BMP DIB",
    "image/x-icon": "ICO PNG BMP DIB",
    "image/x-tga": "TGA",
}
_MODULES = {"JPEG": "Jpeg", "MPO": "Mpo", "GIF": "Gif", "WEBP": "WebP", "AVIF": "Avif", "TIFF": "Tiff", "PSD": "Psd"}
_MODULES |= {"JPEG2000": "Jpeg2K", "BMP": "Bmp", "DIB": "Bmp", "ICO": "Ico", "PNG": "Png", "TGA": "Tga"}


def opened(path: Path, media_type: str, limits: Limits) -> Image.Image:
    """The picture, not decoded yet. Raises MediaError when it has too many pixels, and what the plugin raises."""
    formats = _PLUGINS[media_type].split()
    _load(formats)
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        return Image.open(path, formats=formats)
    except UnidentifiedImageError:
        raise MediaError(damaged("its beginning cannot be read")) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        Image.MAX_IMAGE_PIXELS = None  # for its size alone: nothing is decoded
        width, height = Image.open(path, formats=formats).size
        raise MediaError(too_many_pixels(width, height, limits.pixels)) from None


def _load(formats: list[str]) -> None:
    Image._initialized = 2  # or Pillow loads plugins by itself
    for name in formats:
        if name == "HEIF":
            importlib.import_module("pi_heif").register_heif_opener(thumbnails=False)
        else:
            importlib.import_module(f"PIL.{_MODULES[name]}ImagePlugin")

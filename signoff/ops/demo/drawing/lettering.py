"""Type: the pages' Inter where it is built, else Pillow's own letters. No font file is part of this package."""

from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

import signoff

ASSETS: Final = Path(signoff.__file__).parent / "web" / "static" / "assets"
PAD = 0.3
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@cache
def font(size: int, weight: int) -> Font:
    """The letters in that size (of the em, in pixels); weights between 100 and 900 where Inter is there."""
    for file in sorted(ASSETS.glob("inter-latin-wght-normal-*.woff2")):
        try:
            letters = ImageFont.truetype(file, size)
            letters.set_variation_by_axes([weight])
        except OSError:
            continue
        return letters
    return ImageFont.load_default(size)


def width(text: str, size: float, weight: int = 500, tracking: float = 0.0, squeeze: float = 1.0) -> float:
    """How far the line reaches, in pixels."""
    whole = max(round(size), 1)
    letters = font(whole, weight)
    return (letters.getlength(text) + tracking * whole * len(text)) * squeeze


def fitted(
    text: str, size: float, room: float, weight: int = 500, tracking: float = 0.0, squeeze: float = 1.0
) -> float:
    """The size, or the greatest smaller one in which the line fits."""
    needs = width(text, size, weight, tracking, squeeze)
    return size if needs <= room else size * room / needs


def wrapped(text: str, size: float, room: float, weight: int = 500) -> list[str]:
    """The text in lines that fit."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size, weight) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def mask(
    text: str, size: int, weight: int, tracking: float, squeeze: float, soft: float
) -> tuple[Image.Image, int, int]:
    """The line as a mask, and where in it its first letter stands: from the left, and the baseline from the top."""
    letters, pad = font(size, weight), round(size * PAD) + 2
    room = round(width(text, size, weight, tracking)) + 2 * pad
    sheet = Image.new("L", (room, round(size * 1.25) + 2 * pad), 0)
    baseline = pad + size
    _write(ImageDraw.Draw(sheet), text, letters, pad, baseline, tracking * size)
    if soft:
        sheet = _softened(sheet, size * soft)
    if squeeze != 1.0:
        sheet = sheet.resize((max(round(sheet.width * squeeze), 1), sheet.height), Image.Resampling.LANCZOS)
    return sheet, round(pad * squeeze), baseline


def _write(pen: ImageDraw.ImageDraw, text: str, letters: Font, x: float, y: float, extra: float) -> None:
    if not extra:
        pen.text((x, y), text, 255, letters, anchor="ls")
        return
    for n, letter in enumerate(text):
        before = letters.getlength(text[: n + 1]) - letters.getlength(letter)  # with its kerning
        pen.text((x + before + extra * n, y), letter, 255, letters, anchor="ls")


def _softened(sheet: Image.Image, radius: float) -> Image.Image:
    """Corners rounded, as ink rounds them: drawn twice as large, blurred, and made hard again."""
    big = sheet.resize((sheet.width * 2, sheet.height * 2), Image.Resampling.BICUBIC)
    big = big.filter(ImageFilter.GaussianBlur(radius * 2))
    return big.point([min(max((v - 104) * 255 // 40, 0), 255) for v in range(256)]).reduce(2)

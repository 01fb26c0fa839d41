"""What a shape is filled with: a colour, or colours that run into each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from random import Random

from PIL import Image, ImageChops

RGB = tuple[int, int, int]
Size = tuple[int, int]
Stops = tuple[tuple[float, str], ...]
FAR = 255


@dataclass(frozen=True, slots=True)
class Linear:
    """Colours along a line; 90 degrees run down, 0 to the right."""

    stops: Stops
    angle: float = 90.0


@dataclass(frozen=True, slots=True)
class Radial:
    """Colours from a middle outwards; all measures are parts of the filled box, the radius of its longer side."""

    stops: Stops
    x: float = 0.5
    y: float = 0.5
    radius: float = 0.7


Paint = str | Linear | Radial


def even(*colours: str) -> Stops:
    """These colours at even distances."""
    return tuple((n / (len(colours) - 1), colour) for n, colour in enumerate(colours))


def down(*colours: str) -> Linear:
    return Linear(even(*colours), 90)


def across(*colours: str) -> Linear:
    return Linear(even(*colours), 0)


def slanted(*colours: str) -> Linear:
    return Linear(even(*colours), 52)


@cache
def rgb(colour: str) -> RGB:
    value = colour.lstrip("#")
    if len(value) == 3:
        value = "".join(letter * 2 for letter in value)
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:6], 16)


def mixed(a: str, b: str, part: float) -> str:
    """Colour `a` with that part of `b`."""
    pairs = zip(rgb(a), rgb(b), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * part):02x}" for x, y in pairs)


def filled(paint: Paint, size: Size) -> Image.Image:
    """A picture of that size, full of the paint."""
    if isinstance(paint, str):
        return Image.new("RGB", size, rgb(paint))
    way = _along(paint.angle, size) if isinstance(paint, Linear) else _outwards(paint, size)
    table = _table(paint.stops)
    return Image.merge("RGB", [way.point(table[n]) for n in range(3)])


def halo(size: Size, opacity: float, power: float = 2.0) -> Image.Image:
    """A mask: full in the middle, nothing at the rim of its oval."""
    table = [round(opacity * 255 * (v / 255) ** power) for v in range(256)]
    return _ball().resize(size, Image.Resampling.BILINEAR).point(table)


def grained(image: Image.Image, strength: int = 3) -> Image.Image:
    """The picture with a little noise, the same on every day: it hides the steps of gradients."""
    return ImageChops.add(image, _noise(image.size, strength), 1, -strength)


@cache
def _ball() -> Image.Image:
    """Full in the middle, nothing from the middle of each side on (Pillow's own reaches into the corners)."""
    return Image.radial_gradient("L").point([max(round(255 - v * 255 / 179), 0) for v in range(256)])


@cache
def _ramp() -> Image.Image:
    return Image.linear_gradient("L")


def _along(angle: float, size: Size) -> Image.Image:
    w, h = size
    c, s = cos(radians(angle)), sin(radians(angle))
    reach = abs(c) * w + abs(s) * h
    start = min(0.0, c * w) + min(0.0, s * h)
    k = 254 / max(reach, 1)
    return _ramp().transform(
        size, Image.Transform.AFFINE, (0, 0, 128, c * k, s * k, 1 - start * k), Image.Resampling.BILINEAR
    )


def _outwards(paint: Radial, size: Size) -> Image.Image:
    w, h = size
    k = 127 / max(paint.radius * max(w, h), 1)
    data = (k, 0, 128 - k * paint.x * w, 0, k, 128 - k * paint.y * h)
    return ImageChops.invert(_ball().transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR))


@cache
def _table(stops: Stops) -> tuple[list[int], list[int], list[int]]:
    colours = [_at(stops, v / FAR) for v in range(256)]
    return [c[0] for c in colours], [c[1] for c in colours], [c[2] for c in colours]


def _at(stops: Sequence[tuple[float, str]], t: float) -> RGB:
    if t <= stops[0][0]:
        return rgb(stops[0][1])
    for (a, one), (b, other) in zip(stops, stops[1:], strict=False):
        if t <= b:
            return rgb(mixed(one, other, (t - a) / max(b - a, 1e-6)))
    return rgb(stops[-1][1])


@cache
def _grain(strength: int) -> Image.Image:
    raw = Random(4).randbytes(256 * 256)
    values = bytes(value % (2 * strength + 1) for value in raw)
    one = Image.frombytes("L", (256, 256), values)
    return Image.merge("RGB", (one, one, one))


@cache
def _noise(size: Size, strength: int) -> Image.Image:
    sheet, tile = Image.new("RGB", size), _grain(strength)
    for x in range(0, size[0], 256):
        for y in range(0, size[1], 256):
            sheet.paste(tile, (x, y))
    return sheet

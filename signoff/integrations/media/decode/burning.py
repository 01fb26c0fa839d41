"""Marks drawn into a picture, in its own pixels: what the review page draws over it.

A mark's points are fractions of the picture. Strokes, letters and pins grow with the picture, as on the page.
"""

from collections.abc import Callable, Mapping, Sequence
from math import atan2, cos, hypot, sin
from typing import Any

from PIL import Image, ImageDraw, ImageFont

Mark = Mapping[str, Any]
XY = tuple[float, float]
COLOURS = {
    "red": "#ff3b30",
    "orange": "#ff9500",
    "yellow": "#ffd60a",
    "green": "#34c759",
    "cyan": "#32d3e6",
    "blue": "#2f7bff",
    "magenta": "#ff2d9b",
    "white": "#ffffff",
}
DARK_ON = ("yellow", "green", "cyan", "white", "orange")  # figures on these are dark
WIDTHS = {1: 2.0, 2: 4.0, 3: 8.0}  # thousandths of the longest side
LETTERS = {1: 18.0, 2: 26.0, 3: 40.0}
PIN, RING, LEAST_PIN = 13.0, 2.0, 9.0
WING, HALF_ANGLE = 5.0, 0.5  # an arrow's head: stroke widths long, radians to each side
HIGHLIGHT = 90  # of 255
EDGE = 5  # pixels around a shape that its own measures do not count
FINE = ((1_000_000, 4), (8_000_000, 2))  # up to so many pixels, a shape is drawn so many times larger first


def burned(picture: Image.Image, marks: Sequence[Mark], font: str = "") -> Image.Image:
    """The same picture (RGB) with the marks in it, those with the highest `z` on top."""
    for mark in sorted(marks, key=lambda mark: mark["z"]):
        points = [(x * picture.width, y * picture.height) for x, y in mark["geometry"]["points"]]
        DRAWN[mark["kind"]](Desk(picture, mark, font), points)
    return picture


class Desk:
    """The picture, and what one mark is drawn with."""

    def __init__(self, picture: Image.Image, mark: Mark, font: str) -> None:
        self.picture, self.font = picture, font
        self.geometry: Mark = mark["geometry"]
        self.colour, self.step = mark["style"]["colour"], mark["style"]["width"]
        self.unit = max(picture.size) / 1000
        self.width = max(WIDTHS[self.step] * self.unit, 1.0)

    def ink(
        self, around: Sequence[XY], draw: "Callable[[Sheet], None]", *, colour: str = "", strength: int = 255
    ) -> None:
        """Colour what `draw` draws on a sheet that holds the points `around` and a margin."""
        margin = self.width * 2 + EDGE
        box = (
            max(int(min(x for x, _ in around) - margin), 0),
            max(int(min(y for _, y in around) - margin), 0),
            min(int(max(x for x, _ in around) + margin) + 1, self.picture.width),
            min(int(max(y for _, y in around) + margin) + 1, self.picture.height),
        )
        size = (box[2] - box[0], box[3] - box[1])
        if min(size) <= 0:
            return  # all of it lies outside
        sheet = Sheet(size, box[:2], self.width)
        draw(sheet)
        mask = sheet.mask if sheet.fine == 1 else sheet.mask.resize(size, Image.Resampling.BOX)
        self.picture.paste(colour or COLOURS[self.colour], box, mask.point(lambda value: value * strength // 255))

    def letters(self, pixels: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
        return ImageFont.truetype(self.font, pixels) if self.font else ImageFont.load_default(pixels)


class Sheet:
    """A part of the picture, larger than it is so that edges become soft."""

    def __init__(self, size: tuple[int, int], origin: XY, width: float) -> None:
        self.fine = next((fine for most, fine in FINE if size[0] * size[1] <= most), 1)
        self.mask = Image.new("L", (size[0] * self.fine, size[1] * self.fine))
        self.draw, self.origin, self.width = ImageDraw.Draw(self.mask), origin, width * self.fine

    def at(self, point: XY) -> XY:
        """Where a point of the picture is here. Pillow counts from a pixel's middle."""
        x, y = ((point[i] - self.origin[i]) * self.fine - 0.5 for i in (0, 1))
        return x, y

    def stroke(self, points: Sequence[XY]) -> None:
        """A line with round joints and ends; one point is a dot."""
        here = [self.at(point) for point in points]
        if len(here) > 1:
            self.draw.line(here, fill=255, width=max(round(self.width), 1))
        half = self.width / 2
        if self.width > 2:
            for x, y in here:
                self.draw.ellipse((x - half, y - half, x + half, y + half), fill=255)

    def ring(self, shape: str, box: tuple[XY, XY]) -> None:
        """The outline of a rectangle or an ellipse, half of the stroke to each side of it."""
        draw, half = getattr(self.draw, shape), self.width / 2
        (left, top), (right, bottom) = self.at(box[0]), self.at(box[1])
        draw((left - half, top - half, right + half, bottom + half), fill=255)
        if right - left > self.width and bottom - top > self.width:
            draw((left + half, top + half, right - half, bottom - half), fill=0)


def _stroke(desk: Desk, points: Sequence[XY]) -> None:
    apart = [points[0]]
    for point in points[1:]:
        if hypot(point[0] - apart[-1][0], point[1] - apart[-1][1]) >= 0.5:
            apart.append(point)
    desk.ink(apart, lambda sheet: sheet.stroke(apart))


def _arrow(desk: Desk, points: Sequence[XY]) -> None:
    (x, y), end = points
    length = min(max(desk.width * WING, 12 * desk.unit), hypot(end[0] - x, end[1] - y))
    angle = atan2(end[1] - y, end[0] - x)
    wings = [
        (end[0] - length * cos(angle + turn), end[1] - length * sin(angle + turn)) for turn in (-HALF_ANGLE, HALF_ANGLE)
    ]

    def draw(sheet: Sheet) -> None:
        sheet.stroke([points[0], end])
        sheet.stroke([wings[0], end, wings[1]])

    desk.ink([points[0], end, *wings], draw)


def _outline(shape: str) -> "Callable[[Desk, Sequence[XY]], None]":
    return lambda desk, points: desk.ink(points, lambda sheet: sheet.ring(shape, _corners(points)))


def _highlight(desk: Desk, points: Sequence[XY]) -> None:
    def draw(sheet: Sheet) -> None:
        left_top, right_bottom = (sheet.at(point) for point in _corners(points))
        sheet.draw.rectangle((*left_top, *right_bottom), fill=255)

    desk.ink(points, draw, strength=HIGHLIGHT)


def _text(desk: Desk, points: Sequence[XY]) -> None:
    """Its upper left corner is the point; a dark rim makes it readable on anything."""
    text, font = desk.geometry.get("text") or "", desk.letters(LETTERS[desk.step] * desk.unit)
    draw, rim = ImageDraw.Draw(desk.picture), max(round(desk.unit * 1.5), 1)
    draw.text(points[0], text, COLOURS[desk.colour], font, stroke_width=rim, stroke_fill="#1a1a1e")


def _pin(desk: Desk, points: Sequence[XY]) -> None:
    """A bubble whose lower left corner is the point, with its number."""
    x, y = points[0]
    radius = max(PIN * desk.unit, LEAST_PIN)
    middle, whole = (x + radius, y - radius), [(x, y - 2 * radius), (x + 2 * radius, y)]
    ring = max(RING * desk.unit, 1.0)
    desk.ink(whole, lambda sheet: _bubble(sheet, middle, radius), colour="#ffffff")
    desk.ink(whole, lambda sheet: _bubble(sheet, middle, radius - ring))
    figures = str(desk.geometry.get("number") or "")
    font = desk.letters(radius * (1.1 if len(figures) < 3 else 0.8))
    fill = "#1a1a1e" if desk.colour in DARK_ON else "#ffffff"
    ImageDraw.Draw(desk.picture).text(middle, figures, fill, font, anchor="mm" if desk.font else None)


def _bubble(sheet: Sheet, middle: XY, radius: float) -> None:
    left, top = sheet.at((middle[0] - radius, middle[1] - radius))
    right, bottom = sheet.at((middle[0] + radius, middle[1] + radius))
    sheet.draw.ellipse((left, top, right, bottom), fill=255)
    sheet.draw.rectangle((left, (top + bottom) / 2, (left + right) / 2, bottom), fill=255)


def _corners(points: Sequence[XY]) -> tuple[XY, XY]:
    (x, y), (other_x, other_y) = points
    return (min(x, other_x), min(y, other_y)), (max(x, other_x), max(y, other_y))


DRAWN: dict[str, Callable[[Desk, Sequence[XY]], None]] = {
    "pen": _stroke,
    "line": _stroke,
    "arrow": _arrow,
    "rect": _outline("rectangle"),
    "ellipse": _outline("ellipse"),
    "text": _text,
    "pin": _pin,
    "highlight": _highlight,
}

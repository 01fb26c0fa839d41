"""Marks drawn into a picture, in its own pixels: the same inks, widths and shapes as `room/marks.ts` draws over it.

A mark's points are fractions of the picture; strokes, letters and pins grow with it. A stroke of the pen is a line of
one width here. `spot` is the pin of a comment, whose lower left corner points at its place.
"""

from collections.abc import Callable, Mapping, Sequence
from math import atan2, cos, hypot, sin
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont

Mark = Mapping[str, Any]
XY = tuple[float, float]
Drawing = Callable[["Sheet", float], None]  # onto a sheet, so much wider on each side
INKS = {
    "blue": "#1438c8",
    "magenta": "#b01aa4",
    "red": "#ef3340",
    "green": "#1fa455",
    "orange": "#ff9f45",
    "cyan": "#5edcf0",
    "yellow": "#ffe94d",
    "white": "#ffffff",
}
DARK_INKS = ("blue", "magenta", "red", "green")  # figures on these are white
LIGHT, DARK = ("#ffffff", 178), ("#000000", 140)  # what sets a mark off, and how strongly of 255
STROKES = {1: 2.0, 2: 4.0, 3: 8.0}  # units: a picture's longest side has 1280 of them
LETTERS = {1: 16.0, 2: 24.0, 3: 40.0}
EDGE, PEN = 0.9, 1.6
LINES, BASE, RIM = 1.25, 0.95, 0.08  # of a letter's height: from line to line, down to the first one's base, around
SPOT, RING, LEAST_SPOT = 16.0, 2.5, 9.0
HALF_ANGLE = 0.48  # of an arrow's head, radians
SHADE = 102  # of 255: how strongly a highlight multiplies
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
        self.colour, step = mark["style"]["colour"], mark["style"]["width"]
        self.unit = max(picture.size) / 1280
        self.width, self.high, self.edge = STROKES[step] * self.unit, LETTERS[step] * self.unit, EDGE * self.unit

    def ink(self, around: Sequence[XY], draw: Drawing, edge: float | None = None) -> None:
        """Draw twice: what sets it off, `edge` wider on each side, then the ink itself."""
        colour, strength = LIGHT if self.colour in ("blue", "magenta") else DARK
        self.fill(around, lambda sheet: draw(sheet, self.edge if edge is None else edge), colour, strength)
        self.fill(around, lambda sheet: draw(sheet, 0.0), INKS[self.colour])

    def fill(self, around: Sequence[XY], draw: "Callable[[Sheet], None]", colour: str, strength: int = 255) -> None:
        """Colour what `draw` draws on a sheet that holds the points `around` and a margin."""
        found = self.sheet(around)
        if found:
            draw(found)
            self.picture.paste(colour, found.box, found.shape(strength))

    def sheet(self, around: Sequence[XY]) -> "Sheet | None":
        """None where all of it lies outside of the picture."""
        margin = self.width + self.high + 5
        box = (
            max(int(min(x for x, _ in around) - margin), 0),
            max(int(min(y for _, y in around) - margin), 0),
            min(int(max(x for x, _ in around) + margin) + 1, self.picture.width),
            min(int(max(y for _, y in around) + margin) + 1, self.picture.height),
        )
        return Sheet(box) if box[0] < box[2] and box[1] < box[3] else None


class Sheet:
    """A part of the picture, larger than it is so that edges become soft. Lengths are the picture's pixels."""

    def __init__(self, box: tuple[int, int, int, int]) -> None:
        self.box, self.size = box, (box[2] - box[0], box[3] - box[1])
        self.fine = next((fine for most, fine in FINE if self.size[0] * self.size[1] <= most), 1)
        self.mask = Image.new("L", (self.size[0] * self.fine, self.size[1] * self.fine))
        self.draw = ImageDraw.Draw(self.mask)

    def shape(self, strength: int) -> Image.Image:
        mask = self.mask if self.fine == 1 else self.mask.resize(self.size, Image.Resampling.BOX)
        return mask.point(lambda value: value * strength // 255)

    def at(self, point: XY) -> XY:
        """Where a point of the picture is here. Pillow counts from a pixel's middle."""
        return (point[0] - self.box[0]) * self.fine - 0.5, (point[1] - self.box[1]) * self.fine - 0.5

    def stroke(self, points: Sequence[XY], width: float) -> None:
        """A line with round joints and ends; one point is a dot."""
        here, wide = [self.at(point) for point in points], max(width * self.fine, 1.0)
        if len(here) > 1:
            self.draw.line(here, fill=255, width=round(wide))
        for x, y in here:
            self.draw.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=255)

    def ring(self, shape: str, box: tuple[XY, XY], width: float) -> None:
        """The outline of a rectangle or an ellipse, half of the width to each side of it."""
        draw, half = getattr(self.draw, shape), max(width * self.fine, 1.0) / 2
        (left, top), (right, bottom) = self.at(box[0]), self.at(box[1])
        draw((left - half, top - half, right + half, bottom + half), fill=255)
        if right - left > 2 * half and bottom - top > 2 * half:
            draw((left + half, top + half, right - half, bottom - half), fill=0)

    def disc(self, middle: XY, radius: float, *, has_corner: bool = False) -> None:
        """`has_corner`: its lower left quarter is square."""
        left, top = self.at((middle[0] - radius, middle[1] - radius))
        right, bottom = self.at((middle[0] + radius, middle[1] + radius))
        self.draw.ellipse((left, top, right, bottom), fill=255)
        if has_corner:
            self.draw.rectangle((left, (top + bottom) / 2, (left + right) / 2, bottom), fill=255)

    def words(self, base: XY, text: str, font: str, high: float, anchor: str, rim: float = 0.0) -> None:
        size = max(high * self.fine, 1.0)
        letters = ImageFont.truetype(font, size) if font else ImageFont.load_default(size)
        self.draw.text(self.at(base), text, 255, letters, anchor=anchor, stroke_width=rim * self.fine, stroke_fill=255)


def _line(desk: Desk, points: Sequence[XY]) -> None:
    desk.ink(points, lambda sheet, edge: sheet.stroke(points, desk.width + 2 * edge))


def _pen(desk: Desk, points: Sequence[XY]) -> None:
    apart = [points[0]]
    for point in points[1:]:
        if hypot(point[0] - apart[-1][0], point[1] - apart[-1][1]) >= 0.5:
            apart.append(point)
    desk.ink(apart, lambda sheet, edge: sheet.stroke(apart, desk.width * PEN + 2 * edge))


def _arrow(desk: Desk, points: Sequence[XY]) -> None:
    (x, y), end = points
    length = min(desk.width * 4.5 + desk.unit * 6, hypot(end[0] - x, end[1] - y))
    angle = atan2(end[1] - y, end[0] - x)
    turns = (angle + HALF_ANGLE, angle - HALF_ANGLE)
    wings = [(end[0] - length * cos(turn), end[1] - length * sin(turn)) for turn in turns]

    def draw(sheet: Sheet, edge: float) -> None:
        sheet.stroke(points, desk.width + 2 * edge)
        sheet.stroke([wings[0], end, wings[1]], desk.width + 2 * edge)

    desk.ink([points[0], end, *wings], draw)


def _outline(shape: str) -> Callable[[Desk, Sequence[XY]], None]:
    def draw(desk: Desk, points: Sequence[XY]) -> None:
        desk.ink(points, lambda sheet, edge: sheet.ring(shape, _corners(points), desk.width + 2 * edge))

    return draw


def _highlight(desk: Desk, points: Sequence[XY]) -> None:
    """As a felt pen: what is below is multiplied, so that dark words stay dark."""
    sheet = desk.sheet(points)
    if sheet is None:
        return
    (left, top), (right, bottom) = (sheet.at(point) for point in _corners(points))
    sheet.draw.rectangle((left + 0.5, top + 0.5, right - 0.5, bottom - 0.5), fill=255)
    below = desk.picture.crop(sheet.box)
    shaded = ImageChops.multiply(below, Image.new("RGB", below.size, INKS[desk.colour]))
    desk.picture.paste(shaded, sheet.box, sheet.shape(SHADE))


def _text(desk: Desk, points: Sequence[XY]) -> None:
    """Its upper left corner is the point."""
    (x, y), high = points[0], desk.high
    for at, line in enumerate((desk.geometry.get("text") or "").split("\n")):
        base = (x, y + high * (BASE + at * LINES))
        wide = len(line) * high
        around = [(x, base[1] - high), (x + wide, base[1] + high / 2)]
        desk.ink(around, _writing(desk, base, line), edge=high * RIM)


def _writing(desk: Desk, base: XY, line: str) -> Drawing:
    return lambda sheet, rim: sheet.words(base, line, desk.font, desk.high, "ls", rim)


def _pin(desk: Desk, points: Sequence[XY]) -> None:
    """A disc with a number, around its point."""
    middle, radius = points[0], desk.high * 0.75
    desk.ink([middle], lambda sheet, edge: sheet.disc(middle, radius + edge))
    _figures(desk, (middle[0], middle[1] + radius * 0.38), radius * 1.1)


def _spot(desk: Desk, points: Sequence[XY]) -> None:
    """A bubble above and right of its point, with a number."""
    x, y = points[0]
    radius, ring = max(SPOT * desk.unit, LEAST_SPOT), max(RING * desk.unit, 1.0)
    middle, whole = (x + radius, y - radius), [(x, y - 2 * radius), (x + 2 * radius, y)]
    desk.fill(whole, lambda sheet: sheet.disc(middle, radius, has_corner=True), "#ffffff")
    desk.fill(whole, lambda sheet: sheet.disc(middle, radius - ring, has_corner=True), INKS[desk.colour])
    _figures(desk, (middle[0], middle[1] + radius * 0.38), radius * 1.05)


def _figures(desk: Desk, base: XY, high: float) -> None:
    figures = str(desk.geometry.get("number") or "")
    colour = "#ffffff" if desk.colour in DARK_INKS else "#111111"
    desk.fill([base], lambda sheet: sheet.words(base, figures, desk.font, high, "ms"), colour)


def _corners(points: Sequence[XY]) -> tuple[XY, XY]:
    (x, y), (other_x, other_y) = points
    return (min(x, other_x), min(y, other_y)), (max(x, other_x), max(y, other_y))


DRAWN: dict[str, Callable[[Desk, Sequence[XY]], None]] = {
    "pen": _pen,
    "line": _line,
    "arrow": _arrow,
    "rect": _outline("rectangle"),
    "ellipse": _outline("ellipse"),
    "text": _text,
    "pin": _pin,
    "highlight": _highlight,
    "spot": _spot,
}

"""A sheet to draw on: smooth shapes, gradients, glows, soft shadows, type. All measures are pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from PIL import Image, ImageDraw, ImageFilter

from signoff.ops.demo.drawing import lettering
from signoff.ops.demo.drawing.paint import Paint, Size, filled, halo, rgb
from signoff.ops.demo.drawing.paths import Point, Polygons, oval, path, placed, rounded

SMALL = 160_000  # pixels: smaller shapes are smoothed from four times their size, larger ones from twice
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Type:
    """How a line is set. The tracking is a part of the size; `squeeze` narrows the letters; `soft` rounds them."""

    weight: int = 500
    tracking: float = 0.0
    squeeze: float = 1.0
    soft: float = 0.0


PLAIN = Type()


class Canvas:
    def __init__(self, width: float, height: float, paint: Paint = "#ffffff") -> None:
        self.w, self.h = round(width), round(height)
        self.image = filled(paint, (self.w, self.h))

    @property
    def size(self) -> Size:
        return self.w, self.h

    def shape(self, polygons: Polygons, paint: Paint, opacity: float = 1.0) -> None:
        """Fill the polygons; the paint spreads over their box."""
        box = _box(polygons, self.size)
        if box:
            self._lay(paint, box, covering(polygons, box), opacity)

    def path(
        self, data: str, paint: Paint, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, opacity: float = 1
    ) -> None:
        self.shape(placed(path(data), x, y, scale, turn), paint, opacity)

    def oval(self, cx: float, cy: float, rx: float, ry: float, paint: Paint, opacity: float = 1.0) -> None:
        self.shape(oval(cx, cy, rx, ry), paint, opacity)

    def disc(self, cx: float, cy: float, radius: float, paint: Paint, opacity: float = 1.0) -> None:
        self.shape(oval(cx, cy, radius, radius), paint, opacity)

    def box(
        self, x: float, y: float, w: float, h: float, paint: Paint, radius: float = 0, opacity: float = 1.0
    ) -> None:
        self.shape(rounded(x, y, w, h, radius), paint, opacity)

    def stroke(self, points: Sequence[Point], width: float, colour: str, opacity: float = 1.0) -> None:
        """A line with round ends."""
        reach = width / 2 + 1
        spread = [(x + dx, y + dy) for x, y in points for dx in (-reach, reach) for dy in (-reach, reach)]
        box = _box([spread], self.size)
        if box:
            self._lay(colour, box, _line(points, width, box), opacity)

    def glow(
        self, cx: float, cy: float, rx: float, ry: float, colour: str, opacity: float = 1.0, power: float = 2.0
    ) -> None:
        """Light that fades towards its rim."""
        size = max(round(2 * rx), 2), max(round(2 * ry), 2)
        self.image.paste(rgb(colour), (round(cx - rx), round(cy - ry)), halo(size, opacity, power))

    def shadow(self, polygons: Polygons, blur: float, colour: str = "#000000", opacity: float = 0.4) -> None:
        """The polygons out of focus. Drawn small, for what is blurred has no details."""
        part = max(int(blur / 3), 1)
        pad = blur * 3
        xs, ys = [x for line in polygons for x, _ in line], [y for line in polygons for _, y in line]
        left, top = floor(min(xs) - pad), floor(min(ys) - pad)
        size = ceil((max(xs) + pad - left) / part) + 1, ceil((max(ys) + pad - top) / part) + 1
        sheet = Image.new("L", size, 0)
        pen = ImageDraw.Draw(sheet)
        for line in polygons:
            pen.polygon([((x - left) / part, (y - top) / part) for x, y in line], 255)
        sheet = sheet.filter(ImageFilter.GaussianBlur(blur / part))
        sheet = sheet.resize((size[0] * part, size[1] * part), Image.Resampling.BICUBIC)
        self.image.paste(rgb(colour), (left, top), _faded(sheet, opacity))

    def put(
        self, sprite: Image.Image, x: float, y: float, height: float, *, middle: bool = True, opacity: float = 1.0
    ) -> None:
        """A cut-out standing on `y` with that height, around `x` (or from it, to the right)."""
        size = max(round(sprite.width * height / sprite.height), 1), max(round(height), 1)
        small = sprite.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        left = round(x - size[0] / 2 if middle else x)
        alpha = small.getchannel("A") if small.mode == "RGBA" else Image.new("L", size, 255)
        self.image.paste(small.convert("RGB"), (left, round(y - size[1])), _faded(alpha, opacity))

    def picture(self, image: Image.Image, x: float, y: float, w: float, h: float, radius: float = 0) -> None:
        """A picture in a frame, its middle filling it."""
        self.image.paste(
            covered(image, (round(w), round(h))),
            (round(x), round(y)),
            covering(rounded(0, 0, round(w), round(h), radius), (0, 0, round(w), round(h))),
        )

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        paint: Paint,
        style: Type = PLAIN,
        align: str = "left",
        opacity: float = 1.0,
    ) -> float:
        """A line whose baseline is `y`. Returns how wide it is."""
        whole = max(round(size), 4)
        sheet, left, baseline = lettering.mask(text, whole, style.weight, style.tracking, style.squeeze, style.soft)
        width = lettering.width(text, whole, style.weight, style.tracking, style.squeeze)
        start = x - {"left": 0.0, "middle": width / 2, "right": width}[align]
        box = round(start - left), round(y - baseline)
        self.image.paste(filled(paint, sheet.size), box, _faded(sheet, opacity))
        return width

    def lines(
        self,
        texts: Sequence[str],
        x: float,
        y: float,
        size: float,
        paint: Paint,
        style: Type = PLAIN,
        align: str = "left",
        lead: float = 1.1,
        opacity: float = 1.0,
    ) -> float:
        """Lines below each other. Returns the last one's baseline."""
        for n, text in enumerate(texts):
            self.text(text, x, y + n * size * lead, size, paint, style, align, opacity)
        return y + max(len(texts) - 1, 0) * size * lead

    def _lay(self, paint: Paint, box: Box, mask: Image.Image, opacity: float) -> None:
        self.image.paste(filled(paint, mask.size), box[:2], _faded(mask, opacity))


def covering(polygons: Polygons, box: Box) -> Image.Image:
    """The polygons as a smooth mask of that box."""
    left, top, right, bottom = box
    w, h = right - left, bottom - top
    times = 4 if w * h < SMALL else 2
    sheet = Image.new("L", (w * times, h * times), 0)
    pen = ImageDraw.Draw(sheet)
    for line in polygons:
        pen.polygon([((x - left) * times - 0.5, (y - top) * times - 0.5) for x, y in line], 255)
    return sheet.reduce(times)


def covered(image: Image.Image, size: Size) -> Image.Image:
    """The middle of the picture, scaled so that it fills the size."""
    w, h = size
    part = min(image.width / w, image.height / h)
    cw, ch = w * part, h * part
    left, top = (image.width - cw) / 2, (image.height - ch) / 2
    return image.resize(size, Image.Resampling.LANCZOS, (left, top, left + cw, top + ch), reducing_gap=2.0)


def cut_out(canvas: Canvas, polygons: Polygons) -> Image.Image:
    """What was drawn within the polygons, with nothing around."""
    image = canvas.image.convert("RGBA")
    image.putalpha(covering(polygons, (0, 0, canvas.w, canvas.h)))
    return image


def _line(points: Sequence[Point], width: float, box: Box) -> Image.Image:
    left, top, right, bottom = box
    times = 4 if (right - left) * (bottom - top) < SMALL else 2
    sheet = Image.new("L", ((right - left) * times, (bottom - top) * times), 0)
    pen = ImageDraw.Draw(sheet)
    moved = [((x - left) * times, (y - top) * times) for x, y in points]
    pen.line(moved, 255, max(round(width * times), 1), joint="curve")
    radius = width * times / 2
    for x, y in (moved[0], moved[-1]):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    return sheet.reduce(times)


def _box(polygons: Polygons, size: Size) -> Box | None:
    xs, ys = [x for line in polygons for x, _ in line], [y for line in polygons for _, y in line]
    box = max(floor(min(xs)), 0), max(floor(min(ys)), 0), min(ceil(max(xs)), size[0]), min(ceil(max(ys)), size[1])
    return box if box[0] < box[2] and box[1] < box[3] else None


def _faded(mask: Image.Image, opacity: float) -> Image.Image:
    return mask if opacity >= 1 else mask.point([round(v * opacity) for v in range(256)])

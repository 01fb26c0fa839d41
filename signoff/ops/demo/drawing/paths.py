"""Outlines: SVG path data flattened to polygons, and moved, scaled, turned."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import cos, pi, radians, sin
from random import Random

Point = tuple[float, float]
Polygon = Sequence[Point]
Polygons = Sequence[Polygon]

TOKENS = re.compile(r"[MLHVCQTZmlhvcqtz]|-?(?:\d+\.?\d*|\.\d+)")
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "T": 2, "Z": 0}
SMOOTH = 14


@cache
def path(data: str) -> tuple[tuple[Point, ...], ...]:
    """The polygons of SVG path data: lines, quadratic and cubic curves, absolute or relative. No arcs."""
    pen = _Pen()
    for command, numbers in _commands(data):
        pen.draw(command, numbers)
    return tuple(tuple(line) for line in pen.lines if len(line) > 1)


def placed(shape: Polygons, x: float, y: float, scale: float = 1.0, turn: float = 0.0) -> list[list[Point]]:
    """The shape turned by degrees, scaled, then moved."""
    c, s = cos(radians(turn)) * scale, sin(radians(turn)) * scale
    return [[(x + c * px - s * py, y + s * px + c * py) for px, py in line] for line in shape]


def oval(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> list[list[Point]]:
    count = max(24, min(160, int((rx + ry) / 3)))
    around = [2 * pi * n / count for n in range(count)]
    return placed([[(rx * cos(a), ry * sin(a)) for a in around]], cx, cy, turn=turn)


def rounded(x: float, y: float, w: float, h: float, radius: float = 0.0) -> list[list[Point]]:
    """A rectangle; its corners are quarter circles."""
    r = min(radius, w / 2, h / 2)
    if r <= 0:
        return [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)]]
    corners = ((x + w - r, y + r, -90), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180))
    return [
        [(cx + r * cos(radians(a + d)), cy + r * sin(radians(a + d))) for cx, cy, a in corners for d in range(0, 91, 6)]
    ]


def hills(
    width: float, base: float, height: float, seed: int, step: float, floor: float, left: float = 0.0
) -> list[list[Point]]:
    """A row of soft mountains from `left` on, closed down to `floor`."""
    random = Random(seed)
    count = int((width - left) / step) + 4
    tops = [(left + (n - 1) * step, base - height * random.uniform(0.12, 1.0)) for n in range(count)]
    line = [p for n in range(1, len(tops) - 2) for p in _between(*tops[n - 1 : n + 3])]
    return [[(line[0][0], floor), *line, (line[-1][0], floor)]]


def wave(left: float, right: float, y: float, height: float, length: float, phase: float = 0.0) -> list[Point]:
    count = max(int((right - left) / max(length / 16, 2)), 8)
    xs = [left + (right - left) * n / count for n in range(count + 1)]
    return [(x, y + height * sin(2 * pi * (x / length + phase))) for x in xs]


def quad(a: Point, b: Point, c: Point) -> list[Point]:
    steps = [n / SMOOTH for n in range(SMOOTH + 1)]
    return [tuple_of((1 - t) ** 2, 2 * (1 - t) * t, t * t, a, b, c) for t in steps]


def tuple_of(k: float, m: float, n: float, a: Point, b: Point, c: Point) -> Point:
    return (k * a[0] + m * b[0] + n * c[0], k * a[1] + m * b[1] + n * c[1])


def _between(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    """Catmull and Rom's curve from b to c."""
    for n in range(10):
        t = n / 10
        yield tuple(  # type: ignore[misc]
            0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)
            for p, q, r, s in zip(a, b, c, d, strict=True)
        )


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for token in TOKENS.findall(data):
        if token.isalpha():
            command, numbers = token, []
            if command in "Zz":
                yield command, []
            continue
        numbers.append(float(token))
        if len(numbers) == ARGUMENTS[command.upper()]:
            yield command, numbers
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    def __init__(self) -> None:
        self.lines: list[list[Point]] = []
        self.at: Point = (0.0, 0.0)
        self.handle: Point = (0.0, 0.0)

    def draw(self, command: str, numbers: list[float]) -> None:
        kind = command.upper()
        if kind == "Z":
            self.at = self.lines[-1][0]
            return
        points = self._points(kind, numbers, (0.0, 0.0) if command.isupper() else self.at)
        if kind == "M":
            self.lines.append([points[0]])
        elif kind in "LHV":
            self.lines[-1].append(points[0])
        else:
            self._curve(kind, points)
        self.at = points[-1]
        if kind not in "QTC":
            self.handle = self.at

    def _points(self, kind: str, numbers: list[float], origin: Point) -> list[Point]:
        if kind == "H":
            return [(origin[0] + numbers[0], self.at[1])]
        if kind == "V":
            return [(self.at[0], origin[1] + numbers[0])]
        return [(origin[0] + x, origin[1] + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    def _curve(self, kind: str, points: list[Point]) -> None:
        if kind == "T":
            points = [(2 * self.at[0] - self.handle[0], 2 * self.at[1] - self.handle[1]), *points]
        if kind == "C":
            a, (b, c, d) = self.at, points
            for n in range(1, SMOOTH + 1):
                t = n / SMOOTH
                weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
                four = (a, b, c, d)
                self.lines[-1].append(
                    (
                        sum(k * p[0] for k, p in zip(weights, four, strict=True)),
                        sum(k * p[1] for k, p in zip(weights, four, strict=True)),
                    )
                )
        else:
            self.lines[-1].extend(quad(self.at, points[0], points[1])[1:])
        self.handle = points[-2]

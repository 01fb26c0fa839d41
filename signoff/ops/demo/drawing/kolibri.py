"""Kolibri's scenes: first light over the hills, the flavours on their papers, packshots, winter."""

from signoff.ops.demo.drawing.canvas import Canvas, Type
from signoff.ops.demo.drawing.kolibri_things import (
    FLAVOURS,
    GREENS,
    SKY,
    logo,
    put_can,
    put_fruit,
    put_leaf,
)
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.paint import Linear, Radial, down, mixed
from signoff.ops.demo.drawing.paths import hills, oval

HEAD = Type(650, -0.045, soft=0.012)
TEXT = Type(500, -0.005)
CREAM = "#fff8ec"


def dawn(sheet: Canvas, look: Look, horizon: float = 0.79) -> None:
    """The sky of First light, its sun, three rows of hills and the water."""
    w, h = sheet.size
    m = min(w, h * 1.6)
    sheet.box(0, 0, w, h, SKY)
    sun_x, sun_y, r = w * look.sun, h * (horizon - 0.12), min(m * 0.1, h * 0.13)
    sheet.glow(sun_x, sun_y, m * 0.5, m * 0.5, "#ffe9b8", 0.85, 1.7)
    sheet.disc(sun_x, sun_y, r, Radial(((0, "#fffdf2"), (0.6, "#fff3d4"), (1, "#ffe3ae")), radius=0.6))
    for base, height, seed, colour, step, mist in (
        (0.105, 0.15, 11, ("#e2606c", "#d04a68"), 14, "#ffb892"),
        (0.05, 0.1, 5, ("#b8436a", "#98325f"), 10, "#ff9c86"),
        (0.01, 0.06, 8, ("#7d2c5c", "#5c1f50"), 8, "#ff8c86"),
    ):
        sheet.shape(hills(w, h * (horizon - base), h * height, seed, w / step, h * horizon + 2), down(*colour))
        sheet.glow(w * 0.5, h * (horizon - base + 0.06), w * 0.75, h * 0.09, mist, 0.32)
    sheet.box(0, h * horizon, w, h * (1 - horizon) + 1, down("#b4405f", "#6c2450", "#34123c"))
    sheet.glow(sun_x, h * (horizon + 0.012), m * 0.34, h * 0.05, "#ffe0ac", 0.8)
    for n in range(6):
        reach = m * (0.13 - 0.011 * n) * (1 if n % 2 else 0.7)
        sheet.oval(
            sun_x + (n % 3 - 1) * m * 0.02,
            h * (horizon + 0.022 + n * 0.021),
            reach,
            h * 0.0028,
            "#ffd9a8",
            0.6 - n * 0.08,
        )


def first_light(sheet: Canvas, look: Look) -> None:
    """The key visual: headline on the left (above, when upright), can on the right."""
    w, h = sheet.size
    upright = h > w * 1.05
    m = w * 0.98 if upright else min(w, h * 1.55)
    dawn(sheet, look, 0.83 if upright else 0.79)
    x, foot, tall = (
        (w * 0.56, h * 0.945, h * 0.47) if upright else (w * (0.72 if w > h * 1.8 else 0.745), h * 0.93, h * 0.74)
    )
    tall *= look.product
    _still_life(sheet, x, foot, tall, look, "peach")
    # Lists show the middle of a picture, three by two: what is wider keeps its words within.
    left = w * (0.075 if upright else 0.132 if w > h * 1.8 else 0.062)
    top = h * 0.075 if upright else h * 0.115
    logo(sheet, left, top, m * 0.034, CREAM)
    size = m * (0.155 if upright else 0.094)
    base = top + (h * 0.115 if upright else h * 0.165)
    end = sheet.lines(look.headline, left - size * 0.05, base, size, CREAM, HEAD, lead=0.96)
    if look.line:
        sheet.text(look.line, left, end + size * 0.62, m * (0.034 if upright else 0.0225), "#fff4e4", TEXT)
    if look.legal:
        sheet.text(look.legal, left, h * 0.968, m * (0.0165 if upright else 0.0115), "#ffffff", TEXT, opacity=0.8)


def _still_life(sheet: Canvas, x: float, foot: float, tall: float, look: Look, flavour: str) -> None:
    """The can on its tray, with leaves and fruit."""
    for dy, rx, ry, colour in (
        (0.02, 0.56, 0.085, "#2b0f2e"),
        (0.0, 0.53, 0.068, "#8b3a66"),
        (-0.008, 0.49, 0.054, "#b9587a"),
    ):
        sheet.oval(x, foot + tall * dy, tall * rx, tall * ry, colour, 0.92)
    if look.accents:
        put_leaf(sheet, x - tall * 0.1, foot - tall * 0.1, tall * 0.4, 194, GREENS[0])
        put_leaf(sheet, x + tall * 0.12, foot - tall * 0.2, tall * 0.42, -36, GREENS[1])
        put_leaf(sheet, x + tall * 0.14, foot - tall * 0.05, tall * 0.36, 2, GREENS[0])
    put_can(sheet, x, foot, tall, flavour)
    put_fruit(sheet, x - tall * 0.34, foot - tall * 0.06, tall * 0.1, flavour)
    put_fruit(sheet, x + tall * 0.36, foot - tall * 0.035, tall * 0.075, flavour)


def glow(sheet: Canvas, look: Look) -> None:
    """A flavour on its paper: two lines of headline above the can in its circle."""
    w, h = sheet.size
    taste = FLAVOURS[look.variant or "peach"]
    m = min(w, h * 0.8)
    story = h > w * 1.45
    sheet.box(0, 0, w, h, Radial(((0, "#ffffff"), (0.45, taste.tint), (1, taste.shade)), 0.5, 0.42, 0.95))
    cy = h * 0.62
    sheet.disc(w / 2, cy, m * 0.45, down(taste.shade, taste.tint), 0.95)
    sheet.disc(w / 2, cy, m * 0.34, "#ffffff", 0.22)
    foot, tall = h * (0.86 if story else 0.945), (min(w * 1.02, h * 0.52) if story else h * 0.6) * look.product
    if look.accents:
        put_leaf(sheet, w * 0.5 - tall * 0.1, foot - tall * 0.12, tall * 0.44, 198, GREENS[0])
        put_leaf(sheet, w * 0.5 + tall * 0.1, foot - tall * 0.18, tall * 0.46, -30, GREENS[1])
    put_can(sheet, w / 2, foot, tall, look.variant or "peach", taste.deep)
    put_fruit(sheet, w / 2 - tall * 0.3, foot - tall * 0.09, tall * 0.105, look.variant or "peach")
    put_fruit(sheet, w / 2 + tall * 0.29, foot - tall * 0.065, tall * 0.08, look.variant or "peach")
    size = w * 0.165 if story else min(w * 0.15, h * 0.125)
    top = h * 0.155 if story else h * 0.145
    end = sheet.lines(look.headline or taste.headline, w / 2, top, size, taste.deep, HEAD, "middle", lead=0.98)
    if look.line:
        sheet.text(look.line, w / 2, end + size * 0.55, size * 0.24, taste.deep, TEXT, "middle")
    if look.legal:
        sheet.text(look.legal, w / 2, h * 0.975, min(w, h) * 0.018, taste.deep, TEXT, "middle", 0.8)
    if story:
        logo(sheet, w / 2 - w * 0.155, h * 0.935, w * 0.062, taste.deep)


def packshot(sheet: Canvas, look: Look) -> None:
    """One can in the studio."""
    w, h = sheet.size
    taste = FLAVOURS[look.variant or "peach"]
    _studio(sheet, taste.tint, taste.shade, look)
    put_can(sheet, w / 2, h * 0.88, h * 0.74 * look.product, look.variant or "peach", taste.deep)
    if look.accents:
        put_fruit(sheet, w * 0.5 + h * 0.24, h * 0.835, h * 0.06, look.variant or "peach")
        put_leaf(sheet, w * 0.5 - h * 0.12, h * 0.868, h * 0.2, 176, GREENS[0])


def trio(sheet: Canvas, look: Look) -> None:
    """All three on a shelf."""
    w, h = sheet.size
    _studio(sheet, "#f6e8df", "#e6cdbf", look)
    for x, flavour, tall, foot in ((0.285, "mint", 0.6, 0.85), (0.715, "yuzu", 0.6, 0.85), (0.5, "peach", 0.7, 0.895)):
        put_can(sheet, w * x, h * foot, h * tall * look.product, flavour, "#5a2a26")
    if look.accents:
        put_fruit(sheet, w * 0.4, h * 0.885, h * 0.055, "peach")
        put_fruit(sheet, w * 0.835, h * 0.845, h * 0.05, "yuzu")
        put_leaf(sheet, w * 0.19, h * 0.845, h * 0.22, 186, GREENS[0])


def shade_of(wall: str, table: str) -> str:
    return mixed(wall, table, 0.35)


def _studio(sheet: Canvas, wall: str, table: str, look: Look) -> None:
    """A wall with the light of one window, and a table that runs into it."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down(mixed(wall, "#ffffff", 0.35), wall, shade_of(wall, table)))
    sheet.box(0, h * 0.74, w, h * 0.27, down(table, wall))
    sheet.glow(w * 0.5, h * 0.74, w * 0.7, h * 0.05, wall, 0.9)
    x = w * (look.sun - 0.5)
    for n in range(3):
        left = w * 0.1 + x + n * w * 0.2
        sheet.shape(
            [[(left, 0), (left + w * 0.14, 0), (left + w * 0.34, h * 0.72), (left + w * 0.18, h * 0.72)]],
            "#ffffff",
            0.42,
        )
    sheet.glow(w * 0.5, h * 0.4, w * 0.42, h * 0.42, "#ffffff", 0.6)


def winter(sheet: Canvas, look: Look) -> None:
    """Long way home: a lit window far off, snow, somebody with a red scarf."""
    w, h = sheet.size
    m = min(w, h)
    sheet.box(
        0, 0, w, h, Linear(((0, "#0d1b3d"), (0.45, "#2c4780"), (0.72, "#8b86ac"), (0.84, "#f0b08c"), (1, "#f0b08c")))
    )
    _stars(sheet, look)
    moon = w * look.sun
    sheet.glow(moon, h * 0.42, m * 0.4, m * 0.4, "#ffe8c4", 0.5)
    sheet.disc(moon, h * 0.42, m * 0.075, "#fff4dc")
    for base, height, seed, colour in (
        (0.72, 0.2, 31, ("#5d6fa3", "#8d87ab")),
        (0.76, 0.1, 37, ("#31477e", "#4c5f95")),
    ):
        sheet.shape(hills(w, h * base, h * height, seed, w / 6, h), down(*colour))
    _pines(sheet)
    sheet.shape(hills(w, h * 0.81, h * 0.05, 44, w / 3, h), down("#e9eef8", "#a9b8dc"))
    sheet.shape(hills(w, h * 0.92, h * 0.05, 47, w / 2.4, h), down("#ffffff", "#c3cfe8"))
    _walker(sheet, w * 0.36, h * 0.9, m * 0.0017 * look.product)
    put_can(sheet, w * 0.74, h * 0.95, m * 0.56 * look.product, "apple", "#22315e")
    size = m * 0.135
    end = sheet.lines(look.headline, w * 0.08, h * 0.135, size, CREAM, HEAD, lead=0.98)
    if look.line:
        sheet.text(look.line, w * 0.085, end + size * 0.55, m * 0.036, "#dfe7fb", TEXT)
    logo(sheet, w * 0.08, h * 0.965, m * 0.045, "#22315e")


def _stars(sheet: Canvas, look: Look) -> None:
    w, h = sheet.size
    for n in range(46 if look.accents else 0):
        x, y = (n * 0.6180339) % 1, (n * 0.7548776) % 0.5
        sheet.disc(x * w, y * h, max(w * 0.0011 * (1 + n % 3), 1), "#ffffff", 0.5 + 0.15 * (n % 3))


def _pines(sheet: Canvas) -> None:
    w, h = sheet.size
    for n in range(15):
        x, tall = ((n * 0.381966) % 1) * w, h * (0.06 + 0.05 * ((n * 0.77) % 1))
        foot = h * 0.81
        tree = [
            (x + side * tall * 0.34 * k, foot - tall * (1 - k) + dy)
            for side in (1,)
            for k, dy in ((0, 0), (0.45, 0), (0.25, 0), (0.75, 0), (0.5, 0), (1, 0))
        ]
        mirrored = [(2 * x - px, py) for px, py in reversed(tree)]
        sheet.shape([[*tree, *mirrored]], "#1b2c5a")
    hut = w * 0.6, h * 0.795
    sheet.shape(
        [
            [
                (hut[0] - w * 0.035, hut[1]),
                (hut[0] - w * 0.035, hut[1] - w * 0.035),
                (hut[0], hut[1] - w * 0.06),
                (hut[0] + w * 0.035, hut[1] - w * 0.035),
                (hut[0] + w * 0.035, hut[1]),
            ]
        ],
        "#152349",
    )
    sheet.glow(hut[0], hut[1] - w * 0.02, w * 0.05, w * 0.05, "#ffc66b", 0.8)
    sheet.box(hut[0] - w * 0.009, hut[1] - w * 0.03, w * 0.018, w * 0.018, "#ffdf9a")


def _walker(sheet: Canvas, x: float, y: float, scale: float) -> None:
    sheet.shadow(oval(x + 60 * scale, y + 6 * scale, 90 * scale, 9 * scale), 8 * scale, "#22315e", 0.6)
    sheet.path("M-34-160Q0-182 34-160L46-60L32-58L34 4L12 4L2-58L-14 4L-36 4L-30-58L-46-60Z", "#16224a", x, y, scale)
    sheet.disc(x, y - 192 * scale, 26 * scale, "#e9b48e")
    sheet.path("M-30-196Q-28-230 0-230Q28-230 30-196Z", "#f4efe6", x, y, scale)
    sheet.disc(x, y - 234 * scale, 9 * scale, "#f4efe6")
    sheet.path("M-34-172Q0-152 34-172L34-154Q0-138-34-154Z", "#e0384a", x, y, scale)
    sheet.path("M-26-160Q-80-150-112-168Q-126-160-124-146Q-80-128-22-142Z", "#e0384a", x, y, scale)

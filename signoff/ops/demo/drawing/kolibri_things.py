"""What stands in Kolibri's pictures: the can in five flavours, the bird, leaves, fruit, drops."""

from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from random import Random

from PIL import Image, ImageFilter

from signoff.ops.demo.drawing.canvas import Canvas, Type, cut_out
from signoff.ops.demo.drawing.paint import Linear, Radial, across, down, slanted
from signoff.ops.demo.drawing.paths import oval, path, placed

BIRD = (
    "M0 0C26-30 62-34 96-16C74-14 58-2 52 18C46 38 26 50 0 46C16 40 24 30 22 18C20 8 12 2 0 0Z"
    "M96-16L150-30L100-8ZM40-2C20-30 2-44-30-50C-12-26 6-4 34 10Z"
)
LEAF = "M0 0C40-70 120-90 210-40C150 20 70 40 0 0Z"
WORDMARK = Type(700, -0.045, soft=0.014)
SMALL_CAPS = Type(600, 0.16)
CAN_H = 1100.0
CAN_W = CAN_H * 0.46


@dataclass(frozen=True, slots=True)
class Flavour:
    """`tint` is the paper behind it, `deep` its type."""

    name: str
    headline: tuple[str, str]
    light: str
    dark: str
    ink: str
    tint: str
    shade: str
    deep: str
    fruit: tuple[str, str, str]


ORANGE, LIME, LEMON = (
    ("#ffe2b0", "#ffb067", "#f06a1d"),
    ("#eef7cf", "#b9d873", "#6fa536"),
    ("#fff5c4", "#ffd95c", "#eeae1c"),
)
FLAVOURS = {
    "peach": Flavour(
        "PEACH & SENCHA",
        ("Sip slow.", "Glow on."),
        "#ff8464",
        "#d42a55",
        "#fff4e4",
        "#ffe3d3",
        "#ffb79c",
        "#d42a55",
        ORANGE,
    ),
    "mint": Flavour(
        "MINT & GUNPOWDER",
        ("Sip slow.", "Cool down."),
        "#86cbb0",
        "#277568",
        "#f4fff4",
        "#d8f0e5",
        "#a5d9c4",
        "#1f6a5e",
        LIME,
    ),
    "yuzu": Flavour(
        "YUZU & GENMAICHA",
        ("Sip slow.", "Shine on."),
        "#fad064",
        "#df8719",
        "#fff8e2",
        "#fff1c9",
        "#ffdb83",
        "#b96508",
        LEMON,
    ),
    "apple": Flavour(
        "SPICED APPLE",
        ("Home by", "candlelight."),
        "#c8443a",
        "#6f1430",
        "#ffeede",
        "#f2dcd2",
        "#d99a8b",
        "#6f1430",
        ("#ffe9cf", "#f3b98a", "#b83227"),
    ),
    "ginger": Flavour(
        "GINGER & ROOIBOS",
        ("Warm from", "the inside."),
        "#e79a4b",
        "#96461c",
        "#fff3df",
        "#f6e3cb",
        "#e0b07c",
        "#803a14",
        ("#fff0cf", "#f0c378", "#bb6f1f"),
    ),
}
SIDE = f"L{CAN_W} {CAN_H * 0.92}Q{CAN_W * 0.97} {CAN_H * 0.972} {CAN_W * 0.88} {CAN_H * 0.985}"
BODY = path(
    f"M0 {CAN_H * 0.105}Q{CAN_W / 2} {CAN_H * 0.132} {CAN_W} {CAN_H * 0.105}L{CAN_W} {CAN_H * 0.915}"
    f"Q{CAN_W / 2} {CAN_H * 0.955} 0 {CAN_H * 0.915}Z"
)
METAL = path(
    f"M{CAN_W * 0.1} {CAN_H * 0.022}Q{CAN_W / 2} {CAN_H * -0.01} {CAN_W * 0.9} {CAN_H * 0.022}L{CAN_W} {CAN_H * 0.1}"
    f"{SIDE}Q{CAN_W / 2} {CAN_H * 1.008} {CAN_W * 0.12} {CAN_H * 0.985}"
    f"Q{CAN_W * 0.03} {CAN_H * 0.972} 0 {CAN_H * 0.92}L0 {CAN_H * 0.1}Z"
)
FOOT = path(f"M0 {CAN_H * 0.915}Q{CAN_W / 2} {CAN_H * 0.955} {CAN_W} {CAN_H * 0.915}L{CAN_W} {CAN_H}L0 {CAN_H}Z")
# From the left rim to the right: how dark (below 0) or light the can is there.
ROUNDNESS = (
    (0, -0.55),
    (0.1, -0.16),
    (0.2, 0.34),
    (0.3, 0.42),
    (0.38, 0.1),
    (0.62, 0.0),
    (0.84, -0.26),
    (0.92, 0.1),
    (0.96, -0.1),
    (1, -0.55),
)


@cache
def can(flavour: str) -> Image.Image:
    """The can, cut out, CAN_H high."""
    look = FLAVOURS[flavour]
    sheet = Canvas(CAN_W, CAN_H, across("#80868c", "#f3f5f6", "#a5abb0", "#e6e9eb", "#70767c"))
    sheet.shape(BODY, down(look.light, look.dark))
    _rays(sheet, look)
    bird(sheet, CAN_W * 0.5, CAN_H * 0.335, CAN_W * 0.5, look.ink)
    sheet.text("kolibri", CAN_W / 2, CAN_H * 0.545, CAN_W * 0.25, look.ink, WORDMARK, "middle")
    sheet.text(look.name, CAN_W / 2, CAN_H * 0.597, CAN_W * 0.052, look.ink, SMALL_CAPS, "middle")
    sheet.box(CAN_W * 0.4, CAN_H * 0.765, CAN_W * 0.2, 3, look.ink, opacity=0.8)
    sheet.text("sparkling tea · 33 cl", CAN_W / 2, CAN_H * 0.81, CAN_W * 0.05, look.ink, Type(500, 0.02), "middle", 0.9)
    _round(sheet)
    drops(sheet, 0, CAN_H * 0.14, CAN_W, CAN_H * 0.74, 60, 21)
    sheet.oval(CAN_W / 2, CAN_H * 0.02, CAN_W * 0.4, CAN_H * 0.021, across("#9aa0a5", "#eceef0", "#aab0b5"))
    sheet.oval(CAN_W / 2, CAN_H * 0.023, CAN_W * 0.35, CAN_H * 0.015, across("#8a9096", "#c3c8cc", "#90969c"))
    sheet.oval(CAN_W * 0.5, CAN_H * 0.0245, CAN_W * 0.1, CAN_H * 0.0055, "#e9ecee")
    sheet.oval(CAN_W * 0.535, CAN_H * 0.0245, CAN_W * 0.035, CAN_H * 0.003, "#868c92")
    return cut_out(sheet, METAL)


def _rays(sheet: Canvas, look: Flavour) -> None:
    """The rising sun on the can's foot."""
    for n in range(11):
        a = radians(180 + n * 18)
        far = [(CAN_W / 2 + cos(a + d) * CAN_W * 0.62, CAN_H * 0.9 + sin(a + d) * CAN_W * 0.62) for d in (-0.07, 0.07)]
        sheet.shape([[(CAN_W / 2, CAN_H * 0.9), *far]], look.light, 0.34)
    sheet.disc(CAN_W / 2, CAN_H * 0.94, CAN_W * 0.26, look.light, 0.5)
    sheet.shape(FOOT, across("#80868c", "#f3f5f6", "#a5abb0", "#e6e9eb", "#70767c"))


def _round(sheet: Canvas) -> None:
    """Light from the left, the rims in shade."""
    for (a, one), (b, other) in zip(ROUNDNESS, ROUNDNESS[1:], strict=False):
        x, w = round(a * CAN_W), round(b * CAN_W) - round(a * CAN_W)
        for k in range(w):
            v = one + (other - one) * k / w
            colour = (255, 255, 255) if v > 0 else (20, 4, 16)
            strip = Image.new("L", (1, round(CAN_H)), round(abs(v) * 255))
            sheet.image.paste(colour, (x + k, 0), strip)


def bird(sheet: Canvas, x: float, y: float, width: float, colour: str, opacity: float = 1.0) -> None:
    """The hummingbird, its middle at that point."""
    scale = width / 180
    sheet.shape(placed(path(BIRD), x - 60 * scale, y, scale), colour, opacity)


def logo(sheet: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Bird and name side by side; `y` is the name's baseline."""
    bird(sheet, x + size * 0.62, y - size * 0.36, size * 1.25, colour)
    sheet.text("kolibri", x + size * 1.5, y, size, colour, WORDMARK)


def drops(sheet: Canvas, x: float, y: float, w: float, h: float, count: int, seed: int) -> None:
    """Cold drops on metal."""
    random = Random(seed)
    for _ in range(count):
        cx, cy, r = x + random.random() * w, y + random.random() * h, 2 + random.random() ** 3 * w * 0.022
        sheet.oval(cx, cy + r * 0.25, r, r * 1.15, "#2a0616", 0.18)
        sheet.oval(cx, cy, r, r * 1.15, "#ffffff", 0.26)
        sheet.disc(cx - r * 0.3, cy - r * 0.4, max(r * 0.3, 1), "#ffffff", 0.9)


@cache
def leaf(light: str, dark: str) -> Image.Image:
    """A leaf lying to the right, cut out; its stalk is on the left edge, at 58 % of the height."""
    sheet = Canvas(640, 400, slanted(light, dark))
    body = placed(path(LEAF), 6, 232, 2.96)
    sheet.shape([[*body[0][: len(body[0]) // 2], (6, 232)]], "#ffffff", 0.1)
    spine = [p for line in placed(path("M0 0C60-24 120-36 204-40"), 6, 232, 2.96) for p in line]
    sheet.stroke(spine, 5, "#ffffff", 0.4)
    for n in range(3, len(spine) - 2, 2):
        x, y = spine[n]
        sheet.stroke([(x, y), (x + 46, y - 74)], 2.5, "#ffffff", 0.18)
        sheet.stroke([(x, y), (x + 64, y + 52)], 2.5, "#ffffff", 0.14)
    return cut_out(sheet, body)


def put_leaf(
    sheet: Canvas, x: float, y: float, length: float, turn: float, colours: tuple[str, str], blur: float = 0
) -> None:
    """A leaf growing from that point, turned by degrees."""
    small = leaf(*colours).resize((round(length), round(length * 0.625)), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = small.rotate(-turn, Image.Resampling.BICUBIC, expand=True)
    if blur:
        small = _blurred(small, blur)
    c, k = cos(radians(turn)) * length, sin(radians(turn)) * length
    left, top = x + c * 0.5 + k * 0.05 - small.width / 2, y + k * 0.5 - c * 0.05 - small.height / 2
    sheet.image.paste(small.convert("RGB"), (round(left), round(top)), small.getchannel("A"))


def _blurred(image: Image.Image, radius: float) -> Image.Image:
    part = max(round(radius / 3), 1)
    small = image.reduce(part).filter(ImageFilter.GaussianBlur(radius / part))
    return small.resize(image.size, Image.Resampling.BICUBIC)


@cache
def fruit(colours: tuple[str, str, str]) -> Image.Image:
    """A slice of fruit, 300 pixels wide, cut out."""
    paper, flesh, rind = colours
    sheet = Canvas(300, 300, rind)
    sheet.disc(150, 150, 136, paper)
    for n in range(10):
        wedge = path("M0-14C26-44 28-100 0-118C-28-100-26-44 0-14Z")
        sheet.shape(
            placed(wedge, 150, 150, 1.05, n * 36), Radial(((0, paper), (0.5, flesh), (1, flesh)), 0.5, 0.1, 0.9)
        )
    sheet.glow(100, 90, 120, 110, "#ffffff", 0.35)
    return cut_out(sheet, oval(150, 150, 149, 149))


def put_fruit(sheet: Canvas, x: float, y: float, radius: float, flavour: str) -> None:
    """A slice standing around that middle, with its shadow."""
    sheet.shadow(oval(x + radius * 0.1, y + radius * 0.96, radius, radius * 0.14), radius * 0.12, "#3a0d1a", 0.5)
    sheet.put(fruit(FLAVOURS[flavour].fruit), x, y + radius, radius * 2)


def put_can(sheet: Canvas, x: float, y: float, height: float, flavour: str, shade: str = "#2a0616") -> None:
    """A can whose foot stands on `y`, with the shadow that holds it to the ground."""
    sheet.shadow(oval(x + height * 0.05, y - height * 0.006, height * 0.27, height * 0.035), height * 0.028, shade, 0.6)
    sheet.put(can(flavour), x, y, height)


GREENS = (("#8fbf6b", "#2f6b4f"), ("#a5cc74", "#24583f"), ("#3f7d54", "#163a2d"))
SKY = Linear(((0, "#ffd9a8"), (0.34, "#ff9d74"), (0.68, "#e8536a"), (1, "#7a2a5c")))

"""Maren's scenes: the brown bottle in quiet light, labels that the law reads, posts."""

from functools import cache

from PIL import Image

from signoff.ops.demo.drawing.canvas import Canvas, Type, cut_out
from signoff.ops.demo.drawing.lettering import wrapped
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.paint import Linear, Radial, across, down, slanted
from signoff.ops.demo.drawing.paths import oval, path, placed, rounded

INK, PAPER, SAND, SAGE, ROSE = "#2c211a", "#faf5ee", "#e9dac9", "#cdd8cc", "#e6ced2"
NAME = Type(300, 0.035)
THIN = Type(300, -0.015)
TINY = Type(500, 0.14)
TEXT = Type(400, 0.005)
ROOMS = {
    "sand": ("#f3e9de", "#dcc7b1", "#b89071"),
    "sage": ("#e6ebe4", "#bdccbf", "#7b9483"),
    "rose": ("#efe3e4", "#d4b4ba", "#9b6873"),
    "dusk": ("#3a2c2a", "#5d453d", "#2a1e1d"),
}


@cache
def bottle() -> Image.Image:
    """Night oil No 4 with its dropper, cut out, 420 by 1000."""
    w, h = 420, 1000
    sheet = Canvas(w, h, "#8c5a34")
    body = rounded(10, 380, 400, 614, 62)
    shoulder = path("M150 300H270V352Q300 372 352 384Q410 400 410 452H10Q10 400 68 384Q120 372 150 352Z")
    cap, bulb = rounded(132, 196, 156, 122, 10), rounded(162, 6, 96, 220, 46)
    glass = Linear(
        (
            (0, "#3b2416"),
            (0.1, "#7d4a27"),
            (0.26, "#d79a66"),
            (0.4, "#b8743f"),
            (0.68, "#8d5428"),
            (0.9, "#5d3519"),
            (1, "#2f1b0f"),
        ),
        0,
    )
    sheet.shape([*body, *shoulder], glass)
    sheet.shape(rounded(22, 560, 376, 424, 52), across("#2a150a", "#7a3f18", "#5a2d10", "#241208"), 0.55)
    sheet.oval(210, 562, 188, 14, "#e0a56f", 0.55)
    sheet.box(202, 330, 16, 420, "#f6d5b0", 8, 0.28)
    sheet.shape(rounded(40, 410, 30, 540, 15), "#ffffff", 0.42)
    sheet.shape(rounded(364, 440, 12, 480, 6), "#ffffff", 0.2)
    sheet.box(92, 560, 236, 300, down("#fffaf3", "#f1e7da"), 4)
    sheet.text("maren", 210, 672, 66, INK, NAME, "middle")
    sheet.text("NIGHT OIL No 4", 210, 716, 18, INK, TINY, "middle")
    sheet.box(186, 748, 48, 2, INK, opacity=0.5)
    sheet.text("refill me", 210, 800, 22, INK, TEXT, "middle")
    sheet.text("30 ml e", 210, 834, 16, INK, TEXT, "middle", 0.7)
    metal = across("#0e0e0f", "#5c5a58", "#1d1c1c", "#3a3837", "#0b0b0b")
    sheet.shape(bulb, across("#0d0d0e", "#4d4a48", "#191818", "#0a0a0a"))
    sheet.shape(cap, metal)
    for n in range(13):
        sheet.box(140 + n * 11.5, 206, 2, 102, "#000000", opacity=0.35)
    return cut_out(sheet, [*body, *shoulder, *cap, *bulb])


def room(sheet: Canvas, look: Look, tone: str = "sand") -> None:
    """A wall with light through a window, a table, and the shadow of a plant."""
    w, h = sheet.size
    wall, table, shade = ROOMS[tone]
    sheet.box(0, 0, w, h, slanted(wall, table))
    lean = w * (look.sun - 0.5)
    for n in range(2):
        left = w * 0.2 + lean + n * w * 0.3
        pane = [
            [(left, h * 0.04), (left + w * 0.24, -h * 0.02), (left + w * 0.32, h * 0.68), (left + w * 0.08, h * 0.74)]
        ]
        sheet.shadow(pane, min(w, h) * 0.012, "#fffaf0", 0.5)
    sheet.box(0, h * 0.76, w, h * 0.25, down(table, shade), opacity=0.75)
    sheet.box(0, h * 0.76, w, 2, "#ffffff", opacity=0.35)
    if look.accents:
        for n in range(7):
            twig = placed(
                path("M0 0Q30-40 96-40Q64 12 0 0Z"),
                w * 0.83 + lean * 0.4,
                h * (0.2 + 0.065 * n),
                w * 0.0016,
                -150 if n % 2 else -20,
            )
            sheet.shadow(twig, w * 0.008, shade, 0.55)


def put_bottle(sheet: Canvas, x: float, foot: float, tall: float, shade: str = "#3a2012") -> None:
    long = [
        [
            (x - tall * 0.15, foot - tall * 0.01),
            (x + tall * 0.18, foot - tall * 0.02),
            (x + tall * 0.85, foot + tall * 0.12),
            (x + tall * 0.5, foot + tall * 0.15),
        ]
    ]
    sheet.shadow(long, tall * 0.03, shade, 0.3)
    sheet.glow(x + tall * 0.32, foot + tall * 0.03, tall * 0.22, tall * 0.04, "#f0a35c", 0.5)
    sheet.shadow(oval(x, foot - tall * 0.005, tall * 0.2, tall * 0.018), tall * 0.014, shade, 0.7)
    sheet.put(bottle(), x, foot, tall)


def packshot(sheet: Canvas, look: Look) -> None:
    """The bottle, in whichever room."""
    w, h = sheet.size
    room(sheet, look, look.variant or "sand")
    x = w * (0.5 if h >= w * 0.9 and not look.headline else 0.62)
    tall = min(h * 0.68, w * (0.8 if look.headline else 0.95)) * look.product
    put_bottle(sheet, x, h * 0.87, tall)
    if look.accents:
        sheet.shape(oval(x - h * 0.27, h * 0.86, h * 0.085, h * 0.032), down("#e9dfd2", "#b9a48f"))
        sheet.shape(oval(x - h * 0.25, h * 0.818, h * 0.056, h * 0.024), down("#f4ece1", "#c7b39e"))
    if look.headline:
        left = w * 0.07
        sheet.lines(look.headline, left, h * 0.16, min(w, h * 1.5) * 0.07, INK, THIN, lead=1.12)
        if look.line:
            sheet.text(look.line, left, h * 0.94, min(w, h * 1.5) * 0.022, INK, TEXT)


def macro(sheet: Canvas, look: Look) -> None:
    """Oil on glass, very near."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, Radial(((0, "#ffe1b4"), (0.5, "#e0a05a"), (1, "#8a4c1f")), 0.35, 0.3, 0.95))
    spots = (
        (0.3, 0.42, 0.26),
        (0.62, 0.62, 0.2),
        (0.82, 0.3, 0.13),
        (0.5, 0.16, 0.08),
        (0.13, 0.8, 0.11),
        (0.88, 0.84, 0.09),
        (0.68, 0.2, 0.04),
        (0.44, 0.86, 0.06),
        (0.07, 0.2, 0.05),
    )
    for x, y, r in spots:
        cx, cy, radius = w * x, h * y, min(h, w * 0.72) * r * look.product
        sheet.shadow(oval(cx + radius * 0.1, cy + radius * 0.22, radius, radius), radius * 0.16, "#4d2208", 0.5)
        sheet.disc(
            cx,
            cy,
            radius,
            Radial(((0, "#ffd998"), (0.5, "#f1ab57"), (0.85, "#b9682a"), (1, "#7c3d13")), 0.62, 0.7, 0.78),
        )
        sheet.glow(cx + radius * 0.3, cy + radius * 0.4, radius * 0.6, radius * 0.5, "#fff0c9", 0.85)
        sheet.shape(oval(cx - radius * 0.36, cy - radius * 0.46, radius * 0.26, radius * 0.13, -34), "#ffffff", 0.92)
        sheet.disc(cx - radius * 0.02, cy - radius * 0.62, radius * 0.05, "#ffffff", 0.9)


def mailer(sheet: Canvas, look: Look) -> None:
    """Four modules below each other."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, PAPER)
    sheet.text("maren", w / 2, h * 0.048, w * 0.06, INK, NAME, "middle")
    head = Canvas(w, h * 0.4)
    room(head, look, "sand")
    put_bottle(head, w * 0.7, head.h * 0.9, head.h * 0.74 * look.product)
    head.lines(look.headline, w * 0.07, head.h * 0.28, w * 0.075, INK, THIN, lead=1.12)
    sheet.picture(head.image, 0, h * 0.075, w, h * 0.4)
    sheet.lines(wrapped(look.line, w * 0.03, w * 0.7, 400), w / 2, h * 0.525, w * 0.03, INK, TEXT, "middle", 1.5)
    sheet.box(w * 0.34, h * 0.605, w * 0.32, h * 0.04, INK)
    sheet.text(look.button, w / 2, h * 0.63, w * 0.026, PAPER, TINY, "middle")
    for n, (tone, words) in enumerate((("sage", "Empty it"), ("rose", "Fill it"), ("sand", "Keep it"))):
        tile = Canvas(w * 0.27, w * 0.32)
        room(tile, Look(accents=False), tone)
        put_bottle(tile, tile.w * 0.5, tile.h * 0.9, tile.h * 0.72)
        x = w * (0.07 + 0.295 * n)
        sheet.picture(tile.image, x, h * 0.685, w * 0.27, w * 0.32)
        sheet.text(words, x + w * 0.135, h * 0.685 + w * 0.37, w * 0.03, INK, TEXT, "middle")
    sheet.text(
        "Maren Skincare, Lyon. Write to us, a person answers.", w / 2, h * 0.965, w * 0.02, INK, TEXT, "middle", 0.6
    )


def post(sheet: Canvas, look: Look) -> None:
    """A quiet post: headline on paper, the bottle or a leaf; the variant is its room."""
    w, h = sheet.size
    tone = look.variant or "rose"
    room(sheet, look, tone)
    size = w * 0.105
    ink = PAPER if tone == "dusk" else INK
    sheet.lines(look.headline, w * 0.09, h * 0.15 + size * 0.2, size, ink, THIN, lead=1.14)
    put_bottle(sheet, w * 0.6, h * 0.885, h * 0.52 * look.product)
    sheet.text("maren", w * 0.09, h * 0.94, w * 0.05, ink, NAME)
    if look.line:
        sheet.lines(wrapped(look.line, w * 0.032, w * 0.34, 400), w * 0.09, h * 0.6, w * 0.032, ink, TEXT, lead=1.45)


def quote(sheet: Canvas, look: Look) -> None:
    """Words, nothing else."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down(ROSE, "#d9bac0"))
    sheet.glow(w * 0.3, h * 0.25, w * 0.7, w * 0.6, "#fff7f2", 0.7)
    sheet.lines(look.headline, w / 2, h * 0.42, w * 0.095, "#5a2f38", THIN, "middle", 1.2)
    sheet.box(w * 0.46, h * 0.72, w * 0.08, 2, "#5a2f38", opacity=0.6)
    sheet.text(look.line, w / 2, h * 0.79, w * 0.032, "#5a2f38", TEXT, "middle")
    sheet.text("maren", w / 2, h * 0.93, w * 0.05, "#5a2f38", NAME, "middle")


def refill_step(sheet: Canvas, look: Look) -> None:
    """How to refill, in four; the variant is the step."""
    w, h = sheet.size
    step = int(look.variant or "1")
    words = ("Finish the oil.", "Unscrew the dropper.", "Pour in the refill.", "Begin again.")[step - 1]
    room(sheet, look, ("sand", "sage", "rose", "sand")[step - 1])
    foot, tall = h * 0.86, h * 0.54 * look.product
    if step in (2, 3):
        bare = bottle().crop((0, 296, 420, 1000))
        sheet.shadow(oval(w * 0.5, foot, tall * 0.2, tall * 0.018), tall * 0.014, "#3a2012", 0.7)
        sheet.put(bare, w * 0.5, foot, tall * 0.704)
        if step == 2:
            top = bottle().crop((110, 0, 310, 322)).rotate(-18, Image.Resampling.BICUBIC, expand=True)
            sheet.put(top, w * 0.72, foot - tall * 0.52, tall * 0.36)
        else:
            _pouch(sheet, w * 0.6, foot - tall * 0.9, tall * 0.92)
    else:
        put_bottle(sheet, w * 0.5, foot, tall)
    sheet.text(str(step), w * 0.08, h * 0.14, w * 0.13, INK, THIN)
    sheet.text(words, w * 0.2, h * 0.13, w * 0.062, INK, THIN)
    sheet.text("maren", w * 0.5, h * 0.955, w * 0.045, INK, NAME, "middle")


def _pouch(sheet: Canvas, x: float, y: float, tall: float) -> None:
    scale = tall / 560
    sheet.stroke(placed([((-58, 90), (-62, 120), (-63, 150))], x, y, scale)[0], 9 * scale, "#d08a45")
    body = placed(path("M-74 96L-46 70L-70-150Q-40-196 20-210Q120-214 168-160L96 60Q20 100-46 70Z"), x, y, scale)
    sheet.shadow([[(px + 10, py + 14) for px, py in line] for line in body], 14 * scale, "#3a2012", 0.35)
    sheet.shape(body, slanted("#fffaf2", "#e6d5c1", "#cdb59b"))
    sheet.text("maren", x + 34 * scale, y - 70 * scale, 40 * scale, INK, NAME, "middle")
    sheet.text("REFILL", x + 34 * scale, y - 36 * scale, 13 * scale, INK, TINY, "middle")


LAW = (
    "Ingredients: Aqua, Glycerin, Caprylic/Capric Triglyceride, Cetearyl Alcohol, Squalane, Butyrospermum Parkii "
    "Butter, Niacinamide, Retinol, Tocopherol, Panthenol, Sodium Hyaluronate, Allantoin, Xanthan Gum, Citric "
    "Acid, Parfum."
)
WARNING = (
    "Contains vitamin A. Consider your daily intake before use. / "
    "Contient de la vitamine A. Tenez compte de votre apport quotidien avant utilisation."
)


def label(sheet: Canvas, look: Look) -> None:
    """A pack as flat artwork with cut line and marks. The variant: front, back, cleanser, balm, pouch or refill."""
    w, h = sheet.size
    kind = look.variant or "front"
    tone = {"front": SAND, "back": SAND, "cleanser": SAGE, "balm": ROSE, "pouch": "#ecd9c0", "refill": "#ecd9c0"}[kind]
    sheet.box(0, 0, w, h, "#ffffff")
    x, y, lw, lh = w * 0.14, h * 0.1, w * 0.72, h * 0.78
    sheet.shadow(rounded(x, y + 6, lw, lh, 24), 18, "#8b7d6e", 0.3)
    sheet.shape(rounded(x, y, lw, lh, 24), down(tone, tone, "#fbf6ef" if kind == "front" else tone))
    _marks(sheet, x, y, lw, lh)
    if kind == "back":
        _back(sheet, x, y, lw, lh, look)
    else:
        _front(sheet, x, y, lw, lh, look, kind)
    sheet.text(
        {
            "front": "Day cream 50 ml, front, 3/0",
            "back": "Day cream 50 ml, back, 3/0",
            "cleanser": "Cleanser 150 ml, sleeve, 2/1",
            "balm": "Eye balm 15 ml, tube, 2/0",
            "pouch": "Refill pouch, front, 5/0",
            "refill": "Night oil refill, dieline, 5/1",
        }[kind],
        x,
        h * 0.955,
        h * 0.019,
        "#7d746a",
        TEXT,
    )
    for n, colour in enumerate(("#2c211a", tone, "#c58a5b")):
        sheet.box(x + lw - h * 0.024 * (3 - n), h * 0.94, h * 0.02, h * 0.02, colour)


def _front(sheet: Canvas, x: float, y: float, w: float, h: float, look: Look, kind: str) -> None:
    names = {
        "front": ("DAY CREAM", "crème de jour", "50 ml"),
        "cleanser": ("CLEANSER", "gel nettoyant", "150 ml"),
        "balm": ("EYE BALM", "baume pour les yeux", "15 ml"),
        "pouch": ("REFILL", "recharge", "100 ml"),
        "refill": ("NIGHT OIL No 4", "recharge", "30 ml"),
    }[kind]
    cx = x + w / 2
    r = w * 0.3 * look.product
    for n in range(5 if look.accents else 1):
        sheet.disc(
            cx, y + h * 0.44, r * (1 - 0.16 * n), ("#c58a5b", "#d3a07a", "#dfb698", "#ead0b9", "#f6e8da")[n], 0.55
        )
    sheet.text("maren", cx, y + h * 0.19, w * 0.15, INK, NAME, "middle")
    sheet.text(names[0], cx, y + h * 0.45, w * 0.036, INK, TINY, "middle")
    sheet.text(names[1], cx, y + h * 0.484, w * 0.034, INK, TEXT, "middle")
    if look.legal:
        sheet.lines(
            wrapped(look.legal, w * 0.026, w * 0.74, 400), cx, y + h * 0.77, w * 0.026, INK, TEXT, "middle", 1.4
        )
    sheet.text(f"{names[2]} e", cx, y + h * 0.93, w * 0.034, INK, TEXT, "middle")
    if kind in ("refill", "pouch"):
        for n in range(24):
            sheet.box(x + w * n / 24, y + h * 0.68, w / 48, 2, "#e5007d")


def _back(sheet: Canvas, x: float, y: float, w: float, h: float, look: Look) -> None:
    left, room_ = x + w * 0.08, w * 0.84
    sheet.text("maren", left, y + h * 0.1, w * 0.085, INK, NAME)
    sheet.text("DAY CREAM, CRÈME DE JOUR", left, y + h * 0.145, w * 0.027, INK, TINY)
    at = y + h * 0.2
    blocks = [
        "Every morning, on clean skin. A cherry's worth is enough for face and neck.",
        "Chaque matin, sur une peau propre. Une noisette suffit pour le visage et le cou.",
        LAW,
    ]
    for text in [*blocks, *([look.legal] if look.legal else [])]:
        lines = wrapped(text, w * 0.0255, room_, 400)
        if text == look.legal:
            sheet.box(
                left - w * 0.02,
                at - w * 0.035,
                room_ + w * 0.04,
                len(lines) * w * 0.0255 * 1.45 + w * 0.035,
                "#fffaf3",
                6,
                0.85,
            )
        at = (
            sheet.lines(lines, left, at, w * 0.0255, INK, Type(600 if text == look.legal else 400), lead=1.45)
            + h * 0.052
        )
    for n in range(46):
        wide = (1, 2, 1, 3, 1, 1, 2)[n * 5 % 7] * w * 0.0024
        sheet.box(left + n * w * 0.0075, y + h * 0.84, wide, h * 0.085, INK)
    sheet.text("3 760241 550142", left + w * 0.04, y + h * 0.955, w * 0.026, INK, TEXT)
    sheet.text("12 M", x + w * 0.86, y + h * 0.93, w * 0.04, INK, TEXT, "middle")
    sheet.shape(oval(x + w * 0.86, y + h * 0.915, w * 0.055, w * 0.055), INK, 0.08)


def _marks(sheet: Canvas, x: float, y: float, w: float, h: float) -> None:
    """Cut line and crop marks."""
    line = rounded(x, y, w, h, 24)[0]
    sheet.stroke([*line, line[0]], 2, "#e5007d", 0.8)
    for px in (x, x + w):
        for py, away in ((y, -1), (y + h, 1)):
            side = -1 if px == x else 1
            sheet.box(px - 0.5, min(py + away * 18, py + away * 52), 1.5, 34, "#222222")
            sheet.box(min(px + side * 18, px + side * 52), py - 0.5, 34, 1.5, "#222222")

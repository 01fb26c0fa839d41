"""Kolibri in its formats: banners, tram, station, strip, wobbler, mail, cards, sleeve."""

from signoff.ops.demo.drawing.canvas import Canvas, Type
from signoff.ops.demo.drawing.kolibri import CREAM, HEAD, TEXT, dawn, first_light
from signoff.ops.demo.drawing.kolibri_things import FLAVOURS, GREENS, SKY, bird, logo, put_can, put_fruit, put_leaf
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.paint import Radial, across, down, slanted
from signoff.ops.demo.drawing.paths import oval, rounded, wave

BOLD = Type(650, -0.02)
LABEL = Type(600, 0.08)


def banner(sheet: Canvas, look: Look) -> None:
    """Any web format: can, headline, button; how they stand follows from the shape."""
    w, h = sheet.size
    flavour = look.variant or "peach"
    taste = FLAVOURS[flavour]
    sheet.box(0, 0, w, h, slanted("#ffd3a4", taste.light, taste.dark))
    if h > w * 1.1:
        _tall_banner(sheet, look, flavour)
    else:
        _wide_banner(sheet, look, flavour)


def _wide_banner(sheet: Canvas, look: Look, flavour: str) -> None:
    w, h = sheet.size
    is_strip = w > h * 5
    x = w * (0.62 if is_strip else 0.78)
    sheet.glow(x, h * 0.5, h * 0.9, h * 0.9, "#fff0c8", 0.8)
    sheet.disc(x, h * 0.56, h * 0.42, "#fff3d4", 0.55)
    put_can(sheet, x, h * (1.32 if is_strip else 1.02), h * (1.25 if is_strip else 0.88) * look.product, flavour)
    left, size = h * (0.3 if is_strip else 0.1), h * (0.36 if is_strip else 0.165)
    if is_strip:
        sheet.text(" ".join(look.headline), left, h * 0.62, min(size, w * 0.045), CREAM, HEAD)
    else:
        logo(sheet, left, h * 0.2, h * 0.09, CREAM)
        end = sheet.lines(
            look.headline,
            left,
            h * (0.42 if w > h * 2.5 else 0.44),
            min(size * (1.25 if w > h * 2.5 else 1), w * 0.1),
            CREAM,
            HEAD,
            lead=1.0,
        )
        if look.line and w > h * 1.5:
            sheet.text(look.line, left, end + h * 0.105, min(h * 0.055, w * 0.03), CREAM, TEXT)
    if look.button:
        tall = h * (0.42 if is_strip else 0.15)
        bx, by = (w - h * 0.3 - tall * 3.4, h * 0.29) if is_strip else (left, h * 0.79)
        _button(sheet, bx, by, tall, look.button)


def _tall_banner(sheet: Canvas, look: Look, flavour: str) -> None:
    w, h = sheet.size
    tall = min(h * 0.46, w * 1.45) * look.product
    sheet.glow(w / 2, h * 0.62, w * 0.9, w * 0.9, "#fff0c8", 0.8)
    sheet.disc(w / 2, h * 0.62, w * 0.42, "#fff3d4", 0.55)
    put_can(sheet, w / 2, h * 0.85, tall, flavour)
    logo(sheet, w * 0.09, h * 0.075, w * 0.1, CREAM)
    sheet.lines(look.headline, w * 0.085, h * 0.165, w * 0.148, CREAM, HEAD, lead=1.0)
    if look.button:
        _button(sheet, w * 0.1, h * 0.895, w * 0.17, look.button)


def _button(sheet: Canvas, x: float, y: float, tall: float, words: str) -> None:
    sheet.box(x, y, tall * 3.4, tall, CREAM, tall / 2)
    sheet.text(words, x + tall * 1.7, y + tall * 0.64, tall * 0.38, "#b51f4b", BOLD, "middle")


def tram(sheet: Canvas, look: Look) -> None:
    """The tram from the side, wrapped."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#eef0f3", "#dfe3e8"))
    sheet.box(0, h * 0.8, w, h * 0.2, "#c8ced6")
    sheet.box(0, h * 0.835, w, h * 0.012, "#8b939e")
    x, y, long, tall = w * 0.04, h * 0.3, w * 0.92, h * 0.48
    art = Canvas(long, tall)
    dawn(art, look, 0.8)
    for n in range(4):
        put_leaf(art, long * (0.56 + 0.07 * n), tall * 1.02, tall * 0.75, -60 + 24 * n, GREENS[n % 2])
    put_can(art, long * 0.5, tall * 1.02, tall * 0.98 * look.product, "peach")
    bird(art, long * 0.885, tall * 0.72, tall * 0.42, CREAM)
    sheet.shadow(oval(w / 2, h * 0.825, long * 0.5, h * 0.02), h * 0.02, "#1c232c", 0.6)
    for n in range(6):
        sheet.disc(x + long * (0.1 + 0.16 * n), h * 0.795, h * 0.032, "#2a2f37")
    sheet.picture(art.image, x, y, long, tall, tall * 0.16)
    for n in range(8):
        _window(sheet, x + long * (0.035 + 0.118 * n), y + tall * 0.13, long * 0.1, tall * 0.36, n in (2, 5))
    sheet.lines(look.headline[:1], x + long * 0.045, y + tall * 0.76, tall * 0.19, CREAM, HEAD)
    sheet.lines(look.headline[1:], x + long * 0.62, y + tall * 0.76, tall * 0.19, CREAM, HEAD)
    sheet.stroke([(w * 0.46, y), (w * 0.5, h * 0.16), (w * 0.54, y)], h * 0.008, "#5b6470")
    sheet.stroke([(0, h * 0.155), (w, h * 0.155)], h * 0.004, "#8b939e")
    if look.legal:
        sheet.text(look.legal, x + long * 0.045, y + tall * 0.93, tall * 0.045, CREAM, TEXT, opacity=0.9)
    sheet.text("Line 1, right side, 24.6 m, 1:20", w * 0.04, h * 0.93, h * 0.032, "#5b6470", TEXT)


def _window(sheet: Canvas, x: float, y: float, w: float, h: float, is_door: bool) -> None:
    sheet.box(x, y, w, h * (1.9 if is_door else 1), down("#2c3947", "#51626f"), h * 0.1, 0.93)
    sheet.shape(
        [
            [
                (x + w * 0.14, y + h * 0.06),
                (x + w * 0.4, y + h * 0.06),
                (x + w * 0.2, y + h * 0.9),
                (x + w * 0.04, y + h * 0.9),
            ]
        ],
        "#ffffff",
        0.14,
    )


def takeover(sheet: Canvas, look: Look) -> None:
    """Bergen station: lit panels in a row on a dark wall, their light on the floor."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#2d2631", "#3d333f", "#241d28"))
    for n in range(9):
        sheet.box(w * n / 8 - 1, 0, 2, h * 0.8, "#1c1620", opacity=0.6)
    sheet.box(0, h * 0.8, w, h * 0.2, down("#4c3d49", "#1f1922"))
    art = Canvas(w * 0.2, w * 0.3)
    first_light(art, look)
    wide = Canvas(w * 0.42, w * 0.3)
    first_light(wide, look)
    panels = ((0.045, 0.2, art), (0.29, 0.42, wide), (0.755, 0.2, art))
    for x, span, picture in panels:
        tall = w * 0.3
        sheet.glow(w * (x + span / 2), h * 0.44, w * span * 0.85, h * 0.6, "#ff9d74", 0.35)
        sheet.box(w * x - 7, h * 0.15 - 7, w * span + 14, tall + 14, "#0f0b12", 6)
        sheet.picture(picture.image, w * x, h * 0.15, w * span, tall)
        sheet.glow(w * (x + span / 2), h * 0.86, w * span * 0.6, h * 0.1, "#ff9d74", 0.5)
    for n, x in enumerate((0.252, 0.722)):
        _passenger(sheet, w * x, h * 0.92, h * 0.0021, ("#c9b8a6", "#8fa3bd")[n])


def _passenger(sheet: Canvas, x: float, y: float, scale: float, coat: str) -> None:
    """Somebody who waits, seen from behind."""
    sheet.shadow(oval(x, y, 46 * scale, 5 * scale), 5, "#000000", 0.7)
    sheet.path("M-20-70L-17 0L-3 0L0-62L3 0L17 0L20-70Z", "#17121b", x, y, scale)
    sheet.path("M-25-158Q0-174 25-158Q32-110 30-58Q0-50-30-58Q-32-110-25-158Z", across(coat, "#3a3040"), x, y, scale)
    sheet.oval(x, y - 184 * scale, 15 * scale, 18 * scale, "#3b2730")


def strip(sheet: Canvas, look: Look) -> None:
    """The shelf's edge."""
    w, h = sheet.size
    names = ("peach", "mint", "yuzu")
    for n, flavour in enumerate(names):
        taste = FLAVOURS[flavour]
        x = w * n / 3
        sheet.box(x, 0, w / 3 + 1, h, across(taste.light, taste.dark))
        sheet.disc(x + w * 0.27, h * 0.5, h * 0.62, "#ffffff", 0.2)
        put_can(sheet, x + w * 0.27, h * 1.3, h * 1.4 * look.product, flavour)
        bird(sheet, x + w * 0.03, h * 0.5, h * 0.5, taste.ink)
        sheet.text(taste.headline[1], x + w * 0.06, h * 0.56, h * 0.28, taste.ink, HEAD)
        sheet.text(taste.name, x + w * 0.061, h * 0.8, h * 0.12, taste.ink, LABEL)


def wobbler(sheet: Canvas, look: Look) -> None:
    """A round card on its spring."""
    w, h = sheet.size
    taste = FLAVOURS["mint"]
    sheet.box(0, 0, w, h, Radial(((0, "#ffffff"), (1, "#dfe6e3"))))
    sheet.shadow(oval(w * 0.51, h * 0.53, w * 0.4, h * 0.4), w * 0.025, "#0d3a33", 0.4)
    sheet.disc(w / 2, h / 2, w * 0.4, down(taste.shade, taste.light, taste.dark))
    sheet.disc(w / 2, h / 2, w * 0.37, "#ffffff", 0.1)
    put_leaf(sheet, w * 0.44, h * 0.62, w * 0.24, 200, GREENS[0])
    put_leaf(sheet, w * 0.56, h * 0.6, w * 0.24, -26, GREENS[1])
    put_can(sheet, w / 2, h * 0.82, h * 0.4 * look.product, "mint")
    sheet.lines(look.headline or taste.headline, w / 2, h * 0.24, w * 0.085, CREAM, HEAD, "middle", 0.98)


def mail_header(sheet: Canvas, look: Look) -> None:
    """A newsletter's head: flavours on a line, words above."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, SKY)
    sheet.glow(w * 0.72, h * 0.55, h * 0.9, h * 0.9, "#fff0c8", 0.9)
    sheet.disc(w * 0.72, h * 0.6, h * 0.36, "#fff3d4", 0.8)
    sheet.shape([[*wave(0, w, h * 0.9, h * 0.03, w * 0.8), (w, h), (0, h)]], "#7a2a5c")
    for x, flavour, tall in ((0.585, "mint", 0.6), (0.855, "yuzu", 0.6), (0.72, "peach", 0.74)):
        put_can(sheet, w * x, h * 0.95, h * tall * look.product, flavour)
    logo(sheet, w * 0.06, h * 0.18, h * 0.075, CREAM)
    end = sheet.lines(look.headline, w * 0.057, h * 0.4, h * 0.145, CREAM, HEAD, lead=0.98)
    sheet.text(look.line, w * 0.06, end + h * 0.1, h * 0.048, CREAM, TEXT)
    if look.button:
        _button(sheet, w * 0.06, h * 0.71, h * 0.12, look.button)


STEPS = (
    ("One", "Pick at dawn", "peach"),
    ("Two", "Brew for nine minutes", "mint"),
    ("Three", "Cool overnight", "yuzu"),
    ("Four", "Open at first light", "peach"),
)


def card(sheet: Canvas, look: Look) -> None:
    """One card of the carousel: `variant` is its number."""
    w, h = sheet.size
    number, words, flavour = STEPS[int(look.variant or "1") - 1]
    taste = FLAVOURS[flavour]
    sheet.box(0, 0, w, h, down(taste.tint, taste.shade))
    sheet.text(
        str(STEPS.index((number, words, flavour)) + 1), w * 0.97, h * 0.62, h * 0.62, "#ffffff", HEAD, "right", 0.45
    )
    sheet.text(f"Step {number.lower()}", w * 0.08, h * 0.11, w * 0.038, taste.deep, LABEL)
    parts = words.split(" ")
    sheet.lines((" ".join(parts[:2]), " ".join(parts[2:])), w * 0.075, h * 0.2, w * 0.125, taste.deep, HEAD, lead=1.0)
    step = int(look.variant or "1")
    if step == 1:
        for n in range(5):
            put_leaf(sheet, w * 0.2, h * 0.98, w * 0.78, -86 + n * 20, GREENS[n % 2])
    elif step == 2:
        _pot(sheet, w * 0.46, h * 0.88, w * 0.0027, taste.deep)
    elif step == 3:
        sheet.glow(w * 0.42, h * 0.64, w * 0.46, w * 0.46, "#ffffff", 0.8)
        sheet.path(
            "M40-92C-60-92-100-20-86 46C-70 112 10 128 70 84C0 92-44 50-40-8C-36-50-4-80 40-92Z",
            down("#fffdf2", "#f6c65b"),
            w * 0.46,
            h * 0.64,
            w * 0.0026,
        )
        for n in range(9):
            sheet.disc(
                w * (0.2 + (n * 0.618) % 0.7), h * (0.4 + (n * 0.37) % 0.4), w * (0.006 + 0.004 * (n % 3)), "#ffffff"
            )
    else:
        put_can(sheet, w * 0.5, h * 0.94, h * 0.58 * look.product, flavour, taste.deep)
    if look.accents:
        put_fruit(sheet, w * 0.85, h * 0.9, w * 0.08, flavour)


def _pot(sheet: Canvas, x: float, y: float, scale: float, colour: str) -> None:
    sheet.shadow(oval(x, y, 110 * scale, 12 * scale), 10 * scale, colour, 0.5)
    sheet.path("M-70-120Q0-140 70-120Q110-60 70 0L-70 0Q-110-60-70-120Z", down("#ffffff", "#cfe9de"), x, y, scale)
    sheet.path("M76-96Q124-96 130-130L150-126Q140-56 84-40Z", "#e6f4ee", x, y, scale)
    sheet.path("M-80-96Q-140-100-136-56Q-130-20-78-26L-80-42Q-116-40-116-58Q-116-80-82-78Z", "#d9efe5", x, y, scale)
    sheet.oval(x, y - 124 * scale, 66 * scale, 12 * scale, "#b8ddcc")
    sheet.disc(x, y - 142 * scale, 12 * scale, colour)
    for n in range(3):
        sheet.stroke(
            [(x + (n - 1) * 34 * scale + 8 * scale * (k % 2), y - (170 + k * 22) * scale) for k in range(4)],
            7 * scale,
            "#ffffff",
            0.6,
        )


def advent(sheet: Canvas, look: Look) -> None:
    """Twenty-four tiles; `product` says how many are open, in eights."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#122145", "#2b447d"))
    tones = ("#c8443a", "#f2dcd2", "#1b3568", "#e79a4b", "#3e5fa5", "#6f1430")
    opened = round(8 * look.product)
    for n in range(24):
        x, y, side = w * (0.06 + 0.148 * (n % 6)), h * (0.24 + 0.178 * (n // 6)), w * 0.135
        tone = tones[(n * 5 + n // 6) % 6]
        sheet.box(x, y, side, side * 1.12 * h / w, tone, side * 0.1)
        ink = "#122145" if tone in ("#f2dcd2", "#e79a4b") else CREAM
        if n < opened and n % 2 == 0:
            put_can(sheet, x + side / 2, y + side * 1.06, side * 0.95, "apple" if n % 4 else "ginger", "#000000")
        else:
            sheet.text(str(n + 1), x + side / 2, y + side * 0.72, side * 0.46, ink, HEAD, "middle")
    sheet.text(look.headline[0], w * 0.06, h * 0.16, w * 0.085, CREAM, HEAD)
    logo(sheet, w * 0.74, h * 0.155, w * 0.05, CREAM)


def sleeve(sheet: Canvas, look: Look) -> None:
    """The gift box as it lies flat: faces, flaps, cut and fold lines."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, "#f4f2ee")
    x, y, face, tall = w * 0.07, h * 0.22, w * 0.2, h * 0.56
    for n in range(4):
        left = x + face * n
        flap = [
            (left + face * 0.06, y),
            (left + face * 0.1, y - h * 0.13),
            (left + face * 0.9, y - h * 0.13),
            (left + face * 0.94, y),
        ]
        sheet.shape([flap], "#7b1a34")
        sheet.shape([[(px, 2 * y + tall - py) for px, py in flap]], "#7b1a34")
        sheet.box(left, y, face + 1, tall, down("#a92c3b", "#5c0f2c"))
        sheet.glow(left + face / 2, y + tall * 0.45, face * 0.5, tall * 0.4, "#e79a4b", 0.4)
        if n % 2 == 0:
            put_can(
                sheet, left + face / 2, y + tall * 0.86, tall * 0.52 * look.product, "apple" if n == 0 else "ginger"
            )
            sheet.lines(look.headline, left + face / 2, y + tall * 0.15, face * 0.13, CREAM, HEAD, "middle", 1.0)
        else:
            bird(sheet, left + face / 2, y + tall * 0.3, face * 0.5, CREAM)
            sheet.lines(
                ("Six cans of winter tea.", "Spiced apple, ginger.", "Best shared warm."),
                left + face / 2,
                y + tall * 0.52,
                face * 0.06,
                CREAM,
                TEXT,
                "middle",
                1.5,
            )
            if look.legal:
                sheet.lines(
                    ("Contains caffeine", "(12 mg/100 ml)."),
                    left + face / 2,
                    y + tall * 0.88,
                    face * 0.045,
                    CREAM,
                    TEXT,
                    "middle",
                    1.3,
                )
    for n in range(1, 4):
        for k in range(30):
            sheet.box(x + face * n - 1, y + tall * k / 30, 2, tall / 60, "#e9e4da", opacity=0.8)
    sheet.shape(rounded(x + face * 4, y + tall * 0.03, w * 0.03, tall * 0.94, 6), "#d8d2c6")
    sheet.text("Gift box sleeve, dieline 4/4, 1:2", w * 0.07, h * 0.955, h * 0.026, "#6d675d", TEXT)
    for n, colour in enumerate(("#00a3e0", "#e5007d", "#ffe100", "#1a1a1a")):
        sheet.disc(w * (0.86 + 0.022 * n), h * 0.948, h * 0.012, colour)

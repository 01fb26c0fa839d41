"""Norra's scenes: the sleeper train under the moon, the app, timetables, signs."""

from signoff.ops.demo.drawing.canvas import Canvas, Type
from signoff.ops.demo.drawing.lettering import fitted
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.paint import Linear, Radial, across, down
from signoff.ops.demo.drawing.paths import Point, hills, oval, quad, rounded

NAVY, BLUE, GOLD, ICE, RED = "#0a1a42", "#2a52a8", "#ffcf4a", "#dbe6ff", "#e0483e"
BIG = Type(750, -0.03, 1.04)
TEXT = Type(450, 0.0)
BOLD = Type(650, -0.01)


def night(sheet: Canvas, look: Look) -> None:
    """By night: moon, mountains, water, and the train with its lit windows."""
    w, h = sheet.size
    m = min(w, h)
    wide = w > h * 1.15
    sheet.box(0, 0, w, h, Linear(((0, "#071233"), (0.5, "#1b3a86"), (0.78, "#5a7bc4"), (1, "#9fb4e2"))))
    stars(sheet, 90 if look.accents else 0)
    if look.accents:
        _aurora(sheet)
    moon, y = w * look.sun, h * (0.36 if wide else 0.44)
    sheet.glow(moon, y, m * 0.42, m * 0.42, GOLD, 0.45, 1.8)
    sheet.disc(moon, y, m * 0.105 * look.product, Radial(((0, "#fff3c4"), (1, GOLD)), 0.4, 0.35, 0.7))
    for base, tall, seed, tones, step in (
        (0.68, 0.24, 51, ("#35559f", "#5c7cc0"), 7),
        (0.74, 0.17, 54, ("#1d3a80", "#3a5ca6"), 5),
        (0.79, 0.07, 58, ("#0f2359", "#1c3775"), 6),
    ):
        sheet.shape(hills(w, h * base, h * tall, seed, w / step, h * 0.84), down(*tones))
    sheet.box(0, h * 0.79, w, h * 0.22, down("#24478f", "#0c1c4a", "#060f2c"))
    for n in range(8):
        sheet.oval(
            moon + (n % 3 - 1) * m * 0.015,
            h * (0.805 + 0.012 * n),
            m * (0.11 - 0.01 * n),
            h * 0.0022,
            GOLD,
            0.6 - 0.06 * n,
        )
    train(sheet, -w * 0.02, h * (0.875 if wide else 0.885), w * (0.8 if wide else 0.9), m * (0.085 if wide else 0.062))
    sheet.shape(hills(w, h * 0.965, h * 0.05, 61, w / 4, h), "#050c24")
    left = m * 0.08
    size = m * (0.1 if wide else 0.125)
    for n, line in enumerate(look.headline):
        sheet.text(line, left, left + size * (0.8 + n * 1.08), size, "#ffffff" if n == 0 else GOLD, BIG)
    if look.line:
        small = fitted(look.line, size * 0.3, w - 2 * left, TEXT.weight)
        sheet.text(look.line, left, left + size * (0.5 + 1.08 * len(look.headline)), small, ICE, TEXT)
    if look.headline:
        sheet.text("norra", w - left, h - left * 0.6, m * 0.05, "#ffffff", Type(750, -0.02, 1.1), "right")
    if look.legal:
        sheet.text(look.legal, left, h - left * 0.6, m * 0.019, ICE, TEXT, opacity=0.85)


def stars(sheet: Canvas, count: int) -> None:
    w, h = sheet.size
    for n in range(count):
        x, y = (n * 0.6180339) % 1, ((n * 0.7548776) % 1) * 0.62
        sheet.disc(x * w, y * h, max(min(w, h) * 0.0011 * (1 + n % 3), 0.8), "#ffffff", 0.35 + 0.2 * (n % 3))


def _aurora(sheet: Canvas) -> None:
    w, h = sheet.size
    for n, (colour, part) in enumerate((("#5fe3b5", 0.2), ("#74c9ff", 0.14))):
        top = [(w * k / 12, h * (0.2 + 0.07 * n + 0.05 * ((k * 5 + n * 3) % 7) / 7 - 0.012 * k)) for k in range(13)]
        sheet.shadow([[*top, *[(x, y + h * 0.13) for x, y in reversed(top)]]], min(w, h) * 0.05, colour, part)


def train(sheet: Canvas, x: float, y: float, long: float, tall: float) -> None:
    """Four coaches and the engine, heading right; `y` is the rail."""
    coach = long / 4.6
    sheet.shadow(rounded(x, y - tall * 0.1, long, tall * 0.2), tall * 0.25, "#000000", 0.6)
    sheet.box(x - long, y + tall * 0.06, long * 4, tall * 0.06, "#8ea6dc", opacity=0.55)
    for n in range(4):
        left = x + n * coach
        sheet.box(left, y - tall, coach * 0.985, tall * 0.92, down("#2b4f9f", "#16306f", "#0c1d4b"), tall * 0.12)
        sheet.box(left, y - tall * 0.34, coach * 0.985, tall * 0.07, GOLD)
        for k in range(7):
            wx = left + coach * (0.06 + 0.131 * k)
            lit = (n * 7 + k) % 5 != 2
            if lit:
                sheet.glow(wx + coach * 0.045, y - tall * 0.62, coach * 0.1, tall * 0.4, GOLD, 0.35)
            sheet.box(wx, y - tall * 0.8, coach * 0.09, tall * 0.34, "#ffe39a" if lit else "#0a1740", tall * 0.06)
    left = x + 4 * coach
    nose: list[Point] = [
        (left, y - tall),
        *quad(
            (left + coach * 0.3, y - tall), (left + coach * 0.52, y - tall * 0.8), (left + coach * 0.6, y - tall * 0.2)
        ),
        (left + coach * 0.58, y - tall * 0.08),
        (left, y - tall * 0.08),
    ]
    sheet.shape([nose], down("#2b4f9f", "#16306f", "#0c1d4b"))
    sheet.shape(
        [
            [
                (left + coach * 0.3, y - tall * 0.86),
                *quad(
                    (left + coach * 0.34, y - tall * 0.86),
                    (left + coach * 0.46, y - tall * 0.78),
                    (left + coach * 0.51, y - tall * 0.5),
                ),
                (left + coach * 0.3, y - tall * 0.5),
            ]
        ],
        "#9cc3ff",
    )
    sheet.shape(
        [
            [
                (left, y - tall * 0.34),
                (left + coach * 0.57, y - tall * 0.34),
                (left + coach * 0.585, y - tall * 0.27),
                (left, y - tall * 0.27),
            ]
        ],
        GOLD,
    )
    sheet.glow(left + coach * 0.62, y - tall * 0.2, coach * 0.5, tall * 0.5, "#fff0b8", 0.75)
    sheet.disc(left + coach * 0.575, y - tall * 0.2, tall * 0.06, "#fffbe6")


def berth_card(sheet: Canvas, look: Look) -> None:
    """The card on the pillow."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#efe9de", "#d9d1c2"))
    cw, ch = w * 0.34, h * 0.82
    for n in range(2):
        x, y = w * (0.12 + 0.42 * n), h * 0.09
        card = Canvas(cw, ch)
        if n == 0:
            night(card, look)
        else:
            card.box(0, 0, cw, ch, "#fffdf8")
            card.text("45", cw * 0.1, ch * 0.2, cw * 0.34, NAVY, BIG)
            card.lines(
                ("God natt.", "Vi väcker dig", "fyrtio minuter", "före Abisko."),
                cw * 0.1,
                ch * 0.4,
                cw * 0.085,
                NAVY,
                TEXT,
                lead=1.4,
            )
            card.box(cw * 0.1, ch * 0.75, cw * 0.8, 2, NAVY, opacity=0.3)
            card.lines(
                ("Frukost från 06.30 i vagn 9.", "Ring klockan om du fryser."),
                cw * 0.1,
                ch * 0.8,
                cw * 0.05,
                "#4a5a86",
                TEXT,
                lead=1.6,
            )
        sheet.shadow(rounded(x + 6, y + 12, cw, ch, 18), 18, "#5b513f", 0.45)
        sheet.picture(card.image, x, y, cw, ch, 18)


STOPS = (
    ("Stockholm", "22.14"),
    ("Gävle", "23.40"),
    ("Sundsvall", "01.55"),
    ("Umeå", "05.08"),
    ("Boden", "07.36"),
    ("Gällivare", "09.44"),
    ("Kiruna", "11.02"),
    ("Abisko", "13.20"),
    ("Narvik", "16.47"),
)


def line_map(sheet: Canvas, look: Look) -> None:
    """The way north, along the window."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, across("#9fb4e2", "#2a52a8", "#0a1a42"))
    for base, tall, seed, tone in ((0.8, 0.42, 71, "#6f8fd0"), (0.95, 0.36, 73, "#2a4b98")):
        sheet.shape(hills(w, h * base, h * tall, seed, w / 12, h), tone, 0.55)
    sheet.text(look.headline[0], w * 0.03, h * 0.2, h * 0.12, "#ffffff", BIG)
    points = [(w * (0.05 + 0.1125 * n), h * (0.62 - 0.12 * (((n * 5) % 4) / 4 - 0.4))) for n in range(len(STOPS))]
    sheet.stroke(points, h * 0.018, "#ffffff")
    for n, ((name, time), (x, y)) in enumerate(zip(STOPS, points, strict=True)):
        sheet.disc(x, y, h * 0.03, GOLD if n in (0, len(STOPS) - 1) else "#ffffff")
        sheet.disc(x, y, h * 0.016, NAVY)
        align = "left" if n == 0 else "right" if n == len(STOPS) - 1 else "middle"
        sheet.text(name, x, y - h * 0.07, h * 0.052, "#ffffff", BOLD, align)
        sheet.text(time, x, y + h * 0.1, h * 0.05, ICE, TEXT, align)


def timetable(sheet: Canvas, look: Look) -> None:
    """The yellow sheet of the platform, in Norra's blue."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, "#fdfcf7")
    north = look.variant != "south"
    sheet.box(0, 0, w, h * 0.17, across(NAVY, "#24468f"))
    sheet.text("Norrut" if north else "Söderut", w * 0.06, h * 0.085, h * 0.055, GOLD, BIG)
    sheet.text(look.headline[0], w * 0.06, h * 0.13, h * 0.024, "#ffffff", TEXT)
    sheet.text("norra", w * 0.94, h * 0.085, h * 0.04, "#ffffff", Type(750, -0.02, 1.1), "right")
    places = [name for name, _ in STOPS] if north else [name for name, _ in reversed(STOPS)]
    for n in range(26):
        y = h * (0.215 + 0.0275 * n)
        if n % 2 == 0:
            sheet.box(w * 0.05, y - h * 0.019, w * 0.9, h * 0.0275, "#e9eefb")
        minute = 305 + n * 41 + (n * 17) % 23
        sheet.text(f"{minute // 60 % 24:02}.{minute % 60:02}", w * 0.07, y, h * 0.0175, NAVY, BOLD)
        sheet.text(places[(n * 3 + 2) % len(places)], w * 0.2, y, h * 0.0175, NAVY, TEXT)
        via = f"via {places[(n * 3 + 5) % len(places)]}"
        sheet.text(via, w * 0.5, y, h * 0.0145, "#5a6c99", TEXT)
        sleeper = n % 6 == 4
        sheet.box(w * 0.78, y - h * 0.015, w * 0.085, h * 0.02, NAVY if sleeper else "#c9d5f2", h * 0.01)
        sheet.text(
            "natt" if sleeper else "dag",
            w * 0.8225,
            y - h * 0.0005,
            h * 0.0125,
            GOLD if sleeper else NAVY,
            BOLD,
            "middle",
        )
        sheet.text(str(1 + n * 7 % 12), w * 0.93, y, h * 0.0175, NAVY, BOLD, "right")
    sheet.text(
        look.legal or "Tiderna gäller från den andra söndagen i december.",
        w * 0.06,
        h * 0.965,
        h * 0.013,
        "#5a6c99",
        TEXT,
    )


def sign(sheet: Canvas, look: Look) -> None:
    """The crossing's sign: look twice."""
    w, h = sheet.size
    at_night = look.variant == "night"
    sheet.box(0, 0, w, h, down("#0b1226", "#24304f") if at_night else down("#bcd7ee", "#e9f1f3"))
    sheet.shape(hills(w, h * 0.86, h * 0.12, 81, w / 4, h), "#141b2e" if at_night else "#7f9d7b")
    sheet.box(w * 0.48, h * 0.6, w * 0.04, h * 0.4, across("#6a7079", "#c3c8ce", "#6a7079"))
    if at_night:
        sheet.glow(w / 2, h * 0.42, w * 0.6, h * 0.5, "#ffe9a8", 0.3)
    a, side = w * 0.5, w * 0.33
    outer = [[(a, h * 0.1), (a + side * 1.12, h * 0.72), (a - side * 1.12, h * 0.72)]]
    sheet.shadow([[(x + 8, y + 14) for x, y in outer[0]]], 16, "#000000", 0.4)
    sheet.shape(outer, RED)
    sheet.stroke([*outer[0], outer[0][0], outer[0][1]], w * 0.04, RED)
    sheet.shape(
        [[(a, h * 0.2), (a + side * 0.86, h * 0.665), (a - side * 0.86, h * 0.665)]],
        "#fff6d8" if at_night else "#ffd94a",
    )
    for x, k in ((a - w * 0.09, 1), (a + w * 0.09, 1)):
        sheet.shape(oval(x, h * 0.53, w * 0.075 * k * look.product, w * 0.046 * look.product), "#ffffff")
        sheet.disc(x + w * 0.012, h * 0.53, w * 0.035 * look.product, NAVY)
        sheet.disc(x + w * 0.022, h * 0.522, w * 0.01, "#ffffff")
    sheet.box(w * 0.2, h * 0.78, w * 0.6, h * 0.12, "#ffffff", w * 0.015)
    sheet.text(look.headline[0], w / 2, h * 0.862, h * 0.068, NAVY, BIG, "middle")


def pin(sheet: Canvas, look: Look) -> None:
    """The conductor's enamel pin on dark cloth."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, Radial(((0, "#2c3f72"), (1, "#0d1734"))))
    for n in range(60):
        sheet.stroke([(-w * 0.2 + n * w * 0.025, 0), (-w * 0.3 + n * w * 0.025, h)], 1.5, "#ffffff", 0.03)
    r = w * 0.31 * look.product
    sheet.shadow(oval(w * 0.515, h * 0.54, r, r), w * 0.03, "#000000", 0.65)
    sheet.disc(w / 2, h / 2, r, Linear(((0, "#fff4c8"), (0.35, "#d9a72d"), (0.6, "#f7dd8b"), (1, "#8f6410")), 60))
    face = Canvas(r * 1.84, r * 1.84)
    night(face, Look((), sun=look.sun, product=1.6, accents=look.accents))
    face.glow(face.w * 0.3, face.h * 0.2, face.w * 0.5, face.h * 0.3, "#ffffff", 0.3)
    sheet.picture(face.image, w / 2 - r * 0.92, h / 2 - r * 0.92, face.w, face.h, r)
    sheet.shape(oval(w / 2 - r * 0.3, h / 2 - r * 0.62, r * 0.42, r * 0.12, -24), "#ffffff", 0.35)


def abisko(sheet: Canvas, look: Look) -> None:
    """First light at Abisko, from the berth's window."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#2a2430", "#17131d"))
    view = Canvas(w * 0.84, h * 0.56)
    vw, vh = view.size
    view.box(0, 0, vw, vh, Linear(((0, "#1d2f66"), (0.45, "#8f7fae"), (0.7, "#ffb48a"), (1, "#ffe0b0"))))
    view.glow(vw * look.sun, vh * 0.5, vw * 0.6, vw * 0.6, "#fff0cb", 0.9)
    view.disc(vw * look.sun, vh * 0.5, vw * 0.07 * look.product, "#fff8e4")
    left = [
        (0.0, vh * 0.62),
        (vw * 0.2, vh * 0.4),
        *quad((vw * 0.3, vh * 0.42), (vw * 0.46, vh * 0.64), (vw * 0.6, vh * 0.42)),
        (vw * 0.8, vh * 0.36),
        (vw, vh * 0.58),
        (vw, vh),
        (0.0, vh),
    ]
    view.shape([left], down("#6a6aa0", "#b98f9f"))
    view.shape(hills(vw, vh * 0.8, vh * 0.1, 91, vw / 4, vh), down("#f2f0f6", "#c5b9d2"))
    view.shape(hills(vw, vh * 0.94, vh * 0.08, 93, vw / 3, vh), down("#ffffff", "#d9d4e6"))
    sheet.box(w * 0.06, h * 0.1, w * 0.88, h * 0.6, "#3c3442", w * 0.08)
    sheet.picture(view.image, w * 0.08, h * 0.12, vw, vh, w * 0.06)
    sheet.shape(
        [[(w * 0.2, h * 0.12), (w * 0.36, h * 0.12), (w * 0.2, h * 0.68), (w * 0.08, h * 0.68)]], "#ffffff", 0.08
    )
    sheet.shape(
        [[(0, h * 0.74), *quad((w * 0.2, h * 0.7), (w * 0.6, h * 0.79), (w, h * 0.73)), (w, h), (0, h)]],
        down("#e9e4ef", "#9d94ad"),
    )
    sheet.shape(
        [[(0, h * 0.83), *quad((w * 0.3, h * 0.79), (w * 0.6, h * 0.88), (w, h * 0.81)), (w, h), (0, h)]],
        down("#2a52a8", "#12285e"),
    )
    size = w * 0.105
    sheet.lines(look.headline, w * 0.1, h * 0.885, size, "#ffffff", BIG, lead=1.08)
    if look.accents:
        sheet.text("norra", w * 0.92, h * 0.965, w * 0.06, GOLD, Type(750, -0.02, 1.1), "right")

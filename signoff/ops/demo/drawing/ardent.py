"""Ardent's scenes: cold streets at dawn, the shoe on loud colour, windows, bibs, mails."""

from signoff.ops.demo.drawing.ardent_things import (
    BLACK,
    BLOCK,
    BLUE,
    LIME,
    ORANGE,
    PAPER,
    SMALL,
    course,
    put_shoe,
    runner,
    wordmark,
)
from signoff.ops.demo.drawing.canvas import Canvas, Type
from signoff.ops.demo.drawing.lettering import fitted
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.paint import Linear, across, down, slanted
from signoff.ops.demo.drawing.paths import rounded

SKY = Linear(((0, "#12233f"), (0.35, "#3d5478"), (0.62, "#c98f84"), (0.78, "#ffc48f"), (1, "#ffd9a3")))
TONES = {
    "lime": (LIME, "#b4e000", BLACK, ORANGE),
    "night": ("#10141b", "#29323f", LIME, LIME),
    "orange": ("#ff6a3d", "#e8401a", "#170805", BLUE),
}


def dawn_miles(sheet: Canvas, look: Look) -> None:
    """A street before sunrise, the road leading into the light, one runner."""
    w, h = sheet.size
    upright = h > w
    m = min(w, h)
    horizon = h * (0.6 if upright else 0.58)
    sun = w * look.sun
    sheet.box(0, 0, w, horizon + 2, SKY)
    sheet.glow(sun, horizon, m * 0.75, m * 0.6, "#ffe2ae", 0.9)
    sheet.disc(sun, horizon - m * 0.02, m * 0.085, "#fff3d6")
    _city(sheet, horizon, sun)
    _road(sheet, horizon, sun)
    if look.accents:
        _lamps(sheet, horizon, sun)
    tall = m * (0.5 if upright else 0.52) * look.product
    x, foot = (w * 0.64, h * 0.9) if upright else (w * 0.735, h * 0.92)
    sheet.shape(
        [
            [
                (x - tall * 0.02, foot),
                (x + tall * 0.1, foot - tall * 0.01),
                (x + tall * 0.75, foot + tall * 0.16),
                (x + tall * 0.5, foot + tall * 0.18),
            ]
        ],
        "#070b14",
        0.5,
    )
    runner(sheet, x, foot, tall, "#0a101c", LIME)
    left = m * 0.075
    size = fitted(
        max(look.headline, key=len),
        m * (0.2 if upright else 0.19),
        w - 2 * left,
        BLOCK.weight,
        BLOCK.tracking,
        BLOCK.squeeze,
    )
    sheet.lines(look.headline, left, left + size * 0.76, size, PAPER, BLOCK, lead=0.88)
    if look.line:
        sheet.text(look.line, left, h - left * (1.75 if upright else 0.9), m * 0.034, PAPER, SMALL)
    if look.legal:
        sheet.text(look.legal, left, h - left * 0.42, m * 0.017, PAPER, SMALL, opacity=0.75)
    wordmark(sheet, w - left, h - left * 0.9, m * 0.06, LIME)


def _city(sheet: Canvas, horizon: float, sun: float) -> None:
    """Houses in two rows, lower towards the light."""
    w, h = sheet.size
    for row, (colour, part, count) in enumerate((("#6f6684", 0.55, 17), ("#26324c", 0.8, 11))):
        for n in range(count):
            x = w * n / count
            wide = w / count + 1
            far = min(abs(x + wide / 2 - sun) / w * 1.9, 1.0)
            tall = h * (0.05 + 0.34 * part * far * (0.62 + 0.38 * ((n * 0.618 + row * 0.31) % 1)))
            sheet.box(x, horizon - tall, wide, tall, down(colour, "#c58a80" if row == 0 else "#4a4963"))
            if row and far > 0.35:
                _windows(sheet, x, horizon - tall, wide, tall, n)


def _windows(sheet: Canvas, x: float, y: float, wide: float, tall: float, seed: int) -> None:
    side = wide / 9
    for k in range(12):
        if (k * 7 + seed * 3) % 5 == 0:
            column, row = k % 4, (k * 5 + seed) % 7
            if (row + 1) * side * 2.2 < tall * 0.8:
                sheet.box(
                    x + side * (1 + 2 * column), y + side * (1 + row * 2.1), side, side * 1.25, "#ffcf7d", opacity=0.85
                )


def _road(sheet: Canvas, horizon: float, sun: float) -> None:
    w, h = sheet.size
    sheet.box(0, horizon, w, h - horizon + 1, down("#6b5a6e", "#2b3048", "#161c2d"))
    sheet.shape(
        [[(sun - w * 0.008, horizon), (sun + w * 0.008, horizon), (w * 1.12, h), (-w * 0.12, h)]],
        down("#b98a80", "#42415a", "#20263a"),
    )
    sheet.glow(sun, horizon, w * 0.3, h * 0.16, "#ffdda8", 0.7)
    for n in range(7):
        a, b = (n / 7) ** 2.2, ((n + 0.5) / 7) ** 2.2
        y0, y1 = horizon + (h - horizon) * a, horizon + (h - horizon) * b
        x = sun + (w * 0.5 - sun) * 1.0
        x0, x1 = sun + (x - sun) * a, sun + (x - sun) * b
        sheet.shape(
            [[(x0 - w * 0.012 * a, y0), (x0 + w * 0.012 * a, y0), (x1 + w * 0.012 * b, y1), (x1 - w * 0.012 * b, y1)]],
            "#fff0d8",
            0.85,
        )


def _lamps(sheet: Canvas, horizon: float, sun: float) -> None:
    w, h = sheet.size
    for n in range(4):
        k = 0.24 + n * 0.2
        x, foot, tall = sun - (sun + w * 0.02) * k, horizon + (h - horizon) * k * 0.62, h * 0.46 * k
        sheet.stroke(
            [(x, foot), (x, foot - tall), (x + tall * 0.14, foot - tall * 1.03)], max(tall * 0.012, 1.5), "#131a2a"
        )
        sheet.glow(x + tall * 0.15, foot - tall * 1.02, tall * 0.22, tall * 0.22, "#ffe9b8", 0.9)
        sheet.disc(x + tall * 0.15, foot - tall * 1.02, tall * 0.02, "#fff8e2")


def shoe_poster(sheet: Canvas, look: Look) -> None:
    """Type as large as it goes, the shoe on top of it."""
    w, h = sheet.size
    a, b, ink, accent = TONES[look.variant or "lime"]
    m = min(w, h)
    sheet.box(0, 0, w, h, slanted(a, b))
    if look.accents:
        course(sheet, ink, 0.12)
    wide = w > h * 1.3
    left = m * 0.07
    room = w * 0.52 if wide else w - 2 * left
    longest = max(look.headline, key=len)
    size = fitted(longest, h * 0.3 if wide else h * 0.17, room, BLOCK.weight, BLOCK.tracking, BLOCK.squeeze)
    sheet.lines(look.headline, left, left + size * 0.76, size, ink, BLOCK, lead=0.86)
    x, y, span = (w * 0.72, h * 0.56, min(h * 1.05, w * 0.5)) if wide else (w * 0.52, h * 0.7, min(w * 0.86, h * 0.62))
    put_shoe(sheet, x, y, span * look.product, 14, accent, accent if ink == LIME else LIME if a != LIME else ORANGE)
    if look.line:
        sheet.text(look.line, left, h - left, m * 0.034, ink, SMALL)
    if look.legal:
        sheet.text(look.legal, left, h - left * 0.45, m * 0.016, ink, SMALL, opacity=0.8)
    wordmark(sheet, w - left, h - left, m * 0.058, ink)


def leaderboard(sheet: Canvas, look: Look) -> None:
    """The wide web formats."""
    w, h = sheet.size
    a, b, ink, accent = TONES[look.variant or "lime"]
    sheet.box(0, 0, w, h, across(a, a, b))
    course(sheet, ink, 0.14)
    two = w < h * 5
    size = h * (0.34 if two else 0.42)
    if two:
        sheet.lines(look.headline, h * 0.14, h * 0.42, size, ink, BLOCK, lead=0.9)
    else:
        sheet.text(" ".join(look.headline), h * 0.25, h * 0.66, size, ink, BLOCK)
    put_shoe(sheet, w * (0.62 if two else 0.66), h * 0.5, h * (1.3 if two else 1.5) * look.product, 12, accent, ORANGE)
    tall = h * (0.2 if two else 0.4)
    sheet.box(w - tall * 4.1, h * 0.5 - tall / 2, tall * 3.6, tall, ink, tall * 0.12)
    sheet.text(look.button, w - tall * 2.3, h * 0.5 + tall * 0.16, tall * 0.42, a, Type(750, -0.01), "middle")


def mailer(sheet: Canvas, look: Look) -> None:
    """The club's mail: head, one story, two products, foot."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, PAPER)
    wordmark(sheet, w * 0.06, h * 0.045, w * 0.055, BLACK, "left")
    sheet.text("Club mail, November", w * 0.94, h * 0.042, w * 0.024, "#5f6358", SMALL, "right")
    head = Canvas(w, h * 0.34)
    dawn_miles(head, Look(look.headline, sun=look.sun, product=look.product, accents=look.accents))
    sheet.picture(head.image, 0, h * 0.065, w, h * 0.34)
    sheet.lines(look.line.split("/"), w * 0.06, h * 0.46, w * 0.034, BLACK, SMALL, lead=1.4)
    _mail_button(sheet, w * 0.06, h * 0.535, w, look.button, LIME, BLACK)
    for n, (tone, name, price) in enumerate((("orange", "Trail 3", "€ 165"), ("night", "Trail 3 GTX", "€ 185"))):
        x, y, side = w * (0.06 + 0.455 * n), h * 0.605, w * 0.425
        tile = Canvas(side, side * 0.78)
        a, b, ink, accent = TONES[tone]
        tile.box(0, 0, side, side, slanted(a, b))
        put_shoe(tile, side * 0.5, side * 0.4, side * 0.82, 12, accent, LIME)
        sheet.picture(tile.image, x, y, side, side * 0.78, 8)
        sheet.text(name, x, y + side * 0.875, w * 0.034, BLACK, Type(750, -0.02))
        sheet.text(price, x + side, y + side * 0.875, w * 0.03, "#5f6358", SMALL, "right")
    _mail_button(sheet, w * 0.06, h * 0.885, w, "To the shop", BLACK, LIME)
    sheet.text(
        "You get this mail because you run with us. Leave at any time.", w * 0.06, h * 0.97, w * 0.021, "#7c8073", SMALL
    )


def _mail_button(sheet: Canvas, x: float, y: float, w: float, words: str, paint: str, ink: str) -> None:
    sheet.box(x, y, w * 0.32, w * 0.075, paint, w * 0.01)
    sheet.text(words, x + w * 0.16, y + w * 0.048, w * 0.029, ink, Type(700, -0.01), "middle")


def bib(sheet: Canvas, look: Look) -> None:
    """The number on the chest."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#d9dbd3", "#c4c7bd"))
    x, y, bw, bh = w * 0.09, h * 0.1, w * 0.82, h * 0.8
    sheet.shadow(rounded(x + 6, y + 12, bw, bh, 16), w * 0.014, "#3a3d33", 0.5)
    sheet.box(x, y, bw, bh, "#fffefa", 16)
    sheet.box(x, y, bw, bh * 0.24, LIME, 16)
    sheet.box(x, y + bh * 0.14, bw, bh * 0.1, LIME)
    sheet.text("DAWN MILES", x + bw * 0.05, y + bh * 0.165, bh * 0.13, BLACK, BLOCK)
    wordmark(sheet, x + bw * 0.95, y + bh * 0.155, bh * 0.085, BLACK)
    sheet.text("0618", x + bw / 2, y + bh * 0.745, bh * 0.5, BLACK, Type(900, -0.03, 0.9), "middle")
    sheet.text("Ida Winther", x + bw * 0.05, y + bh * 0.93, bh * 0.075, BLACK, SMALL)
    sheet.text("10 km, start 06:18", x + bw * 0.95, y + bh * 0.93, bh * 0.06, ORANGE, SMALL, "right")
    for px, py in ((0.035, 0.06), (0.965, 0.06), (0.035, 0.94), (0.965, 0.94)):
        sheet.disc(x + bw * px, y + bh * py, bh * 0.018, "#c4c7bd")


def band(sheet: Canvas, look: Look) -> None:
    """The pace band: kilometres and times."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, across(LIME, "#a7d800"))
    sheet.text("10 KM", h * 0.3, h * 0.66, h * 0.48, BLACK, BLOCK)
    for n in range(10):
        x = w * (0.16 + 0.07 * n)
        sheet.box(x, h * 0.16, 2, h * 0.68, BLACK, opacity=0.35)
        sheet.text(str(n + 1), x + w * 0.035, h * 0.45, h * 0.26, BLACK, Type(850, 0, 0.9), "middle")
        seconds = 294 * (n + 1)
        sheet.text(f"{seconds // 60}:{seconds % 60:02}", x + w * 0.035, h * 0.78, h * 0.19, BLACK, SMALL, "middle")
    wordmark(sheet, w - h * 0.2, h * 0.62, h * 0.24, BLACK)


def arch(sheet: Canvas, look: Look) -> None:
    """The finish, with the sky behind."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, SKY)
    sheet.glow(w / 2, h * 0.74, w * 0.4, h * 0.5, "#ffe9bd", 0.9)
    sheet.box(0, h * 0.8, w, h * 0.2, down("#4b4a5f", "#20263a"))
    sheet.shape([[(w * 0.46, h * 0.8), (w * 0.54, h * 0.8), (w * 0.86, h), (w * 0.14, h)]], down("#8d7a7f", "#3a3d52"))
    x, y, aw, ah = w * 0.12, h * 0.16, w * 0.76, h * 0.7
    for side in (x, x + aw - aw * 0.13):
        sheet.box(side, y, aw * 0.13, ah, across("#a9d600", LIME, "#8ab000"))
    sheet.box(x - aw * 0.02, y, aw * 1.04, ah * 0.34, down(LIME, "#b9e312"), 10)
    sheet.text(look.headline[0], w / 2, y + ah * 0.235, ah * 0.25, BLACK, BLOCK, "middle")
    sheet.text("00:48:57", w / 2, y + ah * 0.46, ah * 0.1, "#ff7a52", Type(800, 0.04), "middle")
    for side in (x + aw * 0.065, x + aw * 0.935):
        for n in range(3):
            runner(sheet, side, y + ah * (0.55 + 0.19 * n), ah * 0.13 * look.product, BLACK)
    runner(sheet, w * 0.53, h * 0.93, h * 0.3 * look.product, "#0a101c", LIME)


def window(sheet: Canvas, look: Look) -> None:
    """A shop window with its three layers: wall, type, shoes on plinths."""
    w, h = sheet.size
    a, b, ink, accent = TONES[look.variant or "orange"]
    sheet.box(0, 0, w, h, "#2b2d31")
    sheet.box(w * 0.05, h * 0.05, w * 0.9, h * 0.82, down(a, b))
    pane = Canvas(w * 0.9, h * 0.82)
    pane.box(0, 0, pane.w, pane.h, down(a, a, b))
    course(pane, ink, 0.12)
    size = fitted(
        max(look.headline, key=len), pane.h * 0.24, pane.w * 0.88, BLOCK.weight, BLOCK.tracking, BLOCK.squeeze
    )
    pane.lines(look.headline, pane.w * 0.06, pane.h * 0.05 + size * 0.76, size, ink, BLOCK, lead=0.88)
    pane.box(0, pane.h * 0.86, pane.w, pane.h * 0.14, down("#3b3e42", "#1d1f22"))
    for px, top, wide, turn in ((0.24, 0.74, 0.3, 8), (0.76, 0.7, 0.3, 4), (0.5, 0.6, 0.42, 14)):
        left, y = pane.w * (px - wide * 0.42), pane.h * top
        pane.box(left, y, pane.w * wide * 0.84, pane.h * (0.92 - top), across("#f4f3ec", "#dcdad0", "#b9b7ac"))
        pane.box(left, y, pane.w * wide * 0.84, pane.h * 0.012, "#ffffff")
        put_shoe(
            pane,
            pane.w * px,
            y - pane.w * wide * 0.3 * look.product,
            pane.w * wide * 1.05 * look.product,
            turn,
            accent,
            LIME if a != LIME else ORANGE,
        )
    sheet.picture(pane.image, w * 0.05, h * 0.05, w * 0.9, h * 0.82)
    for n in range(2):
        left = w * (0.2 + 0.36 * n)
        sheet.shape(
            [[(left, h * 0.05), (left + w * 0.1, h * 0.05), (left - w * 0.12, h * 0.87), (left - w * 0.22, h * 0.87)]],
            "#ffffff",
            0.09,
        )
    sheet.box(0, h * 0.87, w, h * 0.13, down("#6b6d70", "#4a4c4f"))
    sheet.text(look.line, w * 0.05, h * 0.95, w * 0.026, "#ffffff", SMALL, opacity=0.8)


def plan(sheet: Canvas, look: Look) -> None:
    """One frame of the training plan: `variant` is its week."""
    w, h = sheet.size
    week = int(look.variant or "1")
    a, b, ink, accent = TONES[("lime", "night", "orange")[week % 3]]
    sheet.box(0, 0, w, h, down(a, b))
    course(sheet, ink, 0.1)
    sheet.text(f"WEEK {week}", w * 0.08, h * 0.16, w * 0.24, ink, BLOCK)
    runs = ((5, "easy"), (8, "hills"), (6, "easy"), (12, "long"))
    for n, (km, words) in enumerate(runs):
        y = h * (0.24 + 0.105 * n)
        sheet.box(w * 0.08, y, w * 0.84, h * 0.088, ink, w * 0.03, 0.1)
        sheet.box(w * 0.08, y, w * 0.84 * (km + week) / 18, h * 0.088, accent, w * 0.03)
        sheet.text(f"{km + week} km", w * 0.12, y + h * 0.057, w * 0.07, ink if accent != LIME else BLACK, BLOCK)
        sheet.text(words, w * 0.88, y + h * 0.055, w * 0.042, ink, SMALL, "right")
    put_shoe(sheet, w * 0.5, h * 0.78, w * 0.78 * look.product, 10, accent, LIME if a != LIME else ORANGE)
    wordmark(sheet, w * 0.92, h * 0.955, w * 0.06, ink)

"""Norra's app and mails: phones, widget, icon, the ticket as a mail."""

from random import Random

from signoff.ops.demo.drawing.canvas import Canvas
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.norra import BIG, BOLD, GOLD, NAVY, TEXT, night
from signoff.ops.demo.drawing.paint import down
from signoff.ops.demo.drawing.paths import placed, rounded


def screen(sheet: Canvas, look: Look) -> None:
    """A phone with the sleeper app. The variant says which page, light or dark: start-light, berth-dark ..."""
    w, h = sheet.size
    page, _, mood = (look.variant or "start-dark").partition("-")
    dark = mood == "dark"
    sheet.box(0, 0, w, h, down(*(("#1a3474", "#081536") if dark else ("#e6eefc", "#c3d3f2"))))
    pw = min(w * 0.72, h * 0.43)
    ph = pw * 2.05
    x, y = (w - pw) / 2, (h - ph) / 2
    sheet.shadow(rounded(x + 8, y + ph * 0.02, pw, ph, pw * 0.14), pw * 0.06, "#030918", 0.5)
    sheet.box(x, y, pw, ph, "#05091a", pw * 0.14)
    inner = Canvas(pw * 0.94, ph - pw * 0.06)
    paper, ink, soft, tile = (
        ("#0b1739", "#ffffff", "#9fb2e0", "#17285a") if dark else ("#f7f9ff", "#0a1a42", "#5a6c99", "#ffffff")
    )
    inner.box(0, 0, inner.w, inner.h, paper)
    {"start": _start, "berth": _berth, "ticket": _ticket, "wake": _wake}[page](inner, look, ink, soft, tile)
    sheet.picture(inner.image, x + pw * 0.03, y + pw * 0.03, inner.w, inner.h, pw * 0.115)
    sheet.box(x + pw * 0.36, y + pw * 0.06, pw * 0.28, pw * 0.055, "#05091a", pw * 0.03)


def _start(page: Canvas, look: Look, ink: str, soft: str, tile: str) -> None:
    w, h = page.size
    hero = Canvas(w, h * 0.46)
    night(hero, Look(("Good", "evening"), sun=look.sun, product=look.product, accents=look.accents))
    page.picture(hero.image, 0, 0, w, h * 0.46)
    page.lines(look.headline, w * 0.08, h * 0.55, w * 0.1, ink, BIG, lead=1.1)
    for n, (place, time) in enumerate((("Stockholm C", "Tonight 22:14"), ("Narvik", "Tomorrow 16:47"))):
        top = h * (0.645 + 0.085 * n)
        page.box(w * 0.08, top, w * 0.84, h * 0.075, tile, w * 0.04)
        page.disc(w * 0.15, top + h * 0.0375, w * 0.018, GOLD if n else "#6f8fd8")
        page.text(place, w * 0.21, top + h * 0.046, w * 0.047, ink, BOLD)
        page.text(time, w * 0.88, top + h * 0.045, w * 0.036, soft, TEXT, "right")
    page.box(w * 0.08, h * 0.84, w * 0.84, h * 0.075, GOLD, w * 0.05)
    page.text(look.button or "Find a berth", w / 2, h * 0.887, w * 0.048, NAVY, BOLD, "middle")


def _berth(page: Canvas, look: Look, ink: str, soft: str, tile: str) -> None:
    w, h = page.size
    page.text("Choose a berth", w * 0.08, h * 0.15, w * 0.085, ink, BIG)
    page.text("Coach 12, two nights left", w * 0.08, h * 0.19, w * 0.04, soft, TEXT)
    for row in range(5):
        for side in range(2):
            x, y = w * (0.08 + 0.44 * side), h * (0.235 + 0.115 * row)
            mine = (row, side) == (2, 0)
            taken = (row * 2 + side) % 3 == 1 and not mine
            page.box(x, y, w * 0.4, h * 0.1, GOLD if mine else tile, w * 0.04, 0.45 if taken else 1)
            page.box(x + w * 0.03, y + h * 0.018, w * 0.09, h * 0.064, "#ffffff" if not taken else soft, w * 0.025, 0.8)
            page.text(
                f"{row * 2 + side + 41}",
                x + w * 0.36,
                y + h * 0.062,
                w * 0.05,
                NAVY if mine else ink,
                BOLD,
                "right",
                0.4 if taken else 1,
            )
    page.box(w * 0.08, h * 0.85, w * 0.84, h * 0.075, GOLD, w * 0.05)
    page.text("Take berth 45", w / 2, h * 0.897, w * 0.048, NAVY, BOLD, "middle")


def _ticket(page: Canvas, look: Look, ink: str, soft: str, tile: str) -> None:
    w, h = page.size
    page.text("Your night", w * 0.08, h * 0.15, w * 0.085, ink, BIG)
    page.box(w * 0.08, h * 0.2, w * 0.84, h * 0.6, tile, w * 0.06)
    hero = Canvas(w * 0.84, h * 0.22)
    night(hero, Look((), sun=look.sun, product=look.product))
    page.picture(hero.image, w * 0.08, h * 0.2, w * 0.84, h * 0.22, w * 0.06)
    for n, (name, value) in enumerate(
        (("From", "Stockholm C, 22:14"), ("To", "Narvik, 16:47"), ("Berth", "12 · 45, lower"))
    ):
        page.text(name, w * 0.14, h * (0.475 + 0.04 * n), w * 0.04, soft, TEXT)
        page.text(value, w * 0.86, h * (0.475 + 0.04 * n), w * 0.042, ink, BOLD, "right")
    side = w * 0.36
    page.box(w / 2 - side / 2, h * 0.595, side, side, "#ffffff", w * 0.02)
    _code(page, w / 2 - side * 0.44, h * 0.595 + side * 0.06, side * 0.88)


def _code(page: Canvas, x: float, y: float, side: float) -> None:
    """Something that looks like a code to scan, and says nothing."""
    random, dot = Random(12), side / 21
    for n in range(441):
        row, column = divmod(n, 21)
        is_eye = (row < 8 and (column < 8 or column > 12)) or (row > 12 and column < 8)
        if not is_eye and random.random() < 0.48:
            page.box(x + column * dot, y + row * dot, dot + 0.5, dot + 0.5, NAVY)
    for ex, ey in ((0, 0), (14, 0), (0, 14)):
        for part, paint in ((7, NAVY), (5, "#ffffff"), (3, NAVY)):
            page.box(x + (ex + (7 - part) / 2) * dot, y + (ey + (7 - part) / 2) * dot, part * dot, part * dot, paint)


def _wake(page: Canvas, look: Look, ink: str, soft: str, tile: str) -> None:
    w, h = page.size
    page.text("Wake me", w * 0.08, h * 0.15, w * 0.085, ink, BIG)
    page.text("forty minutes before Abisko", w * 0.08, h * 0.19, w * 0.04, soft, TEXT)
    page.disc(w / 2, h * 0.48, w * 0.36, tile)
    page.glow(w / 2, h * 0.48, w * 0.36, w * 0.36, GOLD, 0.25)
    page.text("07:20", w / 2, h * 0.505, w * 0.2, ink, BIG, "middle")
    for n in range(24):
        a = placed([[(0, -w * 0.32), (0, -w * (0.34 if n % 6 else 0.355))]], w / 2, h * 0.48, 1, n * 15)[0]
        page.stroke(a, 3, GOLD if n < 9 else soft)
    for n, words in enumerate(("Softly, with light", "Coffee to the berth")):
        top = h * (0.73 + 0.085 * n)
        page.box(w * 0.08, top, w * 0.84, h * 0.072, tile, w * 0.04)
        page.text(words, w * 0.14, top + h * 0.045, w * 0.043, ink, BOLD)
        page.box(w * 0.74, top + h * 0.02, w * 0.13, h * 0.034, GOLD, w * 0.04)
        page.disc(w * 0.837, top + h * 0.037, w * 0.028, "#ffffff")


def widget(sheet: Canvas, look: Look) -> None:
    """The next train in three sizes."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#b9cdf3", "#7f9fdc", "#4a6cb8"))
    for x, y, bw, bh, big, dark in (
        (0.07, 0.1, 0.26, 0.36, False, True),
        (0.38, 0.1, 0.55, 0.36, True, False),
        (0.07, 0.52, 0.86, 0.38, True, True),
    ):
        left, top, wide, tall = w * x, h * y, w * bw, h * bh
        sheet.shadow(rounded(left + 4, top + 10, wide, tall, 44), 22, "#0a1a42", 0.4)
        sheet.box(left, top, wide, tall, down("#16306f", NAVY) if dark else "#ffffff", 44)
        ink, soft = ("#ffffff", "#9fb2e0") if dark else (NAVY, "#5a6c99")
        sheet.text("Umeå", left + h * 0.045, top + h * 0.08, h * 0.038, soft, BOLD)
        sheet.text(look.headline[0], left + h * 0.04, top + h * 0.21, h * 0.125 * look.product, ink, BIG)
        sheet.text("minuter, spår 3", left + h * 0.045, top + h * 0.285, h * 0.034, soft, TEXT)
        if big:
            for n, (time, place) in enumerate((("17.42", "Umeå"), ("18.07", "Boden"), ("18.31", "Luleå"))):
                sheet.text(time, left + wide - h * 0.05, top + h * (0.1 + 0.085 * n), h * 0.042, ink, BOLD, "right")
                sheet.text(place, left + wide - h * 0.19, top + h * (0.1 + 0.085 * n), h * 0.038, soft, TEXT, "right")
        sheet.box(left + h * 0.045, top + tall - h * 0.035, (wide - h * 0.09) * 0.62, h * 0.01, GOLD, h * 0.005)


def icon(sheet: Canvas, look: Look) -> None:
    """The app's icon for winter."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, down("#f1f4fb", "#dde5f5"))
    side = w * 0.62 * look.product
    x = (w - side) / 2
    face = Canvas(side, side)
    night(face, Look((), sun=0.66, product=1.5))
    sheet.shadow(rounded(x + 6, x + 20, side, side, side * 0.23), w * 0.03, "#0a1a42", 0.45)
    for n in range(26):
        face.disc(
            side * ((n * 0.618) % 1), side * ((n * 0.377) % 0.95), side * (0.006 + 0.005 * (n % 3)), "#ffffff", 0.9
        )
    sheet.picture(face.image, x, x, side, side, side * 0.23)


def mail(sheet: Canvas, look: Look) -> None:
    """The ticket as a mail."""
    w, h = sheet.size
    sheet.box(0, 0, w, h, "#eef2fb")
    hero = Canvas(w, h * 0.42)
    night(hero, look)
    sheet.picture(hero.image, 0, 0, w, h * 0.42)
    sheet.box(w * 0.06, h * 0.38, w * 0.88, h * 0.34, "#ffffff", w * 0.03)
    for n, (name, value) in enumerate(
        (
            ("Från", "Stockholm C, 22.14, spår 10"),
            ("Till", "Narvik, 16.47"),
            ("Vagn och bädd", "12, 45 nedre"),
            ("Resande", "Elin Åkesson"),
        )
    ):
        y = h * (0.445 + 0.066 * n)
        sheet.text(name, w * 0.12, y, w * 0.034, "#5a6c99", TEXT)
        sheet.text(value, w * 0.88, y, w * 0.037, NAVY, BOLD, "right")
        sheet.box(w * 0.12, y + h * 0.02, w * 0.76, 1.5, "#dbe3f5")
    sheet.box(w * 0.06, h * 0.77, w * 0.88, h * 0.08, GOLD, w * 0.03)
    sheet.text(look.button or "Öppna i appen", w / 2, h * 0.82, w * 0.042, NAVY, BOLD, "middle")
    sheet.text(
        "Norra Rail AB, Luleå. Svara på det här mejlet, vi läser allt.",
        w / 2,
        h * 0.94,
        w * 0.025,
        "#5a6c99",
        TEXT,
        "middle",
    )

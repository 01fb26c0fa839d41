"""Northlight's feature: the harbour at blue hour, before and after the grade, and its titles."""

from signoff.ops.demo.drawing.canvas import Canvas, Type
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.paint import Linear, down
from signoff.ops.demo.drawing.paths import hills

CARD = Type(300, 0.22)
SLATE = Type(500, 0.04)


def frame(sheet: Canvas, look: Look) -> None:
    """A still in scope: boats, a lamp, somebody on the quay. `light` and `warmth` are the grade."""
    w, h = sheet.size
    sheet.box(
        0, 0, w, h, Linear(((0, "#15243a"), (0.4, "#3c566f"), (0.62, "#b98f78"), (0.7, "#e9bd92"), (1, "#e9bd92")))
    )
    sheet.glow(w * look.sun, h * 0.62, h * 0.7, h * 0.5, "#ffd9a0", 0.75)
    sheet.shape(hills(w, h * 0.63, h * 0.07, 21, w / 9, h), down("#47586b", "#6a6c74"))
    sheet.box(0, h * 0.64, w, h * 0.37, down("#9c8379", "#3d4e60", "#101a28"))
    for n in range(12):
        sheet.oval(
            w * look.sun + (n % 3 - 1) * w * 0.014,
            h * (0.655 + 0.015 * n),
            w * (0.09 - 0.005 * n),
            h * 0.003,
            "#ffd9a0",
            0.6 - 0.04 * n,
        )
    for x, size in ((0.2, 1.0), (0.42, 0.62), (0.86, 0.8)):
        _boat(sheet, w * x, h * (0.7 + 0.08 * size), h * 0.0011 * size)
    sheet.shape([[(0, h * 0.9), (w * 0.6, h * 0.86), (w * 0.66, h), (0, h)]], down("#1a222d", "#0a0f16"))
    if look.accents:
        sheet.stroke([(w * 0.52, h * 0.88), (w * 0.52, h * 0.42)], h * 0.01, "#0d131b")
        sheet.glow(w * 0.52, h * 0.42, h * 0.28, h * 0.28, "#ffcf87", 0.85)
        sheet.disc(w * 0.52, h * 0.42, h * 0.016, "#fff3d6")
    scale = h * 0.0013 * look.product
    sheet.disc(w * 0.34, h * 0.885 - 196 * scale, 22 * scale, "#0b1017")
    sheet.path(
        "M-34-166Q0-186 34-166L42-50L30-48L28 0L6 0L0-56L-6 0L-28 0L-30-48L-42-50Z",
        "#0b1017",
        w * 0.34,
        h * 0.885,
        scale,
    )
    for y in (0, h * 0.885):
        sheet.box(0, y, w, h * 0.115 + 1, "#000000")
    if look.headline:
        sheet.lines(look.headline, w / 2, h * 0.47, h * 0.08, "#fff6e6", CARD, "middle", 1.5)
    if look.line:
        sheet.text(look.line, w * 0.03, h * 0.955, h * 0.026, "#9aa4b0", SLATE)
        sheet.text("01:04:12:08", w * 0.97, h * 0.955, h * 0.026, "#9aa4b0", SLATE, "right")


def _boat(sheet: Canvas, x: float, y: float, scale: float) -> None:
    sheet.path("M-150-26L150-34Q134 20 108 24L-112 24Q-140 16-150-26Z", down("#22303f", "#0e151e"), x, y, scale)
    sheet.path("M-60-28L-54-84L36-84L44-32Z", "#2c3b4b", x, y, scale)
    for n in range(3):
        sheet.path(f"M{-44 + n * 28} -72h18v20h-18Z", "#ffd48c", x, y, scale)
    sheet.path("M70-36L74-210L80-210L82-36Z", "#141d28", x, y, scale)
    sheet.path("M76-200L-40-90L-36-88Z", "#141d28", x, y, scale)
    sheet.oval(x, y + 34 * scale, 150 * scale, 10 * scale, "#0a1018", 0.6)

"""The shots that the demo's films are cut from: grounds and cut-outs, drawn once for a process."""

from functools import cache

from PIL import Image, ImageFilter

from signoff.ops.demo.drawing.ardent import SKY as STREET_SKY
from signoff.ops.demo.drawing.ardent_things import BLACK, BLOCK, LIME, course, put_shoe, runner, wordmark
from signoff.ops.demo.drawing.canvas import Canvas, covering
from signoff.ops.demo.drawing.film import SIZE, Layer, Shot, layer
from signoff.ops.demo.drawing.kolibri import CREAM, HEAD, TEXT
from signoff.ops.demo.drawing.kolibri_things import GREENS, bird, can, put_leaf
from signoff.ops.demo.drawing.norra import BIG, GOLD, stars, train
from signoff.ops.demo.drawing.paint import Linear, Paint, Radial, down, filled, slanted
from signoff.ops.demo.drawing.paths import Polygons, hills, oval, path, placed

W, H = SIZE
WIDE = W + 260
FIGURE = "M-34-160Q0-178 34-160L44-72L30-70L26 0L6 0L0-62L-8 0L-28 0L-30-70L-44-76Z"


def shot(name: str, frames: int) -> Shot:
    """A shot by its name."""
    return Shot(SHOTS[name](), frames)


def _cut(polygons: Polygons, paint: Paint, size: tuple[int, int]) -> Image.Image:
    image = filled(paint, size).convert("RGBA")
    image.putalpha(covering(polygons, (0, 0, *size)))
    return image


def _range(base: float, height: float, seed: int, colours: tuple[str, str], step: float, floor: float) -> Image.Image:
    """A row of hills as a layer; its upper edge is `base - height`."""
    tall = round(floor - (base - height))
    return _cut(hills(WIDE, height, height, seed, step, tall), down(*colours), (WIDE, tall))


@cache
def lake() -> tuple[Layer, ...]:
    sky = Canvas(
        WIDE, H, Linear(((0, "#16283f"), (0.36, "#48617a"), (0.6, "#d99a6c"), (0.7, "#ffd9a0"), (1, "#ffd9a0")))
    )
    sky.glow(900, 410, 420, 380, "#ffe7b5", 0.9)
    sky.disc(900, 400, 40, "#fffaf0")
    sky.box(0, 470, WIDE, 260, down("#dba070", "#6d6a72", "#0f1c2c"))
    sky.glow(900, 492, 260, 24, "#ffe9bd", 0.9)
    for n in range(14):
        sky.oval(900 + (n % 3 - 1) * 26, 510 + n * 11, 110 - n * 5, 2.4, "#ffe2b0", 0.6 - n * 0.035)
    far, near = (
        _range(470, 150, 17, ("#8b7780", "#b58d80"), 140, 472),
        _range(472, 90, 23, ("#46485a", "#6f6169"), 110, 474),
    )
    pier = Canvas(760, 420, "#121a25")
    for n in range(7):
        pier.box(0, 230 + n * 28, 760, 2, "#33404f")
    art = [
        *placed([[(60, 420), (430, 228), (590, 228), (520, 420)]], 0, 0),
        *placed(path(FIGURE), 505, 246, 0.92),
        *oval(505, 66, 23, 25),
        *placed(path("M30-150L78-196L88-188L46-122Z"), 505, 246, 0.92),
    ]
    pier.box(576, 40, 17, 36, "#ff8b66", 3)
    image = pier.image.convert("RGBA")
    image.putalpha(covering([*art, *placed([[(576, 40), (593, 40), (593, 76), (576, 76)]], 0, 0)], (0, 0, 760, 420)))
    return (
        layer(sky.image, -60, 0, -50),
        layer(far, -40, 320, -70),
        layer(near, -20, 382, -110),
        layer(image, 60, H - 420, -200),
    )


@cache
def can_near() -> tuple[Layer, ...]:
    ground = Canvas(WIDE, H, Radial(((0, "#ffcf9a"), (0.5, "#c46a58"), (1, "#2a1530")), 0.36, 0.35, 0.75))
    for n in range(16):
        r = 26 + n % 4 * 16
        ground.glow((n * 211) % WIDE, (n * 137) % 560, r * 1.3, r * 1.3, "#ffe6bd", 0.3 + n % 3 * 0.14, 0.7)
    leaves = Canvas(WIDE, 520, "#173b30")
    put_leaf(leaves, 300, 470, 620, -34, GREENS[1], 7)
    put_leaf(leaves, 980, 500, 560, -140, GREENS[2], 7)
    blank = Canvas(WIDE, 520, "#000000")
    put_leaf(blank, 300, 470, 620, -34, ("#ffffff", "#ffffff"), 7)
    put_leaf(blank, 980, 500, 560, -140, ("#ffffff", "#ffffff"), 7)
    green = leaves.image.convert("RGBA")
    green.putalpha(blank.image.convert("L").point([min(v * 2, 255) for v in range(256)]))
    tall = can("peach").resize((382, 830), Image.Resampling.LANCZOS)
    return (layer(ground.image, -140, 0, 110), layer(green, -130, 210, 60, -20), layer(tall, 480, 60, -70, 24))


@cache
def friends() -> tuple[Layer, ...]:
    sky = Canvas(WIDE, H, down("#ffb88a", "#e8756e", "#56264f"))
    sky.glow(520, 330, 470, 470, "#fff2d2", 0.95)
    sky.disc(520, 360, 66, "#fff6e2")
    far, near = (
        _range(500, 90, 41, ("#9c4a68", "#b9606f"), 150, 560),
        _range(600, 60, 43, ("#4a1f49", "#5e2a55"), 190, H),
    )
    crowd = Canvas(820, 430, "#24102c")
    polygons = []
    for n, x in enumerate((190, 410, 590)):
        side = 1 if n % 2 else -1
        arm = [[(50 * -side, -196), (92 * -side, -262), (116 * -side, -256), (58 * -side, -150)]]
        polygons += [
            *oval(x, 154, 34, 38),
            *placed(path("M-52-200Q0-226 52-200L60 40L-60 40Z"), x, 400),
            *placed(arm, x, 400),
        ]
        tin = placed([[(94, -304), (117, -304), (117, -256), (94, -256)]], x if side < 0 else x - 211, 400)
        crowd.shape(tin, ("#ff7a5c", "#7fc4a8", "#f6c65b")[n])
        polygons += tin
    image = crowd.image.convert("RGBA")
    image.putalpha(covering(polygons, (0, 0, 820, 430)))
    return (
        layer(sky.image, -120, 0, 60),
        layer(far, -110, 410, 90),
        layer(near, -130, 540, 120),
        layer(image, 190, H - 430, 110),
    )


@cache
def kolibri_end() -> tuple[Layer, ...]:
    ground = Canvas(WIDE, H, slanted("#ff9c72", "#e04a5e", "#b5204f"))
    ground.glow(WIDE / 2, 330, 640, 420, "#ffc79b", 0.5)
    sign = Canvas(760, 320, CREAM)
    mark = Canvas(760, 320, "#000000")
    bird(mark, 380, 62, 190, "#ffffff")
    mark.text("kolibri", 380, 220, 128, "#ffffff", HEAD, "middle")
    mark.text("Tastes like first light.", 380, 290, 32, "#ffffff", TEXT, "middle")
    image = sign.image.convert("RGBA")
    image.putalpha(mark.image.convert("L"))
    return (layer(ground.image, -200, 0, 130), layer(image, 260, 216, 0, -14))


@cache
def trail() -> tuple[Layer, ...]:
    sky = Canvas(WIDE, H, Linear(((0, "#27455f"), (0.45, "#7fa3b5"), (0.7, "#f2d3ae"), (1, "#f7e3c4"))))
    sky.glow(420, 380, 420, 320, "#fff1d0", 0.9)
    far, mid = (
        _range(520, 260, 63, ("#5f8496", "#a9b8b4"), 170, 620),
        _range(600, 190, 67, ("#2f5560", "#5c7d7c"), 210, H),
    )
    near = _range(680, 90, 71, ("#12292c", "#1c3b3a"), 260, H)
    body = Canvas(420, 420, BLACK)
    runner(body, 200, 396, 360, BLACK, LIME)
    mask = Canvas(420, 420, "#000000")
    runner(mask, 200, 396, 360, "#ffffff", "#ffffff")
    image = body.image.convert("RGBA")
    image.putalpha(mask.image.convert("L"))
    return (
        layer(sky.image, -40, 0, -30),
        layer(far, -20, 260, -90),
        layer(mid, -10, 410, -160),
        layer(image, 300, 232, 260, -6),
        layer(near, 0, 590, -250),
    )


@cache
def shoe_near() -> tuple[Layer, ...]:
    ground = Canvas(WIDE, H, slanted("#2a333f", "#10141b", "#0a0d12"))
    course(ground, LIME, 0.2)
    ground.glow(820, 420, 560, 340, "#4d5c6e", 0.7)
    put_shoe(ground, 820, 390, 860, 12, LIME, LIME)
    return (layer(ground.image, -20, 0, -200),)


@cache
def ardent_end() -> tuple[Layer, ...]:
    ground = Canvas(WIDE, H, slanted(LIME, "#b4e000"))
    course(ground, BLACK, 0.12)
    ground.lines(("RUN THE", "LONG WAY", "HOME"), 220, 230, 150, BLACK, BLOCK, lead=0.9)
    wordmark(ground, WIDE - 190, 610, 64, BLACK)
    return (layer(ground.image, -130, 0, -60),)


@cache
def street() -> tuple[Layer, ...]:
    ground = Canvas(WIDE, H, STREET_SKY)
    ground.glow(700, 470, 520, 360, "#ffe2ae", 0.9)
    ground.box(0, 520, WIDE, 200, down("#6b5a6e", "#20263a"))
    far = _range(522, 120, 12, ("#4d5878", "#8d7f90"), 90, 524)
    body, mask = Canvas(420, 420, "#0a101c"), Canvas(420, 420, "#000000")
    runner(body, 200, 396, 380, "#0a101c", LIME)
    runner(mask, 200, 396, 380, "#ffffff", "#ffffff")
    image = body.image.convert("RGBA")
    image.putalpha(mask.image.convert("L"))
    return (layer(ground.image, -40, 0, -90), layer(far, -20, 402, -150), layer(image, 240, 250, 420))


@cache
def night_train() -> tuple[Layer, ...]:
    sky = Canvas(WIDE, H, Linear(((0, "#071233"), (0.5, "#1b3a86"), (0.8, "#5a7bc4"), (1, "#9fb4e2"))))
    stars(sky, 80)
    sky.glow(980, 250, 260, 260, GOLD, 0.5)
    sky.disc(980, 250, 62, "#ffe9a6")
    far, near = (
        _range(520, 210, 51, ("#35559f", "#5c7cc0"), 190, 560),
        _range(620, 90, 58, ("#0f2359", "#1c3775"), 220, H),
    )
    ride = Canvas(1500, 120, "#0c1d4b")
    train(ride, -60, 100, 1480, 72)
    mask = Canvas(1500, 120, "#000000")
    train(mask, -60, 100, 1480, 72)
    image = ride.image.convert("RGBA")
    image.putalpha(
        covering([[(0, 26), (1230, 26), (1360, 60), (1420, 96), (0, 96)]], (0, 0, 1500, 120)).filter(
            ImageFilter.GaussianBlur(0.6)
        )
    )
    return (
        layer(sky.image, -80, 0, -40),
        layer(far, -60, 300, -90),
        layer(near, -20, 520, -160),
        layer(image, -760, 560, 520),
    )


@cache
def late_sign() -> tuple[Layer, ...]:
    ground = Canvas(WIDE, H, down("#0a1a42", "#16306f"))
    stars(ground, 50)
    ground.box(330, 150, 880, 400, "#17285a", 40)
    ground.text("12 minutes late", 390, 260, 76, "#ffffff", BIG)
    ground.text("A moose on the line at Gällivare. It has left now.", 392, 330, 30, "#c9d6ff", TEXT)
    ground.box(392, 400, 760, 16, "#2a52a8", 8)
    ground.box(392, 400, 460, 16, GOLD, 8)
    ground.text("Umeå", 392, 470, 30, "#c9d6ff", TEXT)
    ground.text("17:42, now 17:54", 1152, 470, 34, GOLD, BIG, "right")
    return (layer(ground.image, -150, 0, 50),)


SHOTS = {
    "lake": lake,
    "can": can_near,
    "friends": friends,
    "kolibri end": kolibri_end,
    "trail": trail,
    "shoe": shoe_near,
    "street": street,
    "ardent end": ardent_end,
    "train": night_train,
    "late": late_sign,
}

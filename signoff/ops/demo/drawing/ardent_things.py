"""What runs through Ardent's pictures: the shoe, the runner, course lines, a condensed black type."""

from functools import cache

from PIL import Image

from signoff.ops.demo.drawing.canvas import Canvas, Type, cut_out
from signoff.ops.demo.drawing.paint import across, down, slanted
from signoff.ops.demo.drawing.paths import Point, oval, path, placed, quad

LIME, BLACK, ORANGE, PAPER, BLUE = "#cdf52e", "#11140c", "#ff5a30", "#f6f5ef", "#3d6bff"
BLOCK = Type(900, -0.045, 0.84)
WIDE = Type(800, 0.0, 1.12)
SMALL = Type(600, 0.01)
UPPER = "M-240 60Q-250 20-232-40Q-224-78-190-84Q-160-60-120-70Q-90-110-66-112Q-30-60 60-22Q150 4 218 10Q256 22 250 62Z"
HEEL = "M-232-40Q-200-10-120-18Q-60-22-20 20L-238 34Q-248 10-232-40Z"
TOE = "M96-10Q160 4 218 10Q256 22 250 62L168 62Q150 20 96-10Z"
TONGUE = "M-66-112Q-30-60 60-22L40-2Q-50-40-90-90Z"
SOLE = "M-248 54Q0 66 253 54Q264 84 230 92L-206 98Q-252 94-248 54Z"
FOAM = "M-248 52Q0 64 253 52L254 70Q0 82-247 76Z"
WAVES = "M-196 6Q-120-14-66 24Q-20 50 66 46L70 36Q-14 38-56 12Q-110-28-196-8Z"
# A runner in profile, running to the right; 0, 0 is the ground below the middle, 300 high. Joints, and how thick.
LIMBS: tuple[tuple[tuple[Point, ...], float], ...] = (
    (((6, -218), (-42, -192), (-66, -150)), 15),
    (((-12, -142), (-22, -80)), 31),
    (((-22, -80), (-92, -74)), 20),
    (((16, -222), (2, -196), (-10, -146)), 46),
    (((14, -232), (24, -250)), 18),
    (((-6, -140), (48, -102)), 33),
    (((48, -102), (36, -30)), 21),
    (((20, -218), (42, -172), (84, -190)), 16),
)
FEET: tuple[tuple[tuple[Point, ...], float], ...] = ((((30, -14), (62, -12)), 17), (((-98, -70), (-108, -98)), 16))


@cache
def shoe(stripe: str, foam: str, upper: str = "#f7f7f2") -> Image.Image:
    """The Trail 3 from the side, cut out, 1120 wide, its sole along the lower edge."""
    scale, x, y = 2.2, 560.0, 250.0
    sheet = Canvas(1120, 468, "#1b1d20")

    def lay(data: str, paint: object, opacity: float = 1.0) -> None:
        sheet.path(data, paint, x, y, scale, 0, opacity)  # type: ignore[arg-type]

    lay(UPPER, down(upper, upper, "#c9ccc5"))
    lay(HEEL, slanted(stripe, stripe, "#1b1d20"))
    lay(TOE, down("#e2e4de", "#b7bbb3"))
    lay(WAVES, stripe, 0.9)
    for n in range(9):
        sheet.stroke(
            placed([quad((-30 + n * 28, 50), (0 + n * 28, 20), (20 + n * 24, -14 + n * 4))], x, y, scale)[0],
            2.5,
            "#9aa093",
            0.35,
        )
    lay(TONGUE, down("#34383d", "#17191c"))
    for n in range(4):
        a, b = placed([[(-52 + n * 28, -86 + n * 18), (-84 + n * 29, -62 + n * 18)]], x, y, scale)[0]
        sheet.stroke([a, b], 17, "#0c0d0f", 0.35)
        sheet.stroke([(a[0], a[1] - 4), (b[0], b[1] - 4)], 15, "#ffffff")
    lay("M-206-62Q-180-40-124-52L-120-70Q-160-60-190-84Z", "#17191c")
    lay(SOLE, down("#24272b", "#0d0e10"))
    lay(FOAM, across("#ffffff", foam, foam))
    for n in range(13):
        lay(f"M{-232 + n * 36} 98L{-222 + n * 36} 84L{-208 + n * 36} 98Z", "#33373c")
    whole = [line for data in (UPPER, SOLE, FOAM, HEEL) for line in placed(path(data), x, y, scale)]
    return cut_out(sheet, whole)


def put_shoe(sheet: Canvas, x: float, y: float, width: float, turn: float, stripe: str, foam: str) -> None:
    """The shoe around that middle, turned by degrees (up is positive), with its shadow on the ground below."""
    sheet.shadow(oval(x + width * 0.02, y + width * 0.27, width * 0.42, width * 0.03), width * 0.035, "#000000", 0.5)
    art = shoe(stripe, foam)
    small = art.resize(
        (round(width), round(width * art.height / art.width)), Image.Resampling.LANCZOS, reducing_gap=2.0
    )
    small = small.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    sheet.image.paste(
        small.convert("RGB"), (round(x - small.width / 2), round(y - small.height / 2)), small.getchannel("A")
    )


def runner(sheet: Canvas, x: float, y: float, tall: float, colour: str, shoes: str = "", opacity: float = 1.0) -> None:
    """A runner whose foot is at that point; the shoes have a colour of their own."""
    scale = tall / 285
    for line, thick in (*LIMBS, *FEET):
        paint = shoes if shoes and (line, thick) in FEET else colour
        sheet.stroke(placed([line], x, y, scale)[0], thick * scale, paint, opacity)
    sheet.oval(x + 30 * scale, y - 266 * scale, 19 * scale, 22 * scale, colour, opacity)


def course(sheet: Canvas, ink: str, opacity: float = 0.1) -> None:
    """The course's contour lines across the sheet."""
    w, h = sheet.size
    for n in range(16):
        line = quad(
            (-w * 0.1, h * (0.1 + n * 0.08)), (w * 0.5, h * (n * 0.085 - 0.28)), (w * 1.1, h * (0.28 + n * 0.06))
        )
        sheet.stroke(line, max(min(w, h) * 0.003, 1), ink, opacity)


def wordmark(sheet: Canvas, x: float, y: float, size: float, colour: str, align: str = "right") -> None:
    sheet.text("ardent", x, y, size, colour, WIDE, align)

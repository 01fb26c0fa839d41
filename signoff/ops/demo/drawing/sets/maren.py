"""Maren's pictures."""

from signoff.ops.demo.drawing import maren as m
from signoff.ops.demo.drawing.look import Look, Words
from signoff.ops.demo.drawing.plates import Pictures, Plate

ROOM = Words("bottle", "window light", "plant shadow and stones")
LABEL = Words("circle", "light", "rings")
OIL, ALWAYS, LABELS = "20482", "20485", "20490"
NEW_LAW = m.WARNING


def _post(stem: str, headline: tuple[str, ...], tone: str, line: str = "", tall: int = 1350) -> Pictures:
    return Pictures(
        (Plate(f"maren_{stem}", m.post, (1080, tall), Look(headline, line, variant=tone)),),
        ROOM,
        ({"product": 0.86, "sun": 0.7},),
    )


def _label(stem: str, kind: str) -> Pictures:
    return Pictures(
        (Plate(f"maren_{stem}", m.label, (1300, 1500), Look(variant=kind, legal=NEW_LAW), "png"),),
        LABEL,
        ({"legal": "", "light": -0.08} if kind == "back" else {"legal": "Contains vitamin A.", "product": 0.88},),
    )


PICTURES = {
    (OIL, "Night oil, packshot"): Pictures((Plate("maren_nightoil_packshot", m.packshot, (1600, 1600)),), ROOM, ()),
    (OIL, "Night oil, mailer"): Pictures(
        (
            Plate(
                "maren_nightoil_mailer",
                m.mailer,
                (1000, 1450),
                Look(
                    ("The bottle", "stays."),
                    "Your Night oil is nearly empty. Keep the bottle; we send what belongs in it.",
                    button="Refill",
                ),
            ),
        ),
        ROOM,
        ({"headline": ("Time for", "a refill."), "button": "Order", "product": 0.86},),
    ),
    (OIL, "Night oil, pack refill"): _label("nightoil_refill_dieline", "refill"),
    (OIL, "Texture macro"): Pictures(
        (Plate("maren_texture_macro", m.macro, (1800, 1200)),), Words("drops", "light", "drops"), ()
    ),
    (OIL, "Shelf talker"): Pictures(
        (Plate("maren_shelf_talker", m.packshot, (1050, 1400), Look(("Come back", "to the oil."), variant="sage")),),
        ROOM,
        (),
    ),
    (OIL, "Press image"): Pictures(
        (Plate("maren_press_image", m.packshot, (1800, 1200), Look(variant="rose")),), ROOM, ()
    ),
    (OIL, "How to refill, 4 pictures"): Pictures(
        tuple(Plate(f"maren_refill_{n}", m.refill_step, (1080, 1350), Look(variant=str(n))) for n in (1, 2, 3, 4)),
        ROOM,
        (),
    ),
    (ALWAYS, "Week 46, ingredient"): _post(
        "w46_ingredient", ("Squalane,", "explained."), "sage", "It is in your skin already. Until thirty."
    ),
    (ALWAYS, "Week 47, question box"): _post(
        "w47_questionbox", ("Ask us", "anything."), "rose", "Maya answers tonight.", 1920
    ),
    (ALWAYS, "Week 48, carousel"): Pictures(
        (
            Plate("maren_w48_carousel_1", m.post, (1080, 1350), Look(("One drop", "is enough."), variant="sand")),
            Plate("maren_w48_carousel_2", m.macro, (1080, 1350)),
            Plate("maren_w48_carousel_3", m.post, (1080, 1350), Look(("Three", "if it snows."), variant="dusk")),
        ),
        ROOM,
        (),
    ),
    (ALWAYS, "Week 48, quote"): Pictures(
        (
            Plate(
                "maren_w48_quote",
                m.quote,
                (1080, 1080),
                Look(("Skin", "remembers", "sleep."), "Maya Fournier, founder"),
            ),
        ),
        ROOM,
        (),
    ),
    (LABELS, "Day cream, 50 ml, front"): _label("daycream50_front", "front"),
    (LABELS, "Day cream, 50 ml, back"): _label("daycream50_back", "back"),
    (LABELS, "Cleanser, 150 ml"): _label("cleanser150", "cleanser"),
    (LABELS, "Eye balm, 15 ml"): _label("eyebalm15", "balm"),
}

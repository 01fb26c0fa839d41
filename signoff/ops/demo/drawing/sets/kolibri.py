"""Kolibri's pictures."""

from signoff.ops.demo.drawing import kolibri as k
from signoff.ops.demo.drawing import kolibri_formats as f
from signoff.ops.demo.drawing.look import Look, Words
from signoff.ops.demo.drawing.plates import Pictures, Plate

WORDS = Words("can", "sun", "leaves")
STUDIO = Words("can", "window light", "fruit and leaf")
WINTER = Words("figure and can", "moon", "stars")
FIRST = ("Tastes like", "first light.")
MORNING = ("The taste", "of morning.")
TEA = "Sparkling tea, nothing hidden. 18 kcal."
LEGAL = "Contains caffeine (12 mg/100 ml). Please recycle. Kolibri Drinks AS, Bergen."
OLD_LEGAL = "Contains caffeine. Please recycle."
LAUNCH = Look(FIRST, TEA, LEGAL, sun=0.32)
SOCIAL = ({"product": 0.9}, {"headline": ("Glow on.",)}, {"warmth": -0.4})
SHOP = ({"button": "Buy now", "product": 0.9}, {"headline": MORNING})

JOB = "20418"
SIZES = ((970, 250), (728, 90), (300, 600), (300, 250), (160, 600), (320, 50), (336, 280), (468, 60), (1200, 628))


def _story(name: str) -> Pictures:
    return Pictures(
        (Plate(f"kolibri_story_{name}", k.glow, (1080, 1920), Look(variant=name)),),
        WORDS,
        (*SOCIAL[:1], {"warmth": 0.55}, {"accents": False}),
        2,
    )


def _square(name: str) -> Pictures:
    return Pictures((Plate(f"kolibri_feed_{name}", k.glow, (1080, 1080), Look(variant=name)),), WORDS, SOCIAL)


def _bus_stop(name: str) -> Pictures:
    look = Look(variant=name, line=TEA, legal=LEGAL)
    return Pictures(
        (Plate(f"kolibri_busstop_{name}", k.glow, (1016, 1500), look),),
        WORDS,
        ({"product": 0.86, "legal": OLD_LEGAL}, {"accents": False}),
        2,
    )


def _packshot(name: str) -> Pictures:
    return Pictures(
        (
            Plate(
                f"kolibri_packshot_{name}",
                k.packshot,
                (1500, 1500),
                Look(variant=name),
                "png" if name == "mint" else "jpg",
            ),
        ),
        STUDIO,
        ({"sun": 0.3, "light": -0.2}, {"accents": False}),
        2,
    )


PICTURES = {
    (JOB, "Key visual, landscape"): Pictures(
        (Plate("kolibri_kv_landscape", k.first_light, (2000, 1000), LAUNCH, "tif"),),
        WORDS,
        (
            {"sun": 0.62, "product": 0.926, "legal": OLD_LEGAL},
            {"headline": ("Tastes like", "morning."), "warmth": -0.35},
            {"accents": False, "legal": "", "headline": MORNING},
        ),
        4,
    ),
    (JOB, "Key visual, portrait"): Pictures(
        (Plate("kolibri_kv_portrait", k.first_light, (1200, 1800), LAUNCH),),
        WORDS,
        ({"product": 0.88, "legal": OLD_LEGAL}, {"sun": 0.62, "warmth": -0.35}, {"headline": MORNING}),
    ),
    (JOB, "Bergen station takeover"): Pictures(
        (Plate("kolibri_bergen_takeover_view", f.takeover, (1800, 1000), LAUNCH),),
        WORDS,
        ({"sun": 0.62, "product": 0.86, "light": -0.25},),
    ),
    (JOB, "Tram wrap, line 1"): Pictures((Plate("kolibri_tram_line1_right", f.tram, (2000, 860), LAUNCH),), WORDS, ()),
    (JOB, "Bus stop, peach"): _bus_stop("peach"),
    (JOB, "Bus stop, mint"): _bus_stop("mint"),
    (JOB, "Bus stop, yuzu"): _bus_stop("yuzu"),
    (JOB, "Story, peach"): _story("peach"),
    (JOB, "Story, mint"): _story("mint"),
    (JOB, "Story, yuzu"): _story("yuzu"),
    (JOB, "Feed square, peach"): _square("peach"),
    (JOB, "Feed square, mint"): _square("mint"),
    (JOB, "Feed square, yuzu"): _square("yuzu"),
    (JOB, "Carousel, brewing in four steps"): Pictures(
        tuple(Plate(f"kolibri_carousel_{n}", f.card, (1080, 1350), Look(variant=str(n))) for n in (1, 2, 3, 4)),
        WORDS,
        (),
    ),
    (JOB, "Packshot, peach"): _packshot("peach"),
    (JOB, "Packshot, mint"): _packshot("mint"),
    (JOB, "Packshot, yuzu"): _packshot("yuzu"),
    (JOB, "Trio, shelf"): Pictures((Plate("kolibri_trio_shelf", k.trio, (1800, 1200)),), STUDIO, ()),
    (JOB, "Wobbler"): Pictures(
        (Plate("kolibri_wobbler", f.wobbler, (1000, 1000), Look(("Cool", "down."))),), WORDS, ()
    ),
    (JOB, "Shelf strip"): Pictures((Plate("kolibri_shelfstrip", f.strip, (2400, 130)),), WORDS, ()),
    (JOB, "Launch page hero"): Pictures(
        (Plate("kolibri_web_hero", k.first_light, (2200, 1100), Look(FIRST, TEA, sun=0.36)),),
        WORDS,
        ({"sun": 0.6, "product": 0.9}, {"headline": MORNING}),
        2,
    ),
    (JOB, "Launch page, flavours"): Pictures(
        tuple(
            Plate(f"kolibri_web_{name}", k.glow, (1200, 1200), Look(("",), variant=name))
            for name in ("peach", "mint", "yuzu")
        ),
        WORDS,
        (),
    ),
    (JOB, "Newsletter header"): Pictures(
        (
            Plate(
                "kolibri_newsletter_header",
                f.mail_header,
                (1200, 600),
                Look(FIRST, "Three new teas, brewed at dawn.", button="Taste them"),
            ),
        ),
        WORDS,
        SHOP,
    ),
    (JOB, "Shop banner set"): Pictures(
        tuple(
            Plate(
                f"kolibri_banner_{w}x{h}",
                f.banner,
                (w, h),
                Look(FIRST, TEA, button="Find it"),
                "png" if w < 500 else "jpg",
            )
            for w, h in SIZES
        ),
        WORDS,
        SHOP,
        2,
    ),
    (JOB, "Favicon and share image"): Pictures(
        (Plate("kolibri_share_1200x630", k.first_light, (1200, 630), Look(FIRST, sun=0.36)),), WORDS, ()
    ),
    ("20433", "Long way home, poster"): Pictures(
        (
            Plate(
                "kolibri_winter_poster",
                k.winter,
                (1200, 1800),
                Look(("The long", "way home."), "Spiced apple tea, warm or cold.", sun=0.72),
            ),
        ),
        WINTER,
        ({"sun": 0.5, "product": 0.88}, {"headline": ("Home,", "slowly."), "warmth": 0.4}),
    ),
    ("20433", "Winter range, DOOH"): Pictures(
        (
            Plate(
                "kolibri_winter_dooh",
                k.winter,
                (1080, 1920),
                Look(("Home", "is warm."), "Ginger and spiced apple.", sun=0.66),
            ),
        ),
        WINTER,
        (),
    ),
    ("20433", "Spiced apple, packshot"): _packshot("apple"),
    ("20433", "Ginger, packshot"): _packshot("ginger"),
    ("20433", "Advent calendar, 24 tiles"): Pictures(
        (Plate("kolibri_advent_overview", f.advent, (1200, 1200), Look(("Advent.",))),),
        Words("open doors", "light", "stars"),
        (),
    ),
    ("20433", "Gift box sleeve"): Pictures(
        (Plate("kolibri_giftbox_sleeve", f.sleeve, (1800, 1130), Look(("Six for", "winter."), legal=LEGAL)),),
        WORDS,
        ({"headline": ("Winter", "box."), "legal": "", "warmth": -0.4}, {"product": 0.8, "light": -0.2}),
    ),
}

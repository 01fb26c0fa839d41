"""The demo's documents of many pages: a press kit, a leaflet in nine languages, a pocket timetable."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from signoff.ops.demo.drawing import kolibri, maren, norra
from signoff.ops.demo.drawing.kolibri_things import FLAVOURS
from signoff.ops.demo.drawing.look import Look
from signoff.ops.demo.drawing.norra import STOPS
from signoff.ops.demo.drawing.pdf import Page, document
from signoff.ops.demo.drawing.plates import Plate, picture

A4 = (842.0, 595.0)
POCKET = (298.0, 420.0)
PLUM, CREAM, GREY = "#5c1f50", "#fff4e4", "#6b6570"
CHARGE = "Every night from the second Sunday of December."


@dataclass(frozen=True, slots=True)
class Booklet:
    """`notes` are what changed in its last rounds, the newest last; `pages` makes the pages of one of them."""

    stem: str
    title: str
    pages: Callable[[int], list[Page]]
    notes: tuple[str, ...]


def write_booklet(booklet: Booklet, version: int, path: Path) -> None:
    """Write a version; 0 is the newest, -1 the one before it."""
    path.write_bytes(document(booklet.pages(version), booklet.title))


def _art(scene: Callable[..., None], w: int, h: int, look: Look) -> Image.Image:
    return picture(Plate("", scene, (w, h), look), look)


def press_kit(version: int) -> list[Page]:
    first = Look(("Tastes like", "first light."), "Sparkling tea, nothing hidden. 18 kcal.", sun=0.34)
    pages = [_cover(_art(kolibri.first_light, 1264, 893, first))]
    pages.append(
        _words(
            "What it is",
            (
                (
                    "Kolibri First light is a sparkling tea, brewed at dawn from whole leaves and nothing else to "
                    "hide behind."
                ),
                "Three flavours. Four countries. One idea: it tastes like first light.",
                "In shops from the fourth of June, 33 cl, 18 kcal.",
            ),
            2,
        )
    )
    for n, name in enumerate(("peach", "mint", "yuzu")):
        pages.append(_flavour(name, 3 + n))
    pages.append(_colours(6))
    pages.append(
        _words(
            "How it is made",
            (
                (
                    "The leaves are picked before the sun has dried them, and brewed within the hour at 74 degrees "
                    "for nine minutes."
                ),
                "Then the tea rests in the cold for a night. Fruit is pressed, never boiled.",
                "The bubbles come last, and they are small.",
            ),
            7,
        )
    )
    pages.append(_picture_page("The three", _art(kolibri.trio, 1200, 800, Look()), 8))
    pages.append(
        _words(
            "Questions",
            (
                "Does it contain caffeine? Yes: 12 mg in 100 ml, a third of a cup of coffee in a can.",
                "Sugar? 4.1 g in 100 ml, from the fruit.",
                "Why the bird? A hummingbird drinks at dawn, when the flowers open. Nobody hurries it.",
            ),
            9,
        )
    )
    pages.append(
        _picture_page("In winter", _art(kolibri.winter, 900, 900, Look(("The long", "way home."), sun=0.7)), 10)
    )
    pages.append(
        _words(
            "The house",
            (
                (
                    "Kolibri Drinks AS was founded in Bergen in 2014 by two brewers who wanted something to drink "
                    "in the morning."
                ),
                "38 people, one brewery by the water, tea gardens in Shizuoka and Nuwara Eliya.",
            ),
            11,
        )
    )
    pages.append(
        _words(
            "Press",
            (
                (
                    "Sofie Karlsen, brand. Write to press@kolibri.example; pictures for print lie behind the link "
                    "in every mail."
                ),
                "Please show the can whole, and never with a splash.",
            ),
            12,
        )
    )
    return pages


def _cover(image: Image.Image) -> Page:
    page = Page(*A4)
    page.picture(image, 0, 0, *A4)
    page.text("Press kit, first light", 52, 560, 12, "bold", CREAM)
    return page


def _words(head: str, blocks: tuple[str, ...], number: int) -> Page:
    page = Page(*A4)
    page.box(0, 0, *A4, "#fff8ef")
    page.box(0, 0, 16, A4[1], "#e8536a")
    page.text(head, 90, 150, 46, "serif", PLUM)
    y = 225.0
    for n, block in enumerate(blocks):
        y = (
            page.block(
                block, 92, y, 17 if n == 0 else 13, 560, "serif" if n == 0 else "sans", "#2b1c2b" if n == 0 else GREY
            )
            + 18
        )
    _foot(page, number)
    return page


def _flavour(name: str, number: int) -> Page:
    taste = FLAVOURS[name]
    page = Page(*A4)
    page.box(0, 0, *A4, taste.tint)
    page.picture(_art(kolibri.packshot, 760, 893, Look(variant=name)), 0, 0, 506, A4[1])
    page.text(taste.name.title(), 540, 170, 26, "serif", taste.deep)
    words = {
        "peach": "White peach and steamed sencha. Round, warm, a little grass at the end.",
        "mint": "Garden mint over rolled gunpowder tea. Cold first, then green, then gone.",
        "yuzu": "Yuzu peel and roasted rice. Bright as a bell, toasted underneath.",
    }[name]
    y = page.block(words, 542, 210, 13, 240, "sans", "#3b2f3b")
    page.text("33 cl, 18 kcal, 12 mg caffeine/100 ml", 542, y + 16, 10, "sans", GREY)
    _foot(page, number)
    return page


def _colours(number: int) -> Page:
    page = Page(*A4)
    page.box(0, 0, *A4, "#fffdf9")
    page.text("Colours", 90, 120, 46, "serif", PLUM)
    tones = (
        ("Peach", "#ff8464"),
        ("Sunrise", "#d42a55"),
        ("Mint", "#277568"),
        ("Yuzu", "#fad064"),
        ("Plum", "#5c1f50"),
        ("Cream", "#fff4e4"),
    )
    for n, (name, colour) in enumerate(tones):
        x, y = 92 + n % 3 * 225, 165 + n // 3 * 190
        page.box(x, y, 205, 125, colour)
        page.text(name, x, y + 145, 13, "bold", "#2b1c2b")
        page.text(colour.upper(), x, y + 161, 10, "sans", GREY)
    _foot(page, number)
    return page


def _picture_page(head: str, image: Image.Image, number: int) -> Page:
    page = Page(*A4)
    page.box(0, 0, *A4, "#fffdf9")
    wide = min(430.0 * image.width / image.height, 540.0)
    tall = wide * image.height / image.width
    page.picture(image, A4[0] - wide - 60, 80, wide, tall)
    page.text(head, 60, 150, 40, "serif", PLUM)
    page.text("For print: behind the link.", 62, 182, 11, "sans", GREY)
    _foot(page, number)
    return page


def _foot(page: Page, number: int) -> None:
    page.text("Kolibri Drinks, press kit", 92, page.height - 36, 9, "sans", GREY)
    page.text(str(number), page.width - 60, page.height - 36, 9, "sans", GREY)


LANGUAGES = (
    (
        "Français",
        "Recharge pour Huile de nuit No 4",
        (
            "Dévissez le compte-gouttes. Versez la recharge lentement. Refermez. Contient de la vitamine A: tenez "
            "compte de votre apport quotidien avant utilisation."
        ),
    ),
    (
        "English",
        "Refill for Night oil No 4",
        (
            "Unscrew the dropper. Pour in the refill slowly. Close. Contains vitamin A: consider your daily intake "
            "before use."
        ),
    ),
    (
        "Deutsch",
        "Nachfüllung für Nachtöl No 4",
        (
            "Pipette abschrauben. Nachfüllung langsam eingießen. Verschließen. Enthält Vitamin A: vor der "
            "Anwendung die tägliche Aufnahme beachten."
        ),
    ),
    (
        "Español",
        "Recarga para Aceite de noche No 4",
        (
            "Desenrosque el cuentagotas. Vierta la recarga despacio. Cierre. Contiene vitamina A: tenga en cuenta "
            "su ingesta diaria antes de usar."
        ),
    ),
    (
        "Italiano",
        "Ricarica per Olio notte No 4",
        (
            "Svitare il contagocce. Versare lentamente la ricarica. Chiudere. Contiene vitamina A: considerare "
            "l'assunzione giornaliera prima dell'uso."
        ),
    ),
    (
        "Nederlands",
        "Navulling voor Nachtolie No 4",
        (
            "Draai de pipet los. Giet de navulling er langzaam in. Sluit. Bevat vitamine A: houd vóór gebruik "
            "rekening met uw dagelijkse inname."
        ),
    ),
    (
        "Svenska",
        "Refill till Nattolja No 4",
        (
            "Skruva av pipetten. Häll i refillen långsamt. Stäng. Innehåller vitamin A: tänk på ditt dagliga intag "
            "före användning."
        ),
    ),
    ("Dansk", "", ""),
    ("Português", "", ""),
)


def leaflet(version: int) -> list[Page]:
    pages = [Page(*POCKET)]
    pages[0].picture(_art(maren.packshot, 720, 1014, Look(("Come back", "to the oil."))), 0, 0, *POCKET)
    for language, head, body in LANGUAGES:
        page = Page(*POCKET)
        page.box(0, 0, *POCKET, maren.PAPER)
        page.text("maren", 30, 50, 20, "serif", maren.INK)
        page.text(language, 30, 96, 9, "bold", "#b88f70")
        if head:
            y = page.block(head, 30, 130, 19, 240, "serif", maren.INK)
            page.block(body, 30, y + 16, 10.5, 236, "sans", maren.INK)
        else:
            page.box(30, 116, 238, 40, "#f3dfc4")
            page.text("Translation to follow", 42, 141, 12, "italic", "#8a4c1f")
        page.text("Maren Skincare SAS, Lyon", 30, 394, 8, "sans", "#8d7f72")
        pages.append(page)
    return pages


def pocket_timetable(version: int) -> list[Page]:
    """Eight sample pages; the newest has the bridge's closing on page 5, the one before has not."""
    look = Look(("Winter", "timetable"), CHARGE, sun=0.68)
    pages = [Page(*POCKET)]
    pages[0].picture(_art(norra.night, 720, 1014, look), 0, 0, *POCKET)
    names = [name for name, _ in STOPS]
    for number in range(2, 9):
        page = Page(*POCKET)
        page.box(0, 0, *POCKET, "#fdfcf7")
        page.box(0, 0, POCKET[0], 46, norra.NAVY)
        page.text(f"{names[number - 2]} till {names[-1] if number < 6 else names[0]}", 24, 30, 15, "bold", norra.GOLD)
        for n in range(17):
            minute = 300 + n * 57 + number * 23
            y = 78 + n * 18
            if n % 2 == 0:
                page.box(18, y - 12, POCKET[0] - 36, 17, "#e9eefb")
            page.text(f"{minute // 60 % 24:02}.{minute % 60:02}", 26, y, 10, "bold", norra.NAVY)
            page.text(names[(n * 2 + number) % len(names)], 80, y, 10, "sans", norra.NAVY)
            page.text(f"spår {1 + (n * 5 + number) % 9}", 210, y, 9, "sans", "#5a6c99")
        if number == 5 and version == 0:
            page.box(18, 374, POCKET[0] - 36, 24, norra.GOLD)
            page.text("Buss mellan Boden och Gällivare till 18 januari.", 26, 390, 9.5, "bold", norra.NAVY)
        page.text(str(number), POCKET[0] - 30, 410, 8, "sans", "#5a6c99")
        pages.append(page)
    return pages


BOOKLETS = {
    ("20418", "Press kit"): Booklet("kolibri_presskit", "Kolibri, press kit", press_kit, ("First layout, 12 pages.",)),
    ("20490", "Leaflet, nine languages"): Booklet(
        "maren_leaflet_9languages", "Maren, refill leaflet", leaflet, ("First layout with seven of nine languages.",)
    ),
    ("20402", "Pocket timetable"): Booklet(
        "norra_pocket_timetable_sample",
        "Norra, winter timetable",
        pocket_timetable,
        ("New times from December.", "Bus between Boden and Gällivare added on page 5."),
    ),
}

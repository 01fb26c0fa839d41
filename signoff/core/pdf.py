"""Papers: pages with a letterhead, words, tables and pictures, as a PDF. The one place that knows reportlab.

Whatever the words are, they are only words here: nothing in them is markup, and a letter that no font has
becomes a box.
"""

import io
import logging
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

log = logging.getLogger(__name__)
FONTS = Path(__file__).parent / "fonts"  # `make assets` puts them there
BUILT = {"regular": "Inter-Regular", "medium": "Inter-Medium", "bold": "Inter-Bold"}
LETTERS = FONTS / f"{BUILT['bold']}.ttf"  # for words in pictures; may not be there
SPARE = {"regular": "Vera", "medium": "Vera", "bold": "VeraBd"}  # comes with reportlab; knows Latin only
WIDTH, HEIGHT = A4
MARGIN, FOOT, FIRST_HEAD, HEAD = 18 * mm, 20 * mm, 34 * mm, 20 * mm
ACROSS = WIDTH - 2 * MARGIN  # points, for whoever lays out columns
LOGO, MOST_LOGO_SIDE = (52 * mm, 13 * mm), 4096
INK, SOFT, LINE, GROUND = "#1a1a1e", "#61616b", "#dcdce1", "#f6f6f7"
UNSEEN, BOX = ("Cc", "Cf", "Cs"), "\ufffd"  # controls, joiners and turns, halves of letters
LOOKS: dict[str, dict[str, Any]] = {  # font, size, leading and what else a paragraph has
    "title": {"fontName": "bold", "fontSize": 19, "leading": 24, "spaceAfter": 2},
    "heading": {
        "fontName": "bold",
        "fontSize": 12,
        "leading": 16,
        "spaceBefore": 12,
        "spaceAfter": 4,
        "keepWithNext": 1,
    },
    "strong": {"fontName": "medium", "fontSize": 9.5, "leading": 13.5},
    "text": {"fontName": "regular", "fontSize": 9.5, "leading": 13.5},
    "small": {"fontName": "regular", "fontSize": 8, "leading": 11, "textColor": SOFT},
    "label": {"fontName": "medium", "fontSize": 8, "leading": 11, "textColor": SOFT},
    "code": {"fontName": "regular", "fontSize": 7.5, "leading": 10},
}
Piece: TypeAlias = Flowable  # what a paper is made of: paragraphs, tables, pictures


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is. `colour` is `#rrggbb`; `logo` PNG or JPEG, and left away when it cannot be read."""

    house: str
    colour: str = "#2a54d0"
    logo: bytes | None = None


def paper(head: Letterhead, title: str, pieces: Sequence[Piece], *, made_at: datetime | None = None) -> bytes:
    """The pieces one below the other on A4 pages, which are numbered. `title` is what the document calls itself.

    `made_at`: when it says it was made, instead of now; the same again is then the same bytes.
    """
    out = io.BytesIO()
    fonts()
    made = BaseDocTemplate(out, pagesize=A4, title=plain(title), author=plain(head.house), creator="Signoff", lang="en")
    made.addPageTemplates(
        [
            PageTemplate("first", [_frame(FIRST_HEAD)], onPage=lambda canvas, _made: _first(canvas, head)),
            PageTemplate("later", [_frame(HEAD)], onPage=lambda canvas, _made: _later(canvas, head, title)),
        ]
    )
    made.build([NextPageTemplate("later"), *pieces, Spacer(0, 0)], canvasmaker=partial(_Numbered, made_at=made_at))
    return out.getvalue()


def paragraph(text: str, look: str = "text", *, colour: str = "", indent: float = 0) -> Piece:
    """Words in one of LOOKS; their line ends are kept. `indent` in points."""
    return Paragraph("<br/>".join(escape(line) for line in plain(text).split("\n")), _style(look, colour, indent))


def table(rows: Sequence[Sequence[str | Piece]], widths: Sequence[float], *, has_head: bool = True) -> Piece:
    """Rows of words or pieces. `widths` are shares of the page's width; the head is repeated on each page."""
    cells = [
        [
            cell if isinstance(cell, Flowable) else paragraph(cell, "label" if has_head and not at else "text")
            for cell in row
        ]
        for at, row in enumerate(rows)
    ]
    look: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if has_head:
        look.append(("BACKGROUND", (0, 0), (-1, 0), HexColor(GROUND)))
    columns = [ACROSS * width / sum(widths) for width in widths]
    return Table(cells, columns, repeatRows=int(has_head), splitInRow=1, style=look, hAlign="LEFT")


def facts(pairs: Sequence[tuple[str, str]]) -> Piece:
    """Labels and what they say, as a table of two columns."""
    return table([[paragraph(label, "label"), value] for label, value in pairs], (1, 3), has_head=False)


def picture(data: bytes, *, most: tuple[float, float] = (ACROSS, 110 * mm)) -> Piece:
    """A JPEG, as large as fits into `most` points, at most a point for a pixel.

    The bytes are ours: what strangers send is decoded elsewhere.
    """
    width, height = ImageReader(io.BytesIO(data)).getSize()
    factor = min(most[0] / width, most[1] / height, 1.0)
    return Image(io.BytesIO(data), width * factor, height * factor, hAlign="LEFT")


def space(points: float) -> Piece:
    return Spacer(0, points)


def together(pieces: Sequence[Piece]) -> Piece:
    """Pieces that a page's end does not part, unless they are longer than a page."""
    return KeepTogether(list(pieces))


def room(points: float) -> Piece:
    """A new page begins here, unless so much of this one is left."""
    return CondPageBreak(points)


def plain(text: str) -> str:
    """The text as a font can show it: whole letters, no controls but line ends, a box for what it has not."""
    known = _letters()
    one = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", "    "))
    return "".join(_shown(letter, known) for letter in one)


def _shown(letter: str, known: frozenset[int]) -> str:
    kind = unicodedata.category(letter)
    if letter == "\n" or (ord(letter) in known and kind not in UNSEEN):
        return letter
    return "" if kind in UNSEEN or kind == "Mn" else BOX


@cache
def fonts() -> bool:
    """Make the fonts known, once a process. Returns whether they are the built ones."""
    is_built = all((FONTS / f"{name}.ttf").exists() for name in BUILT.values())
    if not is_built:
        log.warning("The fonts of PDFs are not built (make assets); letters beyond Latin will be missing in them.")
    for name, file in (BUILT if is_built else SPARE).items():
        registerFont(TTFont(name, str(FONTS / f"{file}.ttf") if is_built else f"{file}.ttf"))
    return is_built


@cache
def _letters() -> frozenset[int]:
    """What the fonts have; BOX is in all of them."""
    fonts()
    known = frozenset(getFont("regular").face.charToGlyph) | {ord(letter) for letter in "\n \xa0"}
    return known


def _style(look: str, colour: str = "", indent: float = 0, **more: Any) -> ParagraphStyle:
    fonts()  # widths of letters are asked for as soon as there is a paragraph
    given = {"textColor": INK, **LOOKS[look], "leftIndent": indent, **more}
    return ParagraphStyle(look, **given | ({"textColor": colour} if colour else {}))


def _frame(head: float) -> Frame:
    return Frame(MARGIN, FOOT, ACROSS, HEIGHT - FOOT - head, 0, 0, 0, 0)


def _first(canvas: Canvas, head: Letterhead) -> None:
    """The letterhead: the logo, or the house's name in its place; a line in its colour."""
    top = HEIGHT - 12 * mm
    is_drawn = head.logo is not None and _draw_logo(canvas, head.logo, top)
    _words(canvas, head.house, top - LOGO[1], "small" if is_drawn else "strong", is_right=is_drawn)
    canvas.setFillColor(HexColor(head.colour))
    canvas.rect(MARGIN, HEIGHT - 28 * mm, ACROSS, 2, stroke=0, fill=1)


def _later(canvas: Canvas, head: Letterhead, title: str) -> None:
    _words(canvas, title, HEIGHT - 15 * mm, "small")
    canvas.setFillColor(HexColor(head.colour))
    canvas.rect(MARGIN, HEIGHT - 17 * mm, ACROSS, 0.75, stroke=0, fill=1)


def _draw_logo(canvas: Canvas, logo: bytes, top: float) -> bool:
    try:
        read = ImageReader(io.BytesIO(logo))
        width, height = read.getSize()
        if max(width, height) > MOST_LOGO_SIDE:
            return False
        factor = min(LOGO[0] / width, LOGO[1] / height)
        shown = (width * factor, height * factor)
        canvas.drawImage(read, MARGIN, top - shown[1], *shown, mask="auto")
    except Exception:  # whatever a damaged picture makes of its reader: the paper is worth more
        log.warning("A logo cannot be read; a paper goes without it.", exc_info=True)
        return False
    return True


def _words(canvas: Canvas, text: str, base: float, look: str, *, is_right: bool = False) -> None:
    """A line that stands on `base`; a long one grows a second above it, and is cut after that."""
    more = {"alignment": TA_RIGHT} if is_right else {}
    line = Paragraph(escape(plain(text)[:110].replace("\n", " ")), _style(look, **more))
    line.wrap(ACROSS, HEIGHT)
    line.drawOn(canvas, MARGIN, base)


class _Numbered(Canvas):  # type: ignore[misc]
    """Knows at the end how many pages there are, and says so on each of them."""

    def __init__(self, *given: Any, made_at: datetime | None = None, **more: Any) -> None:
        super().__init__(*given, **more | {"invariant": made_at is not None})
        if made_at is not None:
            stamp, moment = self._doc._timeStamp, made_at.astimezone(UTC)
            stamp.t, stamp.lt = moment.timestamp(), moment.timetuple()
            stamp.YMDhms = tuple(stamp.lt)[:6]
        self.pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            said = _("Page %(number)s of %(all)s") % {"number": number, "all": len(self.pages)}
            _words(self, said, 11 * mm, "small", is_right=True)
            super().showPage()
        super().save()

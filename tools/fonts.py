"""The fonts of PDFs: Inter, as the pages have it, in three weights with all its letters in one file each.

Pages load variable WOFF2 files by alphabet; a PDF wants one plain TrueType file a weight. `python -m tools.fonts`
writes them, with their licence, to where `signoff.core.pdf` looks.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "node_modules/@fontsource-variable/inter"
INTO = ROOT / "signoff/core/fonts"
ALPHABETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese")
WEIGHTS = {"Regular": 400, "Medium": 500, "Bold": 700}
BOX = "uniFFFD"
FOR_SCREENS = ["GSUB", "GPOS", "GDEF", "STAT", "gasp", "prep"]  # what a PDF's writer does not read


def main() -> None:
    INTO.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE / "LICENSE", INTO / "LICENSE")
    for name, weight in WEIGHTS.items():
        made = font_of(name, weight)
        made.save(INTO / f"Inter-{name}.ttf.new")
        (INTO / f"Inter-{name}.ttf.new").replace(INTO / f"Inter-{name}.ttf")


def font_of(name: str, weight: int) -> TTFont:
    """All alphabets in this weight."""
    with TemporaryDirectory() as desk:
        parts = [_part(alphabet, weight, Path(desk) / f"{alphabet}.ttf") for alphabet in ALPHABETS]
        font = Merger().merge(parts)
    font["name"].setName(f"Inter-{name}", 6, 3, 1, 0x409)  # what the PDF calls it
    font["OS/2"].usWeightClass = weight
    _add_box(font)
    return font


def _part(alphabet: str, weight: int, into: Path) -> str:
    font = TTFont(SOURCE / f"files/inter-{alphabet}-wght-normal.woff2", recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    for table in FOR_SCREENS:
        if table in font:
            del font[table]
    wanted = subset.Subsetter(subset.Options(notdef_outline=True, name_IDs=["*"]))
    wanted.populate(unicodes=font.getBestCmap())
    wanted.subset(font)  # alternates nobody can reach any more
    font.flavor = None
    font.save(into)
    return str(into)


def _add_box(font: TTFont) -> None:
    """An empty box as U+FFFD, which stands for letters that the font has not."""
    em, pen = font["head"].unitsPerEm, TTGlyphPen(None)
    left, right, top, line = em // 12, em // 2, em * 7 // 10, em // 20
    for corners in (
        [(left, 0), (left, top), (right, top), (right, 0)],
        [(left + line, line), (right - line, line), (right - line, top - line), (left + line, top - line)],
    ):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    font.setGlyphOrder([*font.getGlyphOrder(), BOX])
    font["glyf"][BOX], font["hmtx"][BOX] = pen.glyph(), (right + left, left)
    for letters in font["cmap"].tables:
        letters.cmap[0xFFFD] = BOX


if __name__ == "__main__":
    sys.exit(main())

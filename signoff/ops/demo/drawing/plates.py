"""A picture of the demo as a file: which scene, how large, which look; and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image

from signoff.ops.demo.drawing.canvas import Canvas
from signoff.ops.demo.drawing.look import Look, Undo, Words, tinted
from signoff.ops.demo.drawing.paint import Size, grained

Scene = Callable[[Canvas, Look], None]
QUALITY = 90
FIRST = {"product": 0.88, "light": -0.22}


@dataclass(frozen=True, slots=True)
class Plate:
    """One file: `stem` is its name before round and ending. `look` is how the last round has it."""

    stem: str
    scene: Scene
    size: Size
    look: Look = field(default_factory=Look)
    ending: str = "jpg"


@dataclass(frozen=True, slots=True)
class Pictures:
    """A deliverable of pictures. Each of `undone` is what one round brought, the newest first."""

    plates: tuple[Plate, ...]
    words: Words
    undone: tuple[Undo, ...]
    keep: int = 3


def picture(plate: Plate, look: Look) -> Image.Image:
    """The picture as a round has it."""
    sheet = Canvas(*plate.size)
    plate.scene(sheet, look)
    return grained(tinted(sheet.image, look))


def write_picture(plate: Plate, look: Look, path: Path) -> None:
    """Draw it and write it: JPEG, PNG, or for print a CMYK TIFF."""
    image = picture(plate, look)
    if plate.ending == "png":
        image.save(path, "PNG", compress_level=3)
    elif plate.ending == "tif":
        image.convert("CMYK").save(path, "TIFF", compression="tiff_lzw", dpi=(300, 300))
    else:
        image.save(path, "JPEG", quality=QUALITY, subsampling=0, dpi=(144, 144))


@cache
def still(plate: Plate) -> Image.Image:
    """The picture as its last round has it, to show it in another one."""
    return picture(plate, plate.look)

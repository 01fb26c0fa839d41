"""`python -m signoff.ops.demo.drawing.sheet FOLDER`: draws every file, and overviews of the pictures to look at.

The overviews show thumbnails as lists show them (88 by 56), on light and on dark ground, and larger ones.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from signoff.ops.demo.drawing.booklets import BOOKLETS
from signoff.ops.demo.drawing.canvas import covered
from signoff.ops.demo.drawing.files import PICTURES, DrawnRound, rounds_for
from signoff.ops.demo.drawing.reels import FILMS, SPOTS

SMALL, LARGE, GAP, ACROSS = (88, 56), (320, 320), 12, 6
GROUNDS = {"light": "#f5f5f6", "dark": "#161618"}


def every_round() -> list[DrawnRound]:
    """All rounds that can be drawn, as if each deliverable stood at the last of them."""
    lasts = {key: len(one.undone) + 1 for key, one in PICTURES.items()}
    lasts |= {key: len(one.versions) for key, one in FILMS.items()}
    lasts |= {key: len(one.versions) for key, one in SPOTS.items()}
    lasts |= {key: len(one.notes) for key, one in BOOKLETS.items()}
    return [one for (job_number, name), last in lasts.items() for one in rounds_for(job_number, name, last)]


def overview(files: Sequence[Path], ground: str) -> Image.Image:
    """Each picture large, and beside it as small as in lists."""
    cell = LARGE[0] + SMALL[0] + 3 * GAP, LARGE[1] + GAP
    rows = -(-len(files) // ACROSS)
    sheet = Image.new("RGB", (cell[0] * ACROSS, cell[1] * rows + GAP), ground)
    for n, file in enumerate(files):
        x, y = n % ACROSS * cell[0] + GAP, n // ACROSS * cell[1] + GAP
        with Image.open(file) as opened:
            image = opened.convert("RGB")
        sheet.paste(covered(image, SMALL), (x + LARGE[0] + GAP, y))
        image.thumbnail(LARGE, Image.Resampling.LANCZOS)
        sheet.paste(image, (x, y))
    return sheet


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files = [file for one in every_round() for file in one.files]
    for file in files:
        file.write(folder / file.name)
    pictures = [folder / file.name for file in files if file.name.endswith((".jpg", ".png", ".tif"))]
    for name, ground in GROUNDS.items():
        overview(pictures, ground).save(folder / f"overview_{name}.png", compress_level=3)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

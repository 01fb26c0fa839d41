"""Many small frames in one picture: what is shown while the mouse goes along the timeline."""

from PIL import Image

from signoff.integrations.media.decode.shaping import fitted
from signoff.integrations.media.decode.webp import save
from signoff.integrations.media.job import Job

WIDTH, COLUMNS, MOST = 160, 10, 100
_HIGHEST = 1600  # so that ten rows of them are still a WebP picture


class Filmstrip:
    """Collects the frame that is shown at 0, at `every_ms`, at twice that ..."""

    def __init__(self, size: tuple[int, int], duration_ms: int, frame_ms: float) -> None:
        """`size`: of the frames as shown; `frame_ms`: how long one is shown."""
        width, height = fitted((WIDTH, max(1, round(WIDTH * size[1] / size[0]))), (WIDTH, _HIGHEST))
        self.cell = (WIDTH, height) if width else (WIDTH, 1)
        self.every_ms = max(1, -(-duration_ms // MOST), round(frame_ms))
        self.half_frame = frame_ms / 2
        self.cells: list[Image.Image] = []

    def wants(self, at_ms: float) -> bool:
        """Whether the frame shown from `at_ms` on is one to keep."""
        return len(self.cells) < MOST and at_ms >= len(self.cells) * self.every_ms - self.half_frame

    def add(self, picture: Image.Image) -> None:
        self.cells.append(picture)

    def save(self, job: Job) -> None:
        """One sprite of what was collected."""
        width, height = self.cell
        rows, columns = -(-len(self.cells) // COLUMNS), min(COLUMNS, len(self.cells))
        sprite = Image.new("RGB", (columns * width, rows * height))
        for number, cell in enumerate(self.cells):
            sprite.paste(cell, (number % COLUMNS * width, number // COLUMNS * height))
        counts = {"columns": columns, "rows": rows, "count": len(self.cells)}
        save(job, "filmstrip", sprite, data={**counts, "width": width, "height": height, "every_ms": self.every_ms})

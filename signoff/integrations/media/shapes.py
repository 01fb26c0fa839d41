"""What goes into the work on a file, and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from signoff.integrations.media.known import Kind

FRAME_PIXELS = 64_000_000  # of a video: its decoder keeps a dozen frames


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. More of it ends in a MediaError."""

    memory_bytes: int = 3 << 30  # address space of the decoder's process
    cpu_seconds: int = 600
    wall_seconds: int = 900
    output_bytes: int = 4 << 30  # of one rendition
    pixels: int = 300_000_000  # of one picture, before it is decoded
    pages: int = 200  # further ones have no pictures


@dataclass(frozen=True, slots=True)
class Probed:
    """What a file holds. Sizes are as shown (turned, square pixels), of a PDF those of its first page in points."""

    kind: Kind
    media_type: str
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    frames: int | None = None  # of a video
    fps_num: int | None = None
    fps_den: int | None = None
    pages: int | None = None  # of a PDF
    has_audio: bool = False
    notice: str = ""  # mild words for people: what the pictures do not show


@dataclass(frozen=True, slots=True)
class Made:
    """One complete rendition. `number` counts pages from 1 and is 0 for all else."""

    kind: str
    number: int
    path: Path
    media_type: str
    width: int | None = None
    height: int | None = None
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Still:
    """A picture, or a frame of a film from 0, with marks: what `decode.burning` draws, in fractions of the picture."""

    marks: Sequence[Mapping[str, Any]] = ()
    frame: int | None = None

"""What a decoder is given to render, and how it hands over what it made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signoff.integrations.media.shapes import Limits


@dataclass(frozen=True, slots=True)
class Job:
    path: Path
    media_type: str
    probed: dict[str, Any]  # as probe() returned it
    into: Path
    limits: Limits
    say: Callable[..., None]
    progress: Callable[[int], None]  # 0 to 100, as often as it likes

    def file(self, kind: str, ending: str, number: int = 0) -> Path:
        """Where the rendition is to be written."""
        return self.into / (f"{kind}-{number}.{ending}" if number else f"{kind}.{ending}")

    def made(self, kind: str, path: Path, media_type: str, *, number: int = 0, **more: object) -> None:
        """Hand over a complete file. `more`: width, height, data."""
        facts: dict[str, object] = {"width": None, "height": None, "data": {}, **more}
        self.say("made", kind=kind, number=number, name=path.name, media_type=media_type, **facts)

"""Look into a file, make what browsers show of it, and stills with marks in them.

The doors of this package; the decoders run in a child process.

Renditions, in the order in which they are made:

- image: "thumbnail" (WebP, fits 480 x 320; of a very wide one the telling part),
  "preview" (WebP, longest side at most 2560)
- video: "thumbnail", "poster" (WebP, at most 1280 wide), "filmstrip" (one WebP sprite; data columns, rows, count,
  width, height, every_ms), "waveform" (where it sounds; as long as the picture), "proxy" (MP4, longest side at most
  1280; data frames: its rate is constant, the probed one; frame n of a file of a constant rate is its frame n)
- audio: "waveform" (WebP, 1600 x 160), "peaks" (JSON: count, peaks 0..255), "proxy" (AAC)
- PDF: "thumbnail", "page" 1..n (WebP, longest side at most 1800)

A damaged video may yield some of its frames, a variable rate is made constant; the proxy's data then has a "notice" for
people.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.failures import as_error
from signoff.integrations.media.known import TYPES, UNKNOWN, Kind
from signoff.integrations.media.process import Hear, run
from signoff.integrations.media.shapes import Limits, Made, Probed, Still
from signoff.integrations.media.words import LOST

__all__ = ["Limits", "Made", "MediaError", "Probed", "Still", "probe", "render", "stills"]


def probe(path: Path, media_type: str, limits: Limits) -> Probed:
    """What the file at `path` holds; `media_type`: by its first bytes (`types.type_of`). Raises MediaError."""
    if TYPES.get(media_type, UNKNOWN).kind is Kind.OTHER:
        return Probed(Kind.OTHER, media_type)
    found: list[Probed] = []

    def hear(said: dict[str, Any]) -> None:
        found.append(Probed(**{**said["probed"], "kind": Kind(said["probed"]["kind"])}))

    run(_request("probe", path, limits, media_type=media_type), limits, {"probed": hear}, hide=(path,))
    if not found:
        raise MediaError(LOST, permanent=False)
    return found[0]


def render(
    path: Path,
    probed: Probed,
    into: Path,
    limits: Limits,
    on_made: Callable[[Made], None],
    on_progress: Callable[[int], None],
) -> None:
    """Make every rendition of the file at `path` in the directory `into`.

    `on_made` hears of each as soon as its file is complete, the thumbnail first; `on_progress` gets 0 to 100, at most
    twice a second. What was made before an error stays and has been told. An exception of either ends the work and is
    passed on. Raises MediaError.
    """
    if probed.kind is Kind.OTHER:
        return
    more = {"media_type": probed.media_type, "probed": asdict(probed)}
    _make("render", path, into, limits, on_made, on_progress, **more)


def stills(
    path: Path,
    media_type: str,
    wanted: Sequence[Still],
    into: Path,
    limits: Limits,
    on_made: Callable[[Made], None],
    *,
    most: int | None = None,
    is_ours: bool = False,
    lasts_ms: int | None = None,
    font: Path | None = None,
) -> None:
    """Make a JPEG "still" of each of `wanted`, its `number` being its place there from 1, as soon as its frame is met.

    A frame that the film does not have is left out. `most`: longest side in pixels, None: the picture's own.
    `is_ours`: the film is a proxy that `render` made, so frames between may be skipped; `lasts_ms`: of another one, as
    it was probed. Raises MediaError.
    """
    film = {"is_ours": is_ours, "lasts_ms": lasts_ms}
    asked = {"stills": [asdict(one) for one in wanted], "most": most, "font": str(font or ""), **film}
    _make("stills", path, into, limits, on_made, lambda _percent: None, media_type=media_type, wanted=asked)


def _make(
    do: str,
    path: Path,
    into: Path,
    limits: Limits,
    on_made: Callable[[Made], None],
    on_progress: Callable[[int], None],
    **more: object,
) -> None:
    making = _scratch(into)
    try:
        hears: dict[str, Hear] = {
            "made": lambda said: on_made(_kept(said, making, into)),
            "progress": lambda said: on_progress(said["percent"]),
        }
        request = _request(do, path, limits, into=str(making), **more)
        run(request, limits, hears, hide=(path, making, into))
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _scratch(into: Path) -> Path:
    """What is half made is nobody's business but ours."""
    try:
        return Path(tempfile.mkdtemp(dir=into, prefix="making-"))
    except OSError as error:
        raise as_error(error) from error


def _request(do: str, path: Path, limits: Limits, **more: object) -> dict[str, object]:
    return {"do": do, "path": str(path.absolute()), "limits": asdict(limits), **more}


def _kept(said: dict[str, Any], making: Path, into: Path) -> Made:
    """Take a file over from the child, which is not to be trusted: it names a file of its own directory or nothing."""
    made = making / Path(said["name"]).name
    if made.is_symlink() or not made.is_file():
        raise MediaError("The decoder lost a picture it had made.", permanent=False)
    kept = made.replace(into / made.name)
    return Made(said["kind"], said["number"], kept, said["media_type"], said["width"], said["height"], said["data"])

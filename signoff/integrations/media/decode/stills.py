"""Stills: a picture, or exact frames of a film, each with marks burned in.

Frames are counted, never sought: frame n is the one that the proxy has at n, and found by the same clock.
"""

from collections.abc import Iterator
from typing import Any

from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, JpegImagePlugin

from signoff.integrations.media.decode import images
from signoff.integrations.media.decode.burning import burned
from signoff.integrations.media.decode.clock import Clock
from signoff.integrations.media.decode.demuxing import Source, opened
from signoff.integrations.media.decode.packets import Damage, frames_of
from signoff.integrations.media.decode.shaping import Shaper, as_picture, shown_size
from signoff.integrations.media.decode.timed import rate_of
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.job import Job
from signoff.integrations.media.known import TYPES, Kind
from signoff.integrations.media.words import NOTHING_IN_IT

QUALITY = 90
PAPER = "white"  # behind what is not there
assert JpegImagePlugin.MARKER  # registered by its import


def render(job: Job, wanted: dict[str, Any]) -> None:
    """`wanted`: `stills`, each a `frame` and `marks`; `font`, a file; `most`, the longest side that is kept, or None;
    `is_ours`: the film is a proxy that we made; else `lasts_ms` is how long it was probed to be.

    Each still is handed over with its place in the list, from 1.
    """
    stills = wanted["stills"]
    shown = _frames(job, wanted) if TYPES[job.media_type].kind is Kind.VIDEO else _pictures(job, len(stills))
    for done, (index, picture) in enumerate(shown, 1):
        made = burned(picture, stills[index]["marks"], wanted["font"])
        if wanted["most"]:
            made.thumbnail((wanted["most"], wanted["most"]))
        path = job.file("still", "jpg", index + 1)
        made.save(path, "JPEG", quality=QUALITY, subsampling=0)
        job.made("still", path, "image/jpeg", number=index + 1, width=made.width, height=made.height)
        job.progress(100 * done // len(stills))


def _pictures(job: Job, count: int) -> Iterator[tuple[int, Image.Image]]:
    """The picture, as often as it is wanted."""
    picture = images.whole(job.path, job.media_type, job.limits)
    ground = Image.new("RGB", picture.size, PAPER)
    ground.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    for index in range(count):
        yield index, ground.copy()


def _frames(job: Job, wanted: dict[str, Any]) -> Iterator[tuple[int, Image.Image]]:
    """Frames as they come; one that is not there yields nothing."""
    numbers: dict[int, list[int]] = {}
    for index, still in enumerate(wanted["stills"]):
        numbers.setdefault(still["frame"] or 0, []).append(index)
    with opened(job.path, job.media_type, job.limits) as source:
        if source.video is None:
            raise MediaError(NOTHING_IN_IT)
        if wanted["is_ours"]:
            found = _by_packets(source, source.video, set(numbers))
        else:
            found = _by_clock(source, source.video, sorted(numbers), wanted["lasts_ms"])
        for number, frame in found:
            picture = as_picture(Shaper(shown_size(source.video, frame), "rgb24").shaped(frame))
            for index in numbers[number]:
                yield index, picture.copy()


def _by_clock(
    source: Source, video: VideoStream, waiting: list[int], lasts_ms: int | None
) -> Iterator[tuple[int, VideoFrame]]:
    """Decodes every frame up to the last one wanted. One that is shown longer has several numbers."""
    clock = Clock(rate_of(video), lasts_ms)
    shown: VideoFrame | None = None
    for _, frame in frames_of(source.container, [video], Damage()):
        assert isinstance(frame, VideoFrame), "Nothing else was asked for."
        number = clock.number(frame.pts, frame.time_base)
        if number is None:
            continue
        while shown and waiting and waiting[0] < number:
            yield waiting.pop(0), shown
        if not waiting:
            return
        shown = frame
    if shown and waiting[:1] == [clock.last]:
        yield waiting[0], shown


def _by_packets(source: Source, video: VideoStream, wanted: set[int]) -> Iterator[tuple[int, VideoFrame]]:
    """A proxy has one packet a frame, in order, and often a keyframe: what lies between is only read."""
    since_key: list[Any] = []
    number = -1
    for packet in source.container.demux(video):
        if not packet.size:
            return
        number += 1
        since_key = [packet] if packet.is_keyframe else [*since_key, packet]
        if number in wanted:
            codec = video.codec_context
            codec.flush_buffers()
            frames = [frame for one in (*since_key, None) for frame in codec.decode(one)]
            codec.flush_buffers()
            if len(frames) == len(since_key):
                yield number, frames[-1]
        if number >= max(wanted):
            return

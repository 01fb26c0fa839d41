"""Open what moves or sounds, so that a hostile file can reach nothing but itself.

The demuxer is the one that the content asks for (never a playlist's), the bytes come from a file object, and every
protocol is forbidden: a reference to another file or to an address is an error.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import av.logging
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.shapes import FRAME_PIXELS, Limits
from signoff.integrations.media.words import NOTHING_IN_IT, not_decoded, too_many_pixels

_THREADS = min(4, os.cpu_count() or 1)  # each takes address space, which is limited
_BUFFER = 1 << 18
_ALONE = {"protocol_whitelist": "none"}
_DEMUXERS = {
    **dict.fromkeys(("video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"), "mov"),
    **dict.fromkeys(("video/webm", "video/x-matroska", "audio/webm", "audio/x-matroska"), "matroska"),
    **dict.fromkeys(("video/x-ms-wmv", "audio/x-ms-wma"), "asf"),
    **dict.fromkeys(("video/ogg", "audio/ogg"), "ogg"),
    "video/x-msvideo": "avi",
    "application/mxf": "mxf",
    "video/mp2t": "mpegts",
    "video/mpeg": "mpeg",
    "video/x-flv": "flv",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/aiff": "aiff",
    "audio/flac": "flac",
    "audio/aac": "aac",
    "audio/x-caf": "caf",
}
_STILLS = Disposition.attached_pic | Disposition.timed_thumbnails


@dataclass(frozen=True, slots=True)
class Source:
    """An open file; at least one of the streams is there."""

    container: InputContainer
    video: VideoStream | None
    audio: AudioStream | None


@contextmanager
def opened(path: Path, media_type: str, limits: Limits) -> Iterator[Source]:
    """Raises MediaError when it holds nothing to show, and what the demuxer raises."""
    av.logging.restore_default_callback()
    av.logging.set_libav_level(av.logging.WARNING)
    with path.open("rb", buffering=0) as file:
        demuxer = _demuxer(file.read(4), media_type)
        file.seek(0)
        # Titles of an older encoding are no damage: nobody reads them here.
        with av.open(
            file, "r", format=demuxer, options=_ALONE, metadata_errors="replace", buffer_size=_BUFFER
        ) as container:
            yield _source(container, limits)


def _demuxer(start: bytes, media_type: str) -> str:
    return "mpegvideo" if start == b"\x00\x00\x01\xb3" else _DEMUXERS[media_type]


def _most(limits: Limits) -> int:
    return min(limits.pixels, FRAME_PIXELS)


def _source(container: InputContainer, limits: Limits) -> Source:
    moving = [stream for stream in container.streams.video if not stream.disposition & _STILLS]
    video = next((stream for stream in moving if stream.codec_context), None)
    audio = next((stream for stream in container.streams.audio if stream.codec_context), None)
    if video is None and (moving or (audio is None and container.streams.audio)):
        raise MediaError(not_decoded())
    if video is None and audio is None:
        raise MediaError(NOTHING_IN_IT)
    if video is not None:
        _check_size(video, limits)
        video.codec_context.options = {"max_pixels": str(_most(limits))}  # it may grow on the way
        video.thread_type, video.thread_count = "AUTO", _THREADS
    return Source(container, video, audio)


def _check_size(video: VideoStream, limits: Limits) -> None:
    if video.width * video.height > _most(limits):
        raise MediaError(too_many_pixels(video.width, video.height, _most(limits)))

"""The one frame that stands for a video: not the black it may begin with."""

from collections.abc import Iterator
from fractions import Fraction

import av
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageStat

from signoff.integrations.media.decode.demuxing import Source
from signoff.integrations.media.decode.packets import Damage, frames_of
from signoff.integrations.media.decode.shaping import Shaper, as_picture, fitted, shown_size
from signoff.integrations.media.decode.webp import save
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.job import Job
from signoff.integrations.media.words import damaged

_MOST = (1280, 1280)
_THUMBNAIL = (480, 320)
_PLACES = (Fraction(1, 10), Fraction(4, 10), Fraction(7, 10))
_FLAT = 6.0  # a picture whose brightness varies less shows nothing
_PATIENCE = 60  # frames decoded from a keyframe on


def save_poster(job: Job, source: Source, video: VideoStream) -> None:
    """Thumbnail and poster. Raises MediaError when no frame can be decoded."""
    poster: Image.Image | None = None
    for frame in _candidates(source, video, job.probed["duration_ms"] or 0):
        poster = _picture(video, frame)
        if not _is_flat(poster):
            break
    if poster is None:
        raise MediaError(damaged("none of its frames can be decoded"))
    small = poster.copy()
    small.thumbnail(_THUMBNAIL)
    save(job, "thumbnail", small)
    save(job, "poster", poster)


def _candidates(source: Source, video: VideoStream, duration_ms: int) -> Iterator[VideoFrame]:
    """Frames at some places; the very first, read before anything is sought, is the last resort."""
    _, first = next(frames_of(source.container, [video], Damage()), (None, None))
    for place in _PLACES:
        frame = _frame_at(source, video, duration_ms * place / 1000)
        if frame is not None:
            yield frame
    if isinstance(first, VideoFrame):
        yield first


def _is_flat(picture: Image.Image) -> bool:
    return max(ImageStat.Stat(picture.convert("L").resize((64, 64))).stddev) < _FLAT


def _frame_at(source: Source, video: VideoStream, seconds: Fraction) -> VideoFrame | None:
    """The frame shown `seconds` after the beginning, or the nearest one before that is quickly had."""
    if not video.time_base:
        return None
    target = (video.start_time or 0) + round(seconds / video.time_base)
    try:
        source.container.seek(target, stream=video)
    except av.FFmpegError:
        return None  # it has no index: the first frame will do
    frame = None
    for number, (_, frame) in enumerate(frames_of(source.container, [video], Damage())):
        if number >= _PATIENCE or (frame.pts or 0) >= target:
            break
    return frame if isinstance(frame, VideoFrame) else None


def _picture(video: VideoStream, frame: VideoFrame) -> Image.Image:
    return as_picture(Shaper(fitted(shown_size(video, frame), _MOST), "rgb24").shaped(frame))

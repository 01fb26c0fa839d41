"""What moves or sounds: how long, how large, how many frames a second."""

from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from signoff.integrations.media.decode.clock import UNSAID
from signoff.integrations.media.decode.demuxing import Source, opened
from signoff.integrations.media.decode.packets import Damage, frames_of
from signoff.integrations.media.decode.shaping import shown_size
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.shapes import Limits
from signoff.integrations.media.words import damaged

_RATES = [Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60, 120)]
_RATES += [Fraction(rate) for rate in (10, 12, 15, 24, 25, 30, 48, 50, 60, 100, 120)]
_SHORT_MS = 500
_MOST = 60  # frames a second that are made for what does not really have them
_SPARSE = Fraction(5, 4)
_ROUGHLY = Fraction(1, 50)
_CLOSE = Fraction(1, 5000)  # 23.976 and 24 are five times as far apart


def probe(path: Path, media_type: str, limits: Limits) -> dict[str, object]:
    """Decodes one frame of it, so that what cannot be decoded is known now."""
    with opened(path, media_type, limits) as source:
        first = _first_frame(source)
        found: dict[str, object] = {"media_type": media_type, "has_audio": source.audio is not None}
        if source.video is None or not isinstance(first, VideoFrame):
            return {**found, "kind": "audio", "duration_ms": lasts_ms(source)}
        width, height = shown_size(source.video, first)
        rate, duration_ms = rate_of(source.video) or UNSAID, lasts_ms(source)
        frames, ends_ms = _counted(source, source.video)
        found |= {"kind": "video", "width": width, "height": height, "frames": frames}
        return found | {
            "duration_ms": duration_ms or ends_ms,
            "fps_num": rate.numerator,
            "fps_den": rate.denominator,
            "notice": _notice(duration_ms or 0, ends_ms),
        }


def rate_of(video: VideoStream) -> Fraction | None:
    """Frames a second; None: not known."""
    return rate_meant(video.guessed_rate, video.average_rate)


def rate_meant(least: Fraction | None, average: Fraction | None) -> Fraction | None:
    """The rate that is meant by the two nearest frames (`least`) and by all of them, rounded as containers do.

    What is nearer to each other now and then, as in a screen recording, has that rate up to 60; past it, the next
    common one above the average. Fields that are counted as frames are not.
    """
    said = least or average
    if not said:
        return None
    if average and (abs(said - 2 * average) <= said * _CLOSE or (said > _MOST and said > average * _SPARSE)):
        said = min((rate for rate in _RATES if rate >= average * (1 - _ROUGHLY)), default=average)
    meant = min(_RATES, key=lambda rate: abs(rate - said))
    return meant if abs(meant - said) <= meant * _CLOSE else said.limit_denominator(1001)


def _first_frame(source: Source) -> object:
    damage = Damage()
    stream = source.video or source.audio
    assert stream is not None
    for _, frame in frames_of(source.container, [stream], damage):
        return frame
    raise MediaError(damaged(damage.last or "nothing in it can be decoded"))


def _counted(source: Source, video: VideoStream) -> tuple[int, int | None]:
    """How many frames, and when the last of all packets ends in ms. Only read where the container does not say."""
    if video.frames:
        return video.frames, None
    source.container.seek(0)
    frames, end = 0, Fraction(0)
    try:
        for packet in source.container.demux(*filter(None, (video, source.audio))):
            frames += packet.stream is video and packet.size > 0
            if packet.pts is not None and packet.time_base:
                end = max(end, (packet.pts + (packet.duration or 0)) * packet.time_base)
    except av.FFmpegError:
        pass  # cut off: so many there are
    return frames, round((end - _start(source)) * 1000)


def _start(source: Source) -> Fraction:
    return Fraction(source.container.start_time or 0, av.time_base)


def _notice(duration_ms: int, ends_ms: int | None) -> str:
    """A container that promises much more than is there was cut off."""
    if ends_ms is None or duration_ms - ends_ms < max(_SHORT_MS, duration_ms // 10):
        return ""
    return f"Only the first {ends_ms / 1000:.1f} of {duration_ms / 1000:.1f} seconds are there: the file is cut off."


def lasts_ms(source: Source) -> int | None:
    """How long it is, as its container says."""
    stream = source.video or source.audio
    if stream is not None and stream.duration and stream.time_base:
        return round(stream.duration * stream.time_base * 1000)
    return round(Fraction(source.container.duration, av.time_base) * 1000) if source.container.duration else None

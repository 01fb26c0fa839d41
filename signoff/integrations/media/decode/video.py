"""Videos: poster, then in one pass over every frame the proxy and the filmstrip."""

from collections import deque
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from signoff.integrations.media.decode.audio import Peaks, save_waveform
from signoff.integrations.media.decode.clock import Clock
from signoff.integrations.media.decode.demuxing import Source, opened
from signoff.integrations.media.decode.filmstrip import Filmstrip
from signoff.integrations.media.decode.packets import Damage, Decodable, frames_of
from signoff.integrations.media.decode.poster import save_poster
from signoff.integrations.media.decode.shaping import Shaper, as_picture, fitted
from signoff.integrations.media.decode.sound import Sound
from signoff.integrations.media.decode.timed import rate_of
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.job import Job
from signoff.integrations.media.words import damaged

_MOST = (1280, 1280)
_PATIENCE = 5000  # frames of sound, at least half a minute
_KEYFRAME_EVERY = 12
_X264 = {
    "preset": "veryfast",
    "crf": "21",
    "profile": "high",
    "g": str(_KEYFRAME_EVERY),
    "keyint_min": "1",
    "bf": "0",  # a frame back is a frame back
    "sc_threshold": "0",
    "threads": "4",
}
_BT709 = 1
_UNEVEN = 50  # one repeated or left out frame in so many is still called constant
VARIABLE = "Its frame rate varies: it is shown, and its frames are counted, at %s frames a second."


def render(job: Job) -> None:
    """Raises MediaError when no frame can be decoded."""
    with opened(job.path, job.media_type, job.limits) as source:
        save_poster(job, source, _video(source))
    with opened(job.path, job.media_type, job.limits) as source:
        path = job.file("proxy", "mp4")
        with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as out:
            proxy = Proxy(job, source, out)
            proxy.encode()
        proxy.strip.save(job)
        if proxy.sound:
            save_waveform(job, proxy.peaks.reduced(float(proxy.written / proxy.clock.rate)))
        job.made("proxy", path, "video/mp4", width=proxy.size[0], height=proxy.size[1], data=proxy.data())


class Proxy:
    """One pass: each frame of the source goes in, is encoded at its place and looked at for the filmstrip."""

    def __init__(self, job: Job, source: Source, out: OutputContainer) -> None:
        self.job, self.source, self.out = job, source, out
        self.video = _video(source)
        self.clock = Clock(rate_of(self.video), job.probed["duration_ms"])
        shown = (job.probed["width"], job.probed["height"])
        self.size = fitted(shown, _MOST, even=True)
        self.shaper = Shaper(self.size, "yuv420p")
        self.strip = Filmstrip(shown, job.probed["duration_ms"] or 0, float(1000 / self.clock.rate))
        self.picture = self._picture_track()
        self.sound = Sound(out) if source.audio else None
        self.peaks = Peaks(job.probed["duration_ms"] or 0)
        self.waiting: deque[AudioFrame] = deque(maxlen=_PATIENCE)  # what sounds before the first frame, our time zero
        self.frames = 0  # of the source
        self.shown: VideoFrame | None = None  # to be repeated until the next one
        self.written = self.uneven = 0
        self.damage = Damage()

    def encode(self) -> None:
        streams: list[Decodable] = [self.video, *([self.source.audio] if self.source.audio else [])]
        for _, frame in frames_of(self.source.container, streams, self.damage):
            self._see(frame) if isinstance(frame, VideoFrame) else self._hear(frame)
        if not self.frames:
            raise MediaError(damaged(self.damage.last or "none of its frames can be decoded"))
        self.out.mux(self.picture.encode(None))
        if self.sound:
            self.peaks.add(self.sound.finish())

    def data(self) -> dict[str, object]:
        """Its frames, and what is missing of a damaged file."""
        expected = self.job.probed["frames"] or 0
        if self.damage.last or self.frames < expected * 0.9:
            few = f"Only {self.frames} of {expected} frames could be read" if self.frames < expected else ""
            notice = f"{few or 'Some frames are broken'}: the file is damaged or cut off."
            return {"frames": self.written, "notice": notice}
        if self.uneven * _UNEVEN > self.written:
            return {
                "frames": self.written,
                "notice": VARIABLE % f"{float(self.clock.rate):.3f}".rstrip("0").rstrip("."),
            }
        return {"frames": self.written}

    def _see(self, frame: VideoFrame) -> None:
        self.frames += 1
        number = self.clock.number(frame.pts, frame.time_base)
        if number is None:
            self.uneven += 1
            return
        while self.shown and self.written < number:
            self.uneven += 1
            self._write(self.shown)
        self.shown = self.shaper.shaped(frame)
        self._write(self.shown)

    def _write(self, shaped: VideoFrame) -> None:
        """The next frame of the proxy."""
        ticks = self.written * self.clock.frame_ticks
        shaped.pts, shaped.time_base = ticks, self.clock.time_base
        shaped.duration = self.clock.frame_ticks
        shaped.pict_type = 0  # the source's keyframes are not ours
        self.out.mux(self.picture.encode(shaped))
        self.written += 1
        at_ms = float(ticks * self.clock.time_base * 1000)
        if self.strip.wants(at_ms):
            width, height = self.strip.cell
            self.strip.add(as_picture(shaped.reformat(width, height, "rgb24")))
        self.job.progress(int(100 * at_ms / (self.job.probed["duration_ms"] or 1)))

    def _hear(self, frame: AudioFrame) -> None:
        assert self.sound
        self.waiting.append(frame)
        if self.clock.first is None and not self.frames:
            return
        while self.waiting:
            self.peaks.add(self.sound.add(self.waiting.popleft(), self.clock.first or Fraction(0)))

    def _picture_track(self) -> VideoStream:
        track = self.out.add_stream("libx264", rate=self.clock.rate, options=_X264)
        track.width, track.height = self.size
        track.pix_fmt = "yuv420p"
        track.codec_context.time_base = self.clock.time_base
        track.time_base = self.clock.time_base
        track.colorspace = track.color_primaries = track.color_trc = _BT709
        track.color_range = 1
        return track


def _video(source: Source) -> VideoStream:
    assert source.video, "The probe found one."
    return source.video

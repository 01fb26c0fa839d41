"""Videos: poster, then in one pass over every frame the proxy and the filmstrip."""

from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

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
        job.made("proxy", path, "video/mp4", width=proxy.size[0], height=proxy.size[1], data=proxy.data())


class Proxy:
    """One pass: each frame of the source goes in, is encoded with its own time and looked at for the filmstrip."""

    def __init__(self, job: Job, source: Source, out: OutputContainer) -> None:
        self.job, self.source, self.out = job, source, out
        self.video = _video(source)
        self.clock = Clock(rate_of(self.video))
        shown = (job.probed["width"], job.probed["height"])
        self.size = fitted(shown, _MOST, even=True)
        self.shaper = Shaper(self.size, "yuv420p")
        self.strip = Filmstrip(shown, job.probed["duration_ms"] or 0, float(1000 / self.clock.rate))
        self.picture = self._picture_track()
        self.sound = Sound(out) if source.audio else None
        self.waiting: list[AudioFrame] = []  # sound that comes before the first frame, which is time zero
        self.frames = 0
        self.damage = Damage()

    def encode(self) -> None:
        streams: list[Decodable] = [self.video, *([self.source.audio] if self.source.audio else [])]
        for _, frame in frames_of(self.source.container, streams, self.damage):
            self._see(frame) if isinstance(frame, VideoFrame) else self._hear(frame)
        if not self.frames:
            raise MediaError(damaged(self.damage.last or "none of its frames can be decoded"))
        self.out.mux(self.picture.encode(None))
        if self.sound:
            self.sound.finish()

    def data(self) -> dict[str, object]:
        """Its frames, and what is missing of a damaged file."""
        expected = self.job.probed["frames"] or 0
        if not self.damage.last and self.frames >= expected * 0.9:
            return {"frames": self.frames}
        few = f"Only {self.frames} of {expected} frames could be read" if self.frames < expected else ""
        return {"frames": self.frames, "notice": f"{few or 'Some frames are broken'}: the file is damaged or cut off."}

    def _see(self, frame: VideoFrame) -> None:
        ticks = self.clock.ticks(frame.pts, frame.time_base)
        shaped = self.shaper.shaped(frame)
        shaped.pts, shaped.time_base = ticks, self.clock.time_base
        shaped.duration = self.clock.frame_ticks
        shaped.pict_type = 0  # the source's keyframes are not ours
        self.out.mux(self.picture.encode(shaped))
        self.frames += 1
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
        for heard in self.waiting:
            self.sound.add(heard, self.clock.first or Fraction(0))
        self.waiting = []

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

"""Sounds: waveform, peaks and a proxy, in one pass."""

import json
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from PIL import Image, ImageDraw

from signoff.integrations.media.decode.demuxing import opened
from signoff.integrations.media.decode.packets import Damage, frames_of
from signoff.integrations.media.decode.sound import FRAME, RATE, Sound
from signoff.integrations.media.decode.webp import save
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.job import Job
from signoff.integrations.media.words import damaged

COUNT = 1000
SIZE = (1600, 160)
_COLOUR = (120, 128, 140, 255)  # to be seen on light and on dark
_BLOCKS = 8 * COUNT


def render(job: Job) -> None:
    """Raises MediaError when nothing of it can be decoded."""
    proxy = job.file("proxy", "m4a")
    peaks = Peaks(job.probed["duration_ms"] or 0)
    with opened(job.path, job.media_type, job.limits) as source:
        assert source.audio, "The probe found one."
        with av.open(str(proxy), "w", format="mp4", options={"movflags": "+faststart"}) as out:
            sound, damage, origin = Sound(out), Damage(), None
            for _, frame in frames_of(source.container, [source.audio], damage):
                assert isinstance(frame, AudioFrame)
                if origin is None:
                    origin = Fraction(0) if frame.pts is None else frame.pts * (frame.time_base or Fraction(0))
                peaks.add(sound.add(frame, origin))
                job.progress(int(100 * peaks.seconds * 1000 / (job.probed["duration_ms"] or 1)))
            peaks.add(sound.finish())
            if origin is None:
                raise MediaError(damaged(damage.last or "nothing of it can be decoded"))
    save_waveform(job, peaks.reduced())
    _save_peaks(job, peaks.reduced())
    job.made("proxy", proxy, "audio/mp4")


class Peaks:
    """The loudest sample of every short block, on the way to a thousand."""

    def __init__(self, duration_ms: int) -> None:
        wanted = max(1, duration_ms * RATE // 1000 // _BLOCKS) if duration_ms else RATE // 100
        self.block = min(wanted, FRAME)
        self.blocks: list[float] = []
        self.seconds = 0.0

    def add(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            self.seconds += frame.samples / RATE
            planes = [memoryview(plane).cast("B")[: frame.samples * 4].cast("f") for plane in frame.planes]
            for start in range(0, frame.samples, self.block):
                parts = [plane[start : start + self.block] for plane in planes]
                self.blocks.append(max(max(max(part), -min(part)) for part in parts))

    def reduced(self, seconds: float | None = None) -> list[int]:
        """COUNT numbers from 0 (silence) to 255 (full scale), over all of it or over so many seconds of picture."""
        blocks = self.blocks or [0.0]
        if seconds is not None:
            wanted = max(1, round(seconds * RATE / FRAME * -(-FRAME // self.block)))
            blocks = [*blocks[:wanted], *[0.0] * (wanted - len(blocks))]
        count = len(blocks)
        spans = ((number * count // COUNT, -(-(number + 1) * count // COUNT)) for number in range(COUNT))
        return [min(255, round(max(blocks[start:end]) * 255)) for start, end in spans]


def save_waveform(job: Job, peaks: list[int]) -> None:
    """The sound as a picture."""
    width, height = SIZE
    picture = Image.new("RGBA", SIZE, (*_COLOUR[:3], 0))
    draw = ImageDraw.Draw(picture)
    for x in range(width):
        half = max(1, peaks[x * COUNT // width] * (height // 2) // 255)
        draw.line((x, height // 2 - half, x, height // 2 + half - 1), fill=_COLOUR)
    save(job, "waveform", picture)


def _save_peaks(job: Job, peaks: list[int]) -> None:
    path = job.file("peaks", "json")
    path.write_text(json.dumps({"count": COUNT, "peaks": peaks}))
    job.made("peaks", path, "application/json")

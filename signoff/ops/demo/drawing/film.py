"""Films: shots of a few layers that move against each other, with a burnt-in time, encoded with a tune below them.

Layers are turned to the colours of video (Y, Cb, Cr) once, not each frame of them: Pillow lays them over each other
just as well, and every frame is spared a conversion.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from PIL import Image

from signoff.ops.demo.drawing.canvas import Canvas, Type
from signoff.ops.demo.drawing.sound import RATE, Tune, samples

SIZE = (1280, 720)
BAR = 40
HOUR = 3600
DIGIT = 11
LABEL = Type(500, 0.0)
COLOURS_OF_601 = 5
NO_LIGHT = (16, 128, 128)
# Video keeps some values free at both ends.
LIGHTS = [round(16 + v * 219 / 255) for v in range(256)]
COLOURS = [round(128 + (v - 128) * 224 / 255) for v in range(256)]


@dataclass(frozen=True, slots=True)
class Layer:
    """A cut-out in video's colours at a place; within its shot it moves so many pixels to the right and down."""

    image: Image.Image
    cover: Image.Image | None
    x: float
    y: float
    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class Shot:
    """What moves; the first layer is opaque and covers the frame wherever it moves to."""

    layers: tuple[Layer, ...]
    frames: int


def layer(image: Image.Image, x: float, y: float, right: float = 0.0, down: float = 0.0) -> Layer:
    """A layer of a picture; where the picture is see-through, so is the layer."""
    cover = image.getchannel("A") if image.mode == "RGBA" else None
    return Layer(in_video_colours(image.convert("RGB")), cover, x, y, right, down)


def in_video_colours(image: Image.Image) -> Image.Image:
    """The bands Y, Cb and Cr in the range that video has, in a picture that calls them red, green and blue."""
    light, blue, red = image.convert("YCbCr").split()
    return Image.merge("RGB", (light.point(LIGHTS), blue.point(COLOURS), red.point(COLOURS)))


def frames_of(shots: list[Shot], title: str, fps: int) -> Iterator[Image.Image]:
    """All frames in video's colours, with the title and the running time in the lower bar."""
    number = 0
    for shot in shots:
        for n in range(shot.frames):
            frame = _composed(shot, n / max(shot.frames - 1, 1))
            frame.paste(NO_LIGHT, (0, 0, SIZE[0], BAR))
            frame.paste(_bar(title), (0, SIZE[1] - BAR))
            _burn(frame, number, fps)
            yield frame
            number += 1


def write_film(frames: Iterator[Image.Image], fps: int, tune: Tune, seconds: float, path: Path) -> None:
    """Encode as MP4: H.264, AAC."""
    with av.open(str(path), "w", format="mp4") as file:
        video = file.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "crf": "24", "threads": "1"})
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        video.codec_context.gop_size = fps
        video.codec_context.colorspace = COLOURS_OF_601
        sound = file.add_stream("aac", rate=RATE)
        sound.bit_rate = 96_000
        for picture in frames:
            file.mux(video.encode(_video_frame(picture)))
        file.mux(video.encode(None))
        for block in _blocks(samples(tune, seconds)):
            file.mux(sound.encode(block))
        file.mux(sound.encode(None))


def _video_frame(picture: Image.Image) -> av.VideoFrame:
    frame = av.VideoFrame(*SIZE, "yuv420p")
    light, blue, red = picture.split()
    for plane, band in zip(frame.planes, (light, blue.reduce(2), red.reduce(2)), strict=True):
        plane.update(band.tobytes())
    return frame


def _blocks(tones: "array[int]") -> Iterator[av.AudioFrame]:
    for start in range(0, len(tones) - 1023, 1024):
        block = av.AudioFrame(format="s16", layout="mono", samples=1024)
        block.planes[0].update(tones[start : start + 1024].tobytes())
        block.sample_rate, block.pts, block.time_base = RATE, start, Fraction(1, RATE)
        yield block


def _composed(shot: Shot, part: float) -> Image.Image:
    eased = part * part * (3 - 2 * part)
    ground, *rest = shot.layers
    x, y = round(ground.x + ground.right * eased), round(ground.y + ground.down * eased)
    frame = ground.image.crop((-x, -y, SIZE[0] - x, SIZE[1] - y))
    for one in rest:
        place = round(one.x + one.right * eased), round(one.y + one.down * eased)
        frame.paste(one.image, place, one.cover)
    return frame


@cache
def _bar(title: str) -> Image.Image:
    bar = Canvas(SIZE[0], BAR, "#000000")
    bar.text(title, 24, 26, 17, "#c9ced6", LABEL)
    return in_video_colours(bar.image)


@cache
def _digit(sign: str) -> Image.Image:
    cell = Canvas(DIGIT, BAR, "#000000")
    cell.text(sign, DIGIT / 2, 26, 17, "#ffffff", LABEL, "middle")
    return in_video_colours(cell.image)


def _burn(frame: Image.Image, number: int, fps: int) -> None:
    """The time from one o'clock on, and the frame's number from 0."""
    seconds = HOUR + number // fps
    words = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{number % fps:02}   {number:04}"
    for n, sign in enumerate(words):
        frame.paste(_digit(sign), (SIZE[0] - 24 - DIGIT * (len(words) - n), SIZE[1] - BAR))

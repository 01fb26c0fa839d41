"""Files as studios send them, made on the spot, and what becomes of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph
from PIL import Image, ImageDraw

from signoff.integrations.media.types import HEAD_BYTES, type_of
from signoff.integrations.media.work import Limits, Made, Probed, probe, render

LIMITS = Limits(cpu_seconds=60, wall_seconds=60)


@dataclass
class Outcome:
    """Everything that was said about one file."""

    probed: Probed
    made: list[Made] = field(default_factory=list)
    progress: list[int] = field(default_factory=list)

    def one(self, kind: str, number: int = 0) -> Made:
        [found] = [made for made in self.made if (made.kind, made.number) == (kind, number)]
        return found

    def picture(self, kind: str, number: int = 0) -> Image.Image:
        return Image.open(self.one(kind, number).path)


def worked(path: Path, limits: Limits = LIMITS) -> Outcome:
    """Probe and render the file as the worker does: its type by its first bytes."""
    with path.open("rb") as file:
        media_type = type_of(file.read(HEAD_BYTES), path.name).name
    into = path.parent / f"{path.name}.made"
    into.mkdir(exist_ok=True)
    outcome = Outcome(probe(path, media_type, limits))
    render(path, outcome.probed, into, limits, outcome.made.append, outcome.progress.append)
    return outcome


def clip(
    path: Path,
    frames: int = 25,
    rate: Fraction | int = 25,
    *,
    size: tuple[int, int] = (96, 54),
    codec: str = "libx264",
    pixels: str = "yuv420p",
    sound: str = "",
    rotation: int = 0,
    time: Callable[[int], Fraction] | None = None,
    aspect: Fraction | None = None,
    picture: Callable[[tuple[int, int], int], Image.Image] | None = None,
) -> Path:
    """A video of `frames` frames, each of another grey with a white bar that moves, or `picture`; `time` in seconds."""
    rate = Fraction(rate)
    with av.open(str(path), "w") as out:
        track = out.add_stream(codec, rate=rate)
        track.width, track.height, track.pix_fmt = *size, pixels
        if aspect:
            track.codec_context.sample_aspect_ratio = aspect
        if rotation:
            track.set_display_rotation(rotation)
        tone = out.add_stream(sound, rate=48000) if sound else None
        track.codec_context.time_base = Fraction(1, 90000) if time else 1 / rate
        for number in range(frames):
            frame = av.VideoFrame.from_image((picture or _picture)(size, number)).reformat(format=pixels)
            frame.time_base = track.codec_context.time_base
            frame.pts = round(time(number) / frame.time_base) if time else number
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
        if tone:
            hum(out, tone, float(frames / rate))
    return path


def tone(path: Path, codec: str, seconds: float = 1.0, volume: float = 1.0, cover: bytes | None = None) -> Path:
    """A sound of 440 Hz; with `cover`, a JPEG picture beside it."""
    with av.open(str(path), "w") as out:
        track = out.add_stream(codec, rate=48000 if codec == "libopus" else 44100)
        if cover:
            picture = out.add_stream("mjpeg", rate=1)
            picture.width, picture.height, picture.pix_fmt = 32, 32, "yuvj420p"
            picture.disposition = av.stream.Disposition.attached_pic
        hum(out, track, seconds, volume)
        if cover:
            packet = av.Packet(cover)
            packet.stream, packet.pts, packet.dts = picture, 0, 0
            out.mux(packet)
    return path


def pdf(pages: list[str], size: tuple[float, float] = (200, 100)) -> bytes:
    """A PDF of pages with these drawing commands."""
    kids = " ".join(f"{number * 2 + 3} 0 R" for number in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    for number, drawing in enumerate(pages):
        box = f"[0 0 {size[0]} {size[1]}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {number * 2 + 4} 0 R >>")
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    return pdf_of([body.encode() for body in objects])


def pdf_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, the first being its catalogue."""
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, count = len(written), len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n" % count
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(written + b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF" % (count, trailer, start))


COLUMNS, ROWS = 6, 2  # blocks of a numbered picture, one a bit


def numbered(size: tuple[int, int], number: int) -> Image.Image:
    """A picture that carries a number: white blocks for ones, the smallest first, from left to right, then below."""
    bits = Image.new("L", (COLUMNS, ROWS))
    bits.putdata([255 * (number >> bit & 1) for bit in range(COLUMNS * ROWS)])
    return bits.resize(size, Image.Resampling.NEAREST).convert("RGB")


def number_of(picture: Image.Image) -> int:
    """What `numbered` wrote, from a picture of any size."""
    bits = picture.convert("L").resize((COLUMNS, ROWS), Image.Resampling.BOX)
    return sum(int(bits.getpixel((bit % COLUMNS, bit // COLUMNS)) > 127) << bit for bit in range(COLUMNS * ROWS))  # type: ignore[operator]


def half_numbered(size: tuple[int, int], number: int) -> Image.Image:
    """The same with the number in its lower half, below grey."""
    picture = Image.new("RGB", size, (110, 110, 110))
    picture.paste(numbered((size[0], size[1] // 2), number), (0, size[1] // 2))
    return picture


def number_below(picture: Image.Image) -> int:
    """What `half_numbered` wrote."""
    return number_of(picture.crop((0, picture.height // 2, picture.width, picture.height)))


def _picture(size: tuple[int, int], number: int) -> Image.Image:
    picture = Image.new("RGB", size, (40 + number * 3 % 120,) * 3)
    left = number * 4 % size[0]
    ImageDraw.Draw(picture).rectangle((left, 0, left + size[0] // 6, size[1] // 2), fill="white")
    return picture


def hum(out: av.container.OutputContainer, track: av.AudioStream, seconds: float, volume: float = 1.0) -> None:
    """Sound of 440 Hz on this track."""
    codec = track.codec_context
    sample_format = codec.codec.audio_formats[0].name
    graph = Graph()
    source = graph.add("sine", f"frequency=440:duration={seconds}:sample_rate={codec.sample_rate}")
    louder = graph.add("volume", f"{8 * volume}")  # sine has an eighth of full scale
    both = graph.add("pan", "stereo|c0=c0|c1=c0")
    shape = graph.add("aformat", f"sample_fmts={sample_format}:channel_layouts=stereo")
    graph.link_nodes(source, louder, both, shape, graph.add("abuffersink")).configure()
    while True:
        try:
            out.mux(track.encode(graph.pull()))
        except av.EOFError:
            break
    out.mux(track.encode(None))

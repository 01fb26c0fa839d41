"""Frames as they are shown: turned upright, with square pixels, in the size and colours asked for."""

from fractions import Fraction

from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}
_COLOURS = {"yuv420p": "out_color_matrix=bt709:out_range=tv:", "rgb24": ""}


def shown_size(video: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Width and height on a screen, in square pixels."""
    aspect = video.sample_aspect_ratio or Fraction(1)
    if not Fraction(1, 20) < aspect < 20:
        aspect = Fraction(1)
    width, height = round(frame.width * aspect), frame.height
    return (height, width) if _angle(frame) in (90, 270) else (width, height)


def fitted(size: tuple[int, int], most: tuple[int, int], even: bool = False) -> tuple[int, int]:
    """The size made small enough for `most`, never larger; even numbers when asked for."""
    factor = min(Fraction(most[0], size[0]), Fraction(most[1], size[1]), Fraction(1))
    step = 2 if even else 1
    width, height = (max(step, round(side * factor / step) * step) for side in size)
    return width, height


class Shaper:
    """Brings every frame of one video into one size and format, whatever changes on the way."""

    def __init__(self, size: tuple[int, int], pixel_format: str) -> None:
        self.size = size
        self.pixel_format = pixel_format
        self._graph = Graph()
        self._shape: object = None

    def shaped(self, frame: VideoFrame) -> VideoFrame:
        """One frame in, one frame out; its time is for the caller to set."""
        shape = (frame.width, frame.height, frame.format.name, _angle(frame), frame.colorspace, frame.color_range)
        if shape != self._shape:
            self._graph, self._shape = self._graph_for(frame), shape
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _graph_for(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base or Fraction(1, 1000)
        )
        width, height = self.size
        scale = f"{width}:{height}:flags=bicubic:{_COLOURS[self.pixel_format]}".rstrip(":")
        chain = [*_TURNS.get(_angle(frame), ()), f"scale={scale}", f"format={self.pixel_format}"]
        nodes = [graph.add(*part.split("=", 1)) for part in chain]
        graph.link_nodes(source, *nodes, graph.add("buffersink")).configure()
        return graph


def as_picture(frame: VideoFrame) -> Image.Image:
    """An rgb24 frame for Pillow."""
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
    return picture


def _angle(frame: VideoFrame) -> int:
    """How far it is to be turned counterclockwise: 0, 90, 180 or 270 degrees."""
    return round(frame.rotation / 90) * 90 % 360

"""Sound as every browser plays it: AAC, stereo, 48 kHz, without gaps."""

from fractions import Fraction
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph

RATE = 48_000
FRAME = 1024
_BITS = 160_000
_AAC = {"aac_coder": "fast"}  # four times as fast, and no worse at this rate
_CHAIN = (
    f"aresample={RATE}:async=1:first_pts=0",  # silence where the source has a gap, and before a late start
    f"aformat=sample_fmts=fltp:sample_rates={RATE}:channel_layouts=stereo",
)


class Sound:
    """One encoded track of an output."""

    def __init__(self, out: OutputContainer) -> None:
        self.out = out
        self.stream: AudioStream = out.add_stream("aac", RATE, _AAC, bit_rate=_BITS, layout="stereo", format="fltp")
        self._graph: Graph | None = None
        self._shape: object = None

    def add(self, frame: AudioFrame, origin: Fraction) -> list[AudioFrame]:
        """Encode it, `origin` seconds being the time zero; returns what was encoded, in stereo floats."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        done = self.finish_graph() if shape != self._shape else []
        if self._graph is None:
            self._graph, self._shape = _graph_for(frame), shape
        if frame.pts is not None and frame.time_base:
            frame.pts = round((frame.pts * frame.time_base - origin) * frame.sample_rate)
        frame.time_base = Fraction(1, frame.sample_rate)
        self._graph.push(frame)
        return done + self._pull()

    def finish(self) -> list[AudioFrame]:
        """Encode what is left."""
        rest = self.finish_graph()
        self.out.mux(self.stream.encode(None))
        return rest

    def finish_graph(self) -> list[AudioFrame]:
        if self._graph is None:
            return []
        self._graph.push(None)
        rest = self._pull()
        self._graph = None
        return rest

    def _pull(self) -> list[AudioFrame]:
        pulled = []
        while (frame := _pulled(self._graph)) is not None:
            self.out.mux(self.stream.encode(frame))
            pulled.append(frame)
        return pulled


def _pulled(graph: Any) -> AudioFrame | None:
    try:
        frame: AudioFrame = graph.pull()
    except (av.BlockingIOError, av.EOFError):
        return None
    return frame


def _graph_for(frame: AudioFrame) -> Graph:
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format.name,
        layout=frame.layout.name,
        time_base=Fraction(1, frame.sample_rate),
    )
    both = ["pan=stereo|c0=c0|c1=c0"] if len(frame.layout.channels) == 1 else []  # or it would lose 3 dB
    nodes = [graph.add(*part.split("=", 1)) for part in (*both, *_CHAIN)]
    graph.link_nodes(source, *nodes, graph.add("abuffersink")).configure()
    graph.set_audio_frame_size(FRAME)
    return graph

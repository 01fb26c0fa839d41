"""From packets to frames, over damaged places as far as anything can be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

Decodable = VideoStream | AudioStream
Decoded = tuple[Decodable, VideoFrame | AudioFrame]


@dataclass(slots=True)
class Damage:
    """What could not be read on the way."""

    last: str = ""  # the decoder's words for the last place

    def note(self, error: av.FFmpegError) -> None:
        """Go on behind a damaged place, not behind an end of memory."""
        if isinstance(error, MemoryError):
            raise error
        self.last = error.strerror or str(error)


def frames_of(container: InputContainer, streams: Sequence[Decodable], damage: Damage) -> Iterator[Decoded]:
    """Every frame of the streams in the file's order; a file that is cut off ends where it ends."""
    try:
        for packet in container.demux(*streams):
            yield from _decoded(packet.stream, packet, damage)  # type: ignore[arg-type]
    except av.FFmpegError as error:
        damage.note(error)
        for stream in streams:
            yield from _decoded(stream, None, damage)


def _decoded(stream: Decodable, packet: "Packet[Any] | None", damage: Damage) -> list[Decoded]:
    try:
        return [(stream, frame) for frame in stream.decode(packet)]
    except av.EOFError:
        return []
    except av.FFmpegError as error:
        damage.note(error)
        return []

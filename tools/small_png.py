"""Makes pictures of pages small: a palette of 256 colours instead of three bytes a pixel. Pure."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator


def with_palette(png: bytes) -> bytes:
    """An 8-bit RGB(A) picture as one of at most 256 colours, the frequent ones exact, others the nearest of them."""
    width, height, channels, rows = _pixels(png)
    counted: Counter[bytes] = Counter()
    for row in rows:
        counted.update(row[n : n + 3] for n in range(0, width * channels, channels))
    palette = _palette(counted)
    place = _nearest(counted, palette)
    raw = bytearray()
    for row in rows:
        raw.append(0)
        raw.extend(place[row[n : n + 3]] for n in range(0, width * channels, channels))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(bytes(raw), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _palette(counted: Counter[bytes]) -> list[bytes]:
    """The most frequent colours, and from the rest those that are far from all chosen ones."""
    ordered = [colour for colour, _ in counted.most_common()]
    chosen, rest = ordered[:160], ordered[160:]
    for reach in (900, 400, 150, 50, 12, 0):
        for colour in rest:
            if len(chosen) == 256:
                return chosen
            if min(_apart(colour, one) for one in chosen) > reach:
                chosen.append(colour)
    return chosen


def _nearest(counted: Counter[bytes], palette: list[bytes]) -> dict[bytes, int]:
    place = {colour: number for number, colour in enumerate(palette)}
    for colour in counted:
        if colour not in place:
            place[colour] = min(range(len(palette)), key=lambda n: _apart(colour, palette[n]))
    return place


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _pixels(png: bytes) -> tuple[int, int, int, list[bytes]]:
    """Width, height, channels and rows of a PNG as Chromium writes it: 8 bits, RGB or RGBA, not interlaced."""
    at, data = 8, bytearray()
    width = height = channels = 0
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
            channels = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            data += body
        at += 12 + length
    return width, height, channels, list(_unfiltered(zlib.decompress(bytes(data)), width * channels, channels))


def _unfiltered(raw: bytes, stride: int, step: int) -> Iterator[bytes]:
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        above = _line(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), above, step)
        yield above


def _line(kind: int, line: bytearray, above: bytes, step: int) -> bytes:
    """One row with its PNG filter taken off."""
    for n in range(len(line)):
        left, up = line[n - step] if n >= step else 0, above[n]
        if kind == 1:
            line[n] = (line[n] + left) & 255
        elif kind == 2:
            line[n] = (line[n] + up) & 255
        elif kind == 3:
            line[n] = (line[n] + (left + up) // 2) & 255
        elif kind == 4:
            line[n] = (line[n] + _paeth(left, up, above[n - step] if n >= step else 0)) & 255
    return bytes(line)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

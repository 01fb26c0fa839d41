"""What kind of picture some bytes are, told by what they hold and not by a file's name. Pure."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
MOST_PIXELS = 4096
# Start-of-frame markers; 0xc4, 0xc8 and 0xcc are something else.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_type(data: bytes) -> str | None:
    """`image/png` or `image/jpeg` when the data is a whole one, 1 to 4096 pixels a side; else None."""
    if data.startswith(PNG):
        return "image/png" if _fits(_png_size(data)) else None
    if data.startswith(JPEG_START):
        return "image/jpeg" if _fits(_jpeg_size(data)) else None
    return None


def _fits(size: tuple[int, int]) -> bool:
    return all(1 <= side <= MOST_PIXELS for side in size)


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or len(data) < 45 or data[-8:-4] != b"IEND":
        return 0, 0
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """From the first frame header, walking segment by segment."""
    if not data.rstrip(b"\x00").endswith(JPEG_END):
        return 0, 0
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0

"""PDF written by hand: real text in the reader's own Helvetica and Times, pictures as JPEG, flat colours."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from signoff.ops.demo.drawing.paint import rgb

FONTS = {"sans": "Helvetica", "bold": "Helvetica-Bold", "serif": "Times-Roman", "italic": "Times-Italic"}
# Widths of Helvetica's letters in thousandths of the size, near enough to break lines.
WIDE, NARROW, WIDTH = "mwMWÆØ@%", "iljtfrI.,;:!'| -", {"wide": 0.84, "narrow": 0.3, "other": 0.545}


@dataclass
class Page:
    """A page under construction; measures are points from the upper left corner."""

    width: float
    height: float
    marks: list[str] = field(default_factory=list)
    pictures: list[Image.Image] = field(default_factory=list)

    def box(self, x: float, y: float, w: float, h: float, colour: str) -> None:
        self.marks.append(f"{_paint(colour)} rg {x:.1f} {self.height - y - h:.1f} {w:.1f} {h:.1f} re f")

    def text(self, words: str, x: float, y: float, size: float, font: str = "sans", colour: str = "#1c1c1c") -> None:
        """One line; its baseline is `y`."""
        self.marks.append(
            f"BT {_paint(colour)} rg /{font} {size:.1f} Tf {x:.1f} {self.height - y:.1f} Td ({_escaped(words)}) Tj ET"
        )

    def block(
        self, words: str, x: float, y: float, size: float, room: float, font: str = "sans", colour: str = "#1c1c1c"
    ) -> float:
        """Lines that fit into the room. Returns the baseline that comes next."""
        for line in broken(words, size, room):
            self.text(line, x, y, size, font, colour)
            y += size * 1.45
        return y

    def picture(self, image: Image.Image, x: float, y: float, w: float, h: float) -> None:
        self.marks.append(f"q {w:.1f} 0 0 {h:.1f} {x:.1f} {self.height - y - h:.1f} cm /P{len(self.pictures)} Do Q")
        self.pictures.append(image)


def broken(words: str, size: float, room: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer) * size > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def length(words: str) -> float:
    """About how long the words are, in sizes."""
    return sum(WIDTH["wide" if letter in WIDE else "narrow" if letter in NARROW else "other"] for letter in words)


def document(pages: list[Page], title: str) -> bytes:
    """The file: catalogue, fonts, then each page with its text and pictures. The same pages give the same bytes."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", f"<< /Title ({_escaped(title)}) >>".encode("cp1252")]
    for name in FONTS.values():
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
    fonts = " ".join(f"/{key} {4 + n} 0 R" for n, key in enumerate(FONTS))
    kids = []
    for page in pages:
        names = []
        for n, image in enumerate(page.pictures):
            objects.append(_jpeg(image))
            names.append(f"/P{n} {len(objects)} 0 R")
        marks = "\n".join(page.marks).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(marks), marks))
        resources = f"<< /Font << {fonts} >> /XObject << {' '.join(names)} >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:.0f} {page.height:.0f}] "
            f"/Resources {resources} /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _jpeg(image: Image.Image) -> bytes:
    held = BytesIO()
    image.save(held, "JPEG", quality=86)
    data = held.getvalue()
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace /DeviceRGB "
        f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(data)} >>"
    )
    return head.encode() + b"\nstream\n" + data + b"\nendstream"


def _paint(colour: str) -> str:
    return " ".join(f"{v / 255:.3f}" for v in rgb(colour))


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

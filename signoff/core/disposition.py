"""The Content-Disposition header for a file that people named. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

MOST = 200
NAMELESS = "file"
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, direction marks, lone surrogates, line separators
JOINERS = frozenset("\u200c\u200d")  # invisible too, but Persian, Hindi and emoji are spelled with them
SEPARATORS = re.compile(r"[/\\]")
NOT_PLAIN = re.compile(r'["%;]')  # what old browsers read as the end of the name or as a code


def disposition(name: str, *, is_attachment: bool) -> str:
    """`inline` or `attachment` with the name, as RFC 6266 wants it: in ASCII, and whole in UTF-8 where that says more.

    Whatever `name` holds, the answer is printable ASCII on one line. Marks that turn the direction of reading are
    left out, because they can make `exe` look like `jpg`.
    """
    name = _clean(name)
    plain = _plain(name)
    kind = f'{"attachment" if is_attachment else "inline"}; filename="{plain}"'
    return kind if plain == name else f"{kind}; filename*=UTF-8''{quote(name, safe='')}"


def _clean(name: str) -> str:
    shown = "".join(" " if letter in "\r\n\t" else letter for letter in name)
    shown = "".join(letter for letter in shown if letter in JOINERS or unicodedata.category(letter) not in INVISIBLE)
    shown = SEPARATORS.sub("_", unicodedata.normalize("NFC", " ".join(shown.split())))
    return _short(shown) if shown.strip(".") else NAMELESS


def _short(name: str) -> str:
    """At most MOST letters, the extension kept."""
    suffix = PurePosixPath(name).suffix[:20]
    return name if len(name) <= MOST else name[: MOST - len(suffix)] + suffix


def _plain(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = SEPARATORS.sub("_", NOT_PLAIN.sub("_", plain)).strip()
    nothing_left = not plain.strip(".") or (plain.startswith(".") and not name.startswith("."))
    return NAMELESS + plain if nothing_left else plain

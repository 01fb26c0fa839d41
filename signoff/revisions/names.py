"""What a file may be called. Pure."""

import re
import unicodedata

from signoff.core.disposition import INVISIBLE, JOINERS

MOST = 255  # bytes, as file systems count
MOST_ENDING = 12
FALLBACK = "file"
UNSAFE = re.compile(r'[:*?"<>|]')
RESERVED = re.compile(
    r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])\s*(?=\.|$)"
)
EDGES = ". " + "".join(JOINERS)


def clean_file_name(name: str) -> str:
    """The last part of a path as a name that every system takes; never empty, at most 255 bytes.

    `C:\\work\\..\\hero?.png` becomes `hero_.png`: people's files are renamed rather than refused. Marks that turn the
    direction of reading are left out, because they can make `exe` look like `jpg`.
    """
    name = re.split(r"[\\/]", _visible(name))[-1]
    name = UNSAFE.sub("_", " ".join(name.split())).strip(EDGES)
    name = RESERVED.sub(r"\1_", name) if RESERVED.match(name) else name  # Windows opens a device at CON.png
    return _shortened(name or FALLBACK)


def _visible(name: str) -> str:
    seen = "".join(" " if letter in "\r\n\t" else letter for letter in name)
    seen = "".join(letter for letter in seen if letter in JOINERS or unicodedata.category(letter) not in INVISIBLE)
    return unicodedata.normalize("NFC", seen)


def _shortened(name: str) -> str:
    """Cut before its ending, so that the ending stays."""
    if len(name.encode()) <= MOST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > MOST_ENDING:
        stem, dot, ending = name, "", ""
    room = MOST - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(EDGES) + dot + ending

"""What a file may be called. Pure."""

import re
import unicodedata

MOST = 255
FALLBACK = "file"
# Steering characters: they reorder or hide what stands around them, so that `exe.gpj` reads as `jpg.exe`.
STEERING = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
UNSAFE = re.compile(r'[\\/:*?"<>|]')


def clean_file_name(name: str) -> str:
    """The last part of a path as a name that every system takes; never empty, at most 255 characters.

    `C:\\work\\..\\hero?.png` becomes `hero_.png`: people's files are renamed rather than refused.
    """
    name = unicodedata.normalize("NFC", name)
    name = re.split(r"[\\/]", CONTROL.sub("", STEERING.sub("", name)))[-1]
    name = UNSAFE.sub("_", " ".join(name.split())).strip(". ")
    return _shortened(name or FALLBACK)


def _shortened(name: str) -> str:
    """Cut in the middle, so that its ending stays."""
    stem, dot, ending = name.rpartition(".")
    if len(name.encode()) <= MOST:
        return name
    if not dot or len(ending) > 12:
        stem, ending = name, ""
    room = MOST - len(f"{dot}{ending}".encode()) if ending else MOST
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + (f".{ending}" if ending else "")

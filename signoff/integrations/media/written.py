"""What text is: a page, a drawing, a table, or just text. Browsers guess such things; we look before they can."""

import re

_TAGS = rb"html|head|body|script|iframe|h1|div|font|table|title|style|meta|br|p|a"
_PAGE = re.compile(rb"<(!doctype\s+html|" + _TAGS + rb")[\s/>]", re.I)
_LEADING = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*>|<!doctype\s+svg[^>]*>)*", re.I | re.S)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}


def written_type(head: bytes) -> str:
    """The media type of a text, or "" when it is none."""
    text = _text(head)
    if text is None:
        return ""
    body = text[_matched(text) :]
    if _PAGE.match(body):
        return "text/html"
    if body[:4].lower() == b"<svg":
        return "image/svg+xml"
    if text.lstrip().startswith(b"<?xml"):
        return "text/html" if _PAGE.search(text) and b"<html" in text.lower() else "application/xml"
    return _other(text.lstrip())


def _other(text: bytes) -> str:
    if text.startswith(b"#EXTM3U"):
        return "application/vnd.apple.mpegurl"
    if text.startswith(b"WEBVTT"):
        return "text/vtt"
    return "application/json" if re.match(rb'[\[{]\s*["\[{\]}\d]', text) else "text/plain"


def _matched(text: bytes) -> int:
    found = _LEADING.match(text)
    return found.end() if found else 0


def _text(head: bytes) -> bytes | None:
    """The text as UTF-8, or None when the bytes are no text."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace").encode()
    if not _CONTROL.isdisjoint(head):
        return None
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # not just a letter that the end of the head cut through
            return _latin(head)
    return head


def _latin(head: bytes) -> bytes | None:
    """Text of an older encoding: hardly any letter of it stands above 127."""
    high = sum(byte > 127 for byte in head)
    return head.decode("latin-1").encode() if high * 4 < len(head) else None

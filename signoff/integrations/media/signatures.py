"""First bytes to media type: a table for what begins with a word of its own, functions for containers."""

from signoff.integrations.media.written import written_type

_STARTS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"8BPS\x00\x01", "image/vnd.adobe.photoshop"),
    (0, b"8BPS\x00\x02", "image/vnd.adobe.photoshop-large"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51\x00", "image/jp2"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"\x76\x2f\x31\x01", "image/x-exr"),
    (0, b"SDPX", "image/x-dpx"),
    (0, b"XPDS", "image/x-dpx"),
    (0, b"FUJIFILMCCD-RAW", "image/x-raw"),
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02", "application/mxf"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"caff\x00\x01", "audio/x-caf"),
    (0, b"%!PS-Adobe", "application/postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (0, b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7\xfe\x74\xb7\x1d", "application/x-indesign"),
    (0, b"fig-kiwi", "application/x-figma"),
    (0, b"BLENDER", "application/x-blender"),
    (0, b"//Maya ASCII", "application/x-maya"),
    (0, b"QC4DC4D6", "application/x-cinema4d"),
    (0, b"glTF\x02\x00\x00\x00", "model/gltf-binary"),
    (0, b"Kaydara FBX Binary  \x00", "model/x-fbx"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (257, b"ustar", "application/x-tar"),
    (0, b"OTTO\x00", "font/otf"),
    (0, b"\x00\x01\x00\x00\x00", "font/ttf"),
    (0, b"true\x00", "font/ttf"),
    (0, b"ttcf\x00", "font/collection"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
)
_RAW = {"dng", "nef", "arw", "cr2", "orf", "rw2"}
_BRANDS = {  # major brands of ISO base media files; what is not named here is a video
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), "audio/mp4"),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3g2a", b"3g2b"), "video/3gpp"),
    b"qt  ": "video/quicktime",
    b"crx ": "image/x-raw",
    b"jp2 ": "image/jp2",
}
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_ZIP_BY_ENDING = {
    "sketch": "application/x-sketch",
    "fig": "application/x-figma",
    "usdz": "model/vnd.usdz+zip",
    "key": "application/vnd.apple.keynote",
    "pages": "application/vnd.apple.pages",
    "numbers": "application/vnd.apple.numbers",
}
_SAID = {f"application/vnd.oasis.opendocument.{sort}" for sort in ("text", "spreadsheet", "presentation")}
_SAID |= {"application/epub+zip", "application/vnd.adobe.indesign-idml-package"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_BY_ENDING = {
    **dict.fromkeys(("docx", "docm", "dotx"), _OFFICE + "wordprocessingml.document"),
    **dict.fromkeys(("xlsx", "xlsm", "xltx"), _OFFICE + "spreadsheetml.sheet"),
    **dict.fromkeys(("pptx", "pptm", "potx", "ppsx"), _OFFICE + "presentationml.presentation"),
}
_OLE_BY_ENDING = {
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}


def media_type_of(head: bytes, ending: str) -> str:
    """The media type of what begins with `head`; `ending` of its name tells siblings of one container apart."""
    for offset, start, media_type in _STARTS:
        if head.startswith(start, offset):
            return _by_ending(media_type, ending)
    return _container(head, ending) or written_type(head) or _loose(head, ending) or "application/octet-stream"


def _by_ending(media_type: str, ending: str) -> str:
    if media_type == "asf":
        return "audio/x-ms-wma" if ending == "wma" else "video/x-ms-wmv"
    return media_type


def _container(head: bytes, ending: str) -> str:
    """For what holds one of several things; "" when it is none of them."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return _iso(head, ending)
    if head.startswith((b"RIFF", b"RIFX", b"RF64")):
        return _riff(head)
    if head.startswith(b"FORM"):
        return {b"AIFF": "audio/aiff", b"AIFC": "audio/aiff"}.get(head[8:12], "")
    if head.startswith((b"FOR4", b"FOR8")) and b"Maya" in head[:64]:
        return "application/x-maya"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _matroska(head, ending)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(head, ending)
    return _rarer(head, ending)


def _rarer(head: bytes, ending: str) -> str:
    if head.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")):
        return "image/x-raw" if ending in _RAW or head[8:10] == b"CR" else "image/tiff"
    if head.startswith((b"IIRO", b"IIU\x00")):
        return "image/x-raw"
    if head.startswith(b"OggS"):
        return "video/ogg" if b"\x80theora" in head[:512] else "audio/ogg"
    if b"%PDF-" in head[:1024]:
        return "application/vnd.adobe.illustrator" if ending in ("ai", "ait") else "application/pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLE_BY_ENDING.get(ending, "application/x-ole-storage")
    if head.startswith(b"\x1f\x8b"):
        return "application/x-premiere" if ending == "prproj" else "application/gzip"
    return ""


def _iso(head: bytes, ending: str) -> str:
    if head[4:8] != b"ftyp":  # files from before brands were invented
        return "video/quicktime" if head[:4] < b"\x10" or head[4:8] == b"mdat" else ""
    found = _BRANDS.get(head[8:12], "video/mp4")
    if found == "image/heic" and b"avif" in head[16 : int.from_bytes(head[:4]) or 16]:
        return "image/avif"
    if found == "video/mp4" and ending in ("m4a", "m4b"):
        return "audio/mp4"
    return "video/mp4" if found == "audio/mp4" and ending in ("mp4", "m4v") else found


def _riff(head: bytes) -> str:
    if head.startswith(b"RIFX"):
        return "application/vnd.adobe.aftereffects.project" if head[8:12] == b"Egg!" else ""
    return _RIFF.get(head[8:12], "")


def _matroska(head: bytes, ending: str) -> str:
    audio, family = ending in ("weba", "mka"), "webm" if b"webm" in head[:64] else "x-matroska"
    return f"{'audio' if audio else 'video'}/{family}"


def _zip(head: bytes, ending: str) -> str:
    """A ZIP archive says what it carries in its first entry: `mimetype`, or the parts of an office document."""
    if head[30:38] == b"mimetype":
        length = int.from_bytes(head[22:26], "little")
        start = 38 + int.from_bytes(head[28:30], "little")
        said = head[start : start + length].decode("ascii", "replace") if 0 < length < 200 else ""
        return "application/vnd.adobe.xd" if "sparkler" in said else said if said in _SAID else "application/zip"
    if b"[Content_Types].xml" in head or b"_rels/.rels" in head:
        return _office(head, ending)
    return _ZIP_BY_ENDING.get(ending, "application/zip")


def _office(head: bytes, ending: str) -> str:
    for folder, kin in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
        if folder in head:
            return _OFFICE_BY_ENDING[kin]
    return _OFFICE_BY_ENDING.get(ending, "application/zip")


def _loose(head: bytes, ending: str) -> str:
    """For what has no word of its own to begin with, only a shape. Asked last: shapes are easily mistaken."""
    if head.startswith(b"ID3"):
        return "audio/flac" if ending == "flac" else "audio/aac" if ending == "aac" else "audio/mpeg"
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00" and head[14:18] in _BMP_HEADERS:
        return "image/bmp"
    if head.startswith(b"\x00\x00\x01\x00") and 0 < int.from_bytes(head[4:6], "little") < 256 and head[9:10] == b"\x00":
        return "image/x-icon"
    if head.startswith(b"MZ"):
        return "application/x-msdownload"
    if _repeats(head, 188, 0) or _repeats(head, 192, 4):
        return "video/mp2t"
    if _is_tga(head) and ending == "tga":
        return "image/x-tga"
    return _frames(head)


_BMP_HEADERS = {size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124)}


def _repeats(head: bytes, step: int, first: int) -> bool:
    """Whether an MPEG transport stream's sync byte comes every `step` bytes, at least four times."""
    syncs = head[first::step]
    return len(syncs) >= 4 and set(syncs) == {0x47}


def _is_tga(head: bytes) -> bool:
    if len(head) < 18 or head[1] > 1 or head[2] not in (1, 2, 3, 9, 10, 11):
        return False
    width, height = int.from_bytes(head[12:14], "little"), int.from_bytes(head[14:16], "little")
    return width > 0 and height > 0 and head[16] in (8, 15, 16, 24, 32)


def _frames(head: bytes) -> str:
    """MPEG audio without a tag in front: an 11-bit sync word and fields that have forbidden values."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return ""
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    layer, version, rate = head[1] >> 1 & 3, head[1] >> 3 & 3, head[2] >> 2 & 3
    return "audio/mpeg" if layer in (1, 2) and version != 1 and rate != 3 and head[2] >> 4 not in (0, 15) else ""

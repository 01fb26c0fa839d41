"""The file types a studio meets: what each is called by machines and by people, and which names promise it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be shown of it; OTHER is kept and downloaded, and has no picture."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    PDF = "pdf"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class MediaType:
    kind: Kind
    name: str  # "image/png"
    words: str  # "PNG image"


# kind, media type, words, the endings of names that promise it
_ROWS: tuple[tuple[Kind, str, str, str], ...] = (
    (Kind.IMAGE, "image/png", "PNG image", "png apng"),
    (Kind.IMAGE, "image/jpeg", "JPEG image", "jpg jpeg jpe jfif"),
    (Kind.IMAGE, "image/gif", "GIF image", "gif"),
    (Kind.IMAGE, "image/webp", "WebP image", "webp"),
    (Kind.IMAGE, "image/avif", "AVIF image", "avif avifs"),
    (Kind.IMAGE, "image/heic", "HEIC image", "heic heif hif"),
    (Kind.IMAGE, "image/tiff", "TIFF image", "tif tiff"),
    (Kind.IMAGE, "image/vnd.adobe.photoshop", "Photoshop document", "psd"),
    (Kind.IMAGE, "image/jp2", "JPEG 2000 image", "jp2 j2k j2c jpc jpf jpx"),
    (Kind.IMAGE, "image/bmp", "BMP image", "bmp dib"),
    (Kind.IMAGE, "image/x-icon", "icon", "ico"),
    (Kind.IMAGE, "image/x-tga", "TGA image", "tga"),
    (Kind.OTHER, "image/svg+xml", "SVG drawing", "svg svgz"),
    (Kind.OTHER, "image/vnd.adobe.photoshop-large", "large Photoshop document (PSB)", "psb"),
    (Kind.OTHER, "image/x-exr", "OpenEXR image", "exr"),
    (Kind.OTHER, "image/x-dpx", "DPX image", "dpx"),
    (Kind.OTHER, "image/jxl", "JPEG XL image", "jxl"),
    (Kind.OTHER, "image/x-raw", "camera raw picture", "dng nef arw cr2 cr3 raf orf rw2"),
    (Kind.VIDEO, "video/mp4", "MP4 video", "mp4 m4v"),
    (Kind.VIDEO, "video/quicktime", "QuickTime video", "mov qt"),
    (Kind.VIDEO, "video/webm", "WebM video", "webm"),
    (Kind.VIDEO, "video/x-matroska", "Matroska video", "mkv"),
    (Kind.VIDEO, "video/x-msvideo", "AVI video", "avi"),
    (Kind.VIDEO, "application/mxf", "MXF video", "mxf"),
    (Kind.VIDEO, "video/mp2t", "MPEG transport stream", "mts m2ts"),
    (Kind.VIDEO, "video/mpeg", "MPEG video", "mpg mpeg vob"),
    (Kind.VIDEO, "video/x-ms-wmv", "Windows Media video", "wmv asf"),
    (Kind.VIDEO, "video/x-flv", "Flash video", "flv"),
    (Kind.VIDEO, "video/3gpp", "3GP video", "3gp 3g2"),
    (Kind.VIDEO, "video/ogg", "Ogg video", "ogv"),
    (Kind.AUDIO, "audio/mpeg", "MP3 audio", "mp3"),
    (Kind.AUDIO, "audio/mp4", "MPEG-4 audio", "m4a m4b"),
    (Kind.AUDIO, "audio/wav", "WAV audio", "wav bwf"),
    (Kind.AUDIO, "audio/aiff", "AIFF audio", "aif aiff aifc"),
    (Kind.AUDIO, "audio/flac", "FLAC audio", "flac"),
    (Kind.AUDIO, "audio/ogg", "Ogg audio", "ogg oga opus"),
    (Kind.AUDIO, "audio/aac", "AAC audio", "aac"),
    (Kind.AUDIO, "audio/webm", "WebM audio", "weba"),
    (Kind.AUDIO, "audio/x-matroska", "Matroska audio", "mka"),
    (Kind.AUDIO, "audio/x-ms-wma", "Windows Media audio", "wma"),
    (Kind.AUDIO, "audio/x-caf", "Core Audio file", "caf"),
    (Kind.PDF, "application/pdf", "PDF document", "pdf"),
    (Kind.PDF, "application/vnd.adobe.illustrator", "Illustrator document", ""),  # a PDF inside; see NAMES below
    (Kind.OTHER, "application/postscript", "PostScript drawing", "eps ps"),
    (Kind.OTHER, "application/x-indesign", "InDesign document", "indd indt"),
    (Kind.OTHER, "application/vnd.adobe.indesign-idml-package", "InDesign document (IDML)", "idml"),
    (Kind.OTHER, "application/vnd.adobe.xd", "Adobe XD document", "xd"),
    (Kind.OTHER, "application/vnd.adobe.aftereffects.project", "After Effects project", "aep"),
    (Kind.OTHER, "application/x-premiere", "Premiere Pro project", "prproj"),
    (Kind.OTHER, "application/x-sketch", "Sketch document", "sketch"),
    (Kind.OTHER, "application/x-figma", "Figma document", "fig"),
    (Kind.OTHER, "application/x-blender", "Blender scene", "blend"),
    (Kind.OTHER, "application/x-maya", "Maya scene", "mb ma"),
    (Kind.OTHER, "application/x-cinema4d", "Cinema 4D scene", "c4d"),
    (Kind.OTHER, "model/gltf-binary", "glTF model", "glb"),
    (Kind.OTHER, "model/x-fbx", "FBX model", "fbx"),
    (Kind.OTHER, "model/vnd.usdz+zip", "USDZ model", "usdz"),
    (
        Kind.OTHER,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word document",
        "docx docm dotx",
    ),
    (
        Kind.OTHER,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel spreadsheet",
        "xlsx xlsm xltx",
    ),
    (
        Kind.OTHER,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PowerPoint presentation",
        "pptx pptm potx ppsx",
    ),
    (Kind.OTHER, "application/msword", "Word document (old format)", "doc"),
    (Kind.OTHER, "application/vnd.ms-excel", "Excel spreadsheet (old format)", "xls"),
    (Kind.OTHER, "application/vnd.ms-powerpoint", "PowerPoint presentation (old format)", "ppt"),
    (Kind.OTHER, "application/x-ole-storage", "Microsoft document (old format)", "msg"),
    (Kind.OTHER, "application/vnd.oasis.opendocument.text", "OpenDocument text", "odt"),
    (Kind.OTHER, "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet", "ods"),
    (Kind.OTHER, "application/vnd.oasis.opendocument.presentation", "OpenDocument presentation", "odp"),
    (Kind.OTHER, "application/epub+zip", "e-book (EPUB)", "epub"),
    (Kind.OTHER, "application/vnd.apple.keynote", "Keynote presentation", "key"),
    (Kind.OTHER, "application/vnd.apple.pages", "Pages document", "pages"),
    (Kind.OTHER, "application/vnd.apple.numbers", "Numbers spreadsheet", "numbers"),
    (Kind.OTHER, "application/zip", "ZIP archive", "zip"),
    (Kind.OTHER, "application/vnd.rar", "RAR archive", "rar"),
    (Kind.OTHER, "application/x-7z-compressed", "7-Zip archive", "7z"),
    (Kind.OTHER, "application/gzip", "gzip archive", "gz tgz"),
    (Kind.OTHER, "application/x-bzip2", "bzip2 archive", "bz2"),
    (Kind.OTHER, "application/x-xz", "xz archive", "xz"),
    (Kind.OTHER, "application/zstd", "Zstandard archive", "zst"),
    (Kind.OTHER, "application/x-tar", "tar archive", "tar"),
    (Kind.OTHER, "font/otf", "OpenType font", "otf"),
    (Kind.OTHER, "font/ttf", "TrueType font", "ttf"),
    (Kind.OTHER, "font/collection", "font collection", "ttc"),
    (Kind.OTHER, "font/woff", "web font (WOFF)", "woff"),
    (Kind.OTHER, "font/woff2", "web font (WOFF2)", "woff2"),
    (Kind.OTHER, "text/html", "web page (HTML)", "html htm xhtml"),
    (Kind.OTHER, "application/xml", "XML file", "xml"),
    (Kind.OTHER, "application/json", "JSON file", "json"),
    (Kind.OTHER, "application/rtf", "rich text", "rtf"),
    (Kind.OTHER, "text/vtt", "subtitles (WebVTT)", "vtt"),
    (Kind.OTHER, "application/vnd.apple.mpegurl", "playlist", "m3u8 m3u"),
    (Kind.OTHER, "text/plain", "text file", "txt md csv srt"),
    (Kind.OTHER, "application/x-msdownload", "Windows program", "exe dll"),
    (Kind.OTHER, "application/x-executable", "program", ""),
    (Kind.OTHER, "application/octet-stream", "file of an unknown type", ""),
)

TYPES: dict[str, MediaType] = {name: MediaType(kind, name, words) for kind, name, words, _ in _ROWS}
NAMES: dict[str, MediaType] = {ending: TYPES[name] for _, name, _, endings in _ROWS for ending in endings.split()}
UNKNOWN = TYPES["application/octet-stream"]
EMPTY = MediaType(Kind.OTHER, UNKNOWN.name, "empty file")


def ending_of(name: str) -> str:
    """What stands behind the last dot of a file's name, in small letters; "" when there is no dot."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""

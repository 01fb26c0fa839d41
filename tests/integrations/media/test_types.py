"""What a file is, by its first bytes; what a name promises."""

import io
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from signoff.integrations.media.known import NAMES, TYPES
from signoff.integrations.media.types import HEAD_BYTES, INLINE, Kind, MediaType, expected_kind, type_of, words_expected
from tests.integrations.media.making import clip, pdf, tone


def drawn(form: str, mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (20, 10)).save(written, form)
    return written.getvalue()


def zipped(*names: str, first: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x" * 20)
    return written.getvalue()


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        *(("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")),
        *(("AVIF", "image/avif"), ("TIFF", "image/tiff"), ("JPEG2000", "image/jp2"), ("BMP", "image/bmp")),
        *(("ICO", "image/x-icon"), ("PDF", "application/pdf")),
    ],
)
def test_a_pictures_type_is_told_without_its_name(form: str, media_type: str) -> None:
    assert type_of(drawn(form)) == TYPES[media_type]


@pytest.mark.parametrize(
    ("name", "codec", "media_type"),
    [
        ("a.mp4", "libx264", "video/mp4"),
        ("a.mov", "libx264", "video/quicktime"),
        ("a.webm", "libvpx", "video/webm"),
        ("a.mkv", "libx264", "video/x-matroska"),
        ("a.avi", "mpeg4", "video/x-msvideo"),
        ("a.mxf", "mpeg2video", "application/mxf"),
        ("a.ts", "libx264", "video/mp2t"),
        ("a.m2ts", "libx264", "video/mp2t"),
        ("a.mpg", "mpeg2video", "video/mpeg"),
        ("a.wmv", "wmv2", "video/x-ms-wmv"),
        ("a.flv", "libx264", "video/x-flv"),
        ("a.3gp", "libx264", "video/3gpp"),
    ],
)
def test_a_videos_type_is_told_without_its_name(tmp_path: Path, name: str, codec: str, media_type: str) -> None:
    written = clip(tmp_path / name, 3, codec=codec).read_bytes()
    assert type_of(written[:HEAD_BYTES]) == TYPES[media_type]


@pytest.mark.parametrize(
    ("name", "codec", "media_type"),
    [
        ("a.mp3", "libmp3lame", "audio/mpeg"),
        ("a.wav", "pcm_s16le", "audio/wav"),
        ("a.aiff", "pcm_s16be", "audio/aiff"),
        ("a.flac", "flac", "audio/flac"),
        ("a.ogg", "libopus", "audio/ogg"),
        ("a.m4a", "aac", "audio/mp4"),
        ("a.aac", "aac", "audio/aac"),
        ("a.caf", "pcm_s16be", "audio/x-caf"),
    ],
)
def test_a_sounds_type_is_told_without_its_name(tmp_path: Path, name: str, codec: str, media_type: str) -> None:
    written = tone(tmp_path / name, codec, 0.2).read_bytes()
    assert type_of(written[:HEAD_BYTES]) == TYPES[media_type]


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "page.html", "PNG image"),
        (b"<!DOCTYPE html><title>x</title>", "logo.png", "web page (HTML)"),
        (b"\xef\xbb\xbf \n<!-- x --><HTML>", "", "web page (HTML)"),
        ("<html>".encode("utf-16"), "", "web page (HTML)"),
        (b"<script>alert(1)</script>", "logo.svg", "web page (HTML)"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', "", "SVG drawing"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "a.svg", "web page (HTML)"),
        (b'<?xml version="1.0"?><edl/>', "", "XML file"),
        (b'{"v": "5.7"}', "", "JSON file"),
        (b"Dear Mia,\n", "brief.txt", "text file"),
        ("Größe der Anzeige\n".encode("latin-1"), "", "text file"),
        ("é".encode() * 4096 + b"\xc3", "", "text file"),  # the head ends within a letter
        (b"#EXTM3U\n#EXTINF:1,\nhttp://x/y.ts\n", "film.mp4", "playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "film.mp4", "text file"),
        (b"WEBVTT\n\n", "", "subtitles (WebVTT)"),
        (b"", "film.mp4", "empty file"),
        (b"\x00\x01\x02\x03" * 9, "a.mp4", "file of an unknown type"),
        (b"8BPS\x00\x01" + b"\x00" * 6, "", "Photoshop document"),
        (b"8BPS\x00\x02" + b"\x00" * 6, "", "large Photoshop document (PSB)"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "a.ai", "PostScript drawing"),
        (b"%PDF-1.6\n", "a.ai", "Illustrator document"),
        (b"junk before\n%PDF-1.6\n", "", "PDF document"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "photo.jpg", "Windows program"),
        (b"\x7fELF\x02\x01\x01", "", "program"),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", "", "camera raw picture"),
        (b"II*\x00\x08\x00\x00\x00", "a.dng", "camera raw picture"),
        (b"\x76\x2f\x31\x01\x02\x00\x00\x00", "", "OpenEXR image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 8, "old.doc", "Word document (old format)"),
        (b"RIFX\x00\x00\x00\x00Egg!", "", "After Effects project"),
        (b"\x1f\x8b\x08\x00", "cut.prproj", "Premiere Pro project"),
        (b"wOF2\x00\x01\x00\x00", "", "web font (WOFF2)"),
        (b"\xff\xfb\x90\x00" + b"\x00" * 40, "", "MP3 audio"),
        (b"\x00\x00\x02\x00" + b"\x00" * 8 + b"\x10\x00\x10\x00\x18\x00", "a.tga", "TGA image"),
        (b"\x00\x00\x02\x00" + b"\x00" * 8 + b"\x10\x00\x10\x00\x18\x00", "", "file of an unknown type"),
    ],
)
def test_the_content_decides_whatever_the_name_says(head: bytes, name: str, words: str) -> None:
    assert type_of(head, name).words == words


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (zipped("a.txt"), "", "ZIP archive"),
        (zipped("[Content_Types].xml", "word/document.xml"), "", "Word document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "", "Excel spreadsheet"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "", "PowerPoint presentation"),
        (zipped("[Content_Types].xml", "_rels/.rels"), "deck.pptx", "PowerPoint presentation"),
        (zipped("content.xml", first="application/vnd.oasis.opendocument.text"), "", "OpenDocument text"),
        (zipped("x", first="application/vnd.adobe.sparkler.project+dcxucf"), "", "Adobe XD document"),
        (zipped("x", first="text/html"), "", "ZIP archive"),
        (zipped("x", first="image/png"), "", "ZIP archive"),
        (zipped("document.json"), "screens.sketch", "Sketch document"),
    ],
)
def test_an_archive_is_told_by_what_it_carries(content: bytes, name: str, words: str) -> None:
    assert type_of(content[:HEAD_BYTES], name).words == words


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("Key Visual.PNG", Kind.IMAGE, "PNG image"),
        ("spot_v003.mov", Kind.VIDEO, "QuickTime video"),
        ("jingle.m4a", Kind.AUDIO, "MPEG-4 audio"),
        ("deck.pdf", Kind.PDF, "PDF document"),
        ("layers.psd", Kind.IMAGE, "Photoshop document"),
        ("logo.svg", Kind.OTHER, "SVG drawing"),
        ("logo.ai", None, "file of an unknown type"),
        ("README", None, "file of an unknown type"),
        (".png", None, "file of an unknown type"),
        ("archive.tar.gz", Kind.OTHER, "gzip archive"),
    ],
)
def test_a_name_promises_what_its_ending_says(name: str, kind: Kind | None, words: str) -> None:
    assert (expected_kind(name), words_expected(name)) == (kind, words)


def test_nothing_that_can_carry_a_script_is_shown_inline() -> None:
    assert {name for name in INLINE if TYPES[name].kind in (Kind.OTHER, Kind.PDF)} == set()


def test_every_ending_leads_to_one_type() -> None:
    assert {TYPES[known.name] for known in NAMES.values()} == set(NAMES.values())


@given(st.binary(max_size=600), st.sampled_from(["", *NAMES]))
def test_any_bytes_have_a_type(head: bytes, ending: str) -> None:
    assert isinstance(type_of(head, f"x.{ending}"), MediaType)


def test_the_first_bytes_suffice(tmp_path: Path) -> None:
    film = clip(tmp_path / "film.mp4", 5, Fraction(24000, 1001)).read_bytes()
    page = pdf(["0 0 10 10 re f"])
    assert [type_of(film[:64]).name, type_of(page[:64]).name] == ["video/mp4", "application/pdf"]

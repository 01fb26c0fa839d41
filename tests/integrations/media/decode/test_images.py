"""Pictures of every sort, as thumbnail and preview."""

import base64
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from signoff.integrations.media.types import Kind
from signoff.integrations.media.work import Limits, MediaError
from tests.integrations.media.making import LIMITS, worked

RED, BLUE = (200, 30, 40), (20, 40, 190)
# 64 x 64, left half red, right half blue: Pillow cannot write HEIC
HEIC = base64.b64decode(
    b"AAAAHGZ0eXBoZWl4AAAAAG1pZjFoZWl4bWlhZgAAAVVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j"
    b"AAAAAERAAAEAAQAAAAABeQABAAAAAAAAAC4AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1Wlw"
    b"cnAAAAC2aXBjbwAAAHdodmNDAQQIAAAAnjgAAAAAHvAA/P/4+AAADwNgAAEAF0ABDAH//wQIAAADAJ44AAADAAAeugJAYQABACpCAQEECAAA"
    b"AwCeOAAAAwAAHpAEECCy3UklNc3AQ0GBAAADABkAAAMAAQhiAAEACEQBwXKGDAIkAAAAE2NvbHJuY2x4AAEADQAGgAAAABRpc3BlAAAAAAAA"
    b"AEAAAABAAAAAEHBpeGkAAAAAAwgICAAAABdpcG1hAAAAAAAAAAEAAQSBAgMEAAAANm1kYXQAAAAqKAGvBrhjsNz/0bLf//4ih+h/pD9DWpvz"
    b"UnD7/H3u//9YUZ/+wMJv862c"
)


def halves(size: tuple[int, int] = (96, 48), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.quantize(4) if mode == "P" else picture.convert(mode)


def saved(path: Path, picture: Image.Image, **options: Any) -> Path:
    picture.save(path, **options)
    return path


def near(colour: Any, wanted: tuple[int, ...], by: int = 12) -> bool:
    return len(colour) == len(wanted) and all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def ends(picture: Image.Image) -> tuple[Any, Any]:
    """The colours far left and far right, half way down."""
    middle = picture.height // 2
    return picture.getpixel((4, middle)), picture.getpixel((picture.width - 5, middle))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_claiming(width: int, height: int, data: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def psd(picture: Image.Image) -> bytes:
    """A Photoshop document that holds nothing but its composite."""
    width, height = picture.size
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, height, width, 8, 3)
    planes = b"".join(channel.tobytes() for channel in picture.split())
    return head + b"\x00" * 12 + b"\x00\x00" + planes


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("a.png", "RGB", {}),
        ("a.png", "P", {}),
        ("a.jpg", "RGB", {"quality": 95, "subsampling": 0}),
        ("a.gif", "P", {}),
        ("a.webp", "RGB", {"lossless": True}),
        ("a.avif", "RGB", {"quality": 95}),
        ("a.tif", "RGB", {}),
        ("a.tif", "RGB", {"compression": "tiff_lzw"}),
        ("a.jp2", "RGB", {}),
        ("a.bmp", "RGB", {}),
        ("a.tga", "RGB", {}),
    ],
)
def test_every_format_gives_a_thumbnail_then_a_preview(
    tmp_path: Path, name: str, mode: str, options: dict[str, Any]
) -> None:
    outcome = worked(saved(tmp_path / name, halves(mode=mode), **options))
    assert [(made.kind, made.number, made.media_type) for made in outcome.made] == [
        ("thumbnail", 0, "image/webp"),
        ("preview", 0, "image/webp"),
    ]
    assert [(made.width, made.height) for made in outcome.made] == [(96, 48), (96, 48)]
    left, right = ends(outcome.picture("preview").convert("RGB"))
    assert (near(left, RED, 20), near(right, BLUE, 20)) == (True, True), (left, right)


def test_an_icon_is_shown(tmp_path: Path) -> None:
    outcome = worked(saved(tmp_path / "a.ico", halves((64, 64)), sizes=[(64, 64)]))
    assert (outcome.probed.width, outcome.probed.height) == (64, 64)
    assert near(ends(outcome.picture("preview").convert("RGB"))[1], BLUE)


def test_a_photoshop_document_shows_its_composite(tmp_path: Path) -> None:
    path = tmp_path / "layers.psd"
    path.write_bytes(psd(halves()))
    outcome = worked(path)
    left, right = ends(outcome.picture("preview"))
    assert (near(left, RED), near(right, BLUE), outcome.probed.notice) == (True, True, "")


def test_a_heic_from_a_phone_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(HEIC)
    outcome = worked(path)
    left, right = ends(outcome.picture("preview"))
    assert (outcome.probed.media_type, outcome.probed.width, outcome.probed.height) == ("image/heic", 64, 64)
    assert (near(left, RED), near(right, BLUE)) == (True, True), (left, right)


def test_sizes_stay_within_their_boxes(tmp_path: Path) -> None:
    outcome = worked(saved(tmp_path / "wide.png", halves((5200, 1300))))
    assert (outcome.probed.width, outcome.probed.height) == (5200, 1300)
    assert [(made.kind, made.width, made.height) for made in outcome.made] == [
        ("thumbnail", 480, 320),
        ("preview", 2560, 640),
    ]
    assert [outcome.picture(kind).size for kind in ("thumbnail", "preview")] == [(480, 320), (2560, 640)]


def test_a_line_of_one_pixel_has_pictures(tmp_path: Path) -> None:
    outcome = worked(saved(tmp_path / "rule.png", Image.new("RGB", (6000, 1), RED)))
    assert [(made.width, made.height) for made in outcome.made] == [(480, 1), (2560, 1)]


@pytest.mark.parametrize(("orientation", "top", "bottom"), [(6, RED, BLUE), (8, BLUE, RED), (5, RED, BLUE)])
def test_a_turned_photograph_stands_upright(
    tmp_path: Path, orientation: int, top: tuple[int, ...], bottom: tuple[int, ...]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    outcome = worked(saved(tmp_path / "phone.jpg", halves(), exif=exif, quality=95))
    assert (outcome.probed.width, outcome.probed.height) == (48, 96)
    picture = outcome.picture("preview")
    assert (picture.size, near(picture.getpixel((24, 5)), top, 20), near(picture.getpixel((24, 90)), bottom, 20)) == (
        (48, 96),
        True,
        True,
    )


@pytest.mark.parametrize("name", ["a.tif", "a.jpg"])
def test_cmyk_is_shown_in_rgb_and_said(tmp_path: Path, name: str) -> None:
    outcome = worked(saved(tmp_path / name, halves(mode="CMYK")))
    left, right = ends(outcome.picture("preview"))
    assert (near(left, RED, 20), near(right, BLUE, 20)) == (True, True), (left, right)
    assert outcome.probed.notice == "CMYK, shown in RGB."


def test_an_embedded_profile_is_applied(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    path = saved(
        tmp_path / "lab.tif",
        ImageCms.profileToProfile(halves(), ImageCms.createProfile("sRGB"), lab.profile, outputMode="LAB"),
    )
    left, right = ends(worked(path).picture("preview"))
    assert (near(left, RED, 20), near(right, BLUE, 20)) == (True, True), (left, right)


def test_a_profile_decides_what_the_numbers_mean(tmp_path: Path) -> None:
    """A profile whose first channel is blue and whose third is red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"@@@@").replace(b"bXYZ", b"rXYZ").replace(b"@@@@", b"bXYZ")
    left, _ = ends(worked(saved(tmp_path / "a.png", halves(), icc_profile=swapped)).picture("preview"))
    assert near(left, RED[::-1]), left


def test_badly_written_exif_is_no_damage(tmp_path: Path) -> None:
    broken = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x05\x00\x12\x01\x02\x00\xff\xff\xff\xff"
    outcome = worked(saved(tmp_path / "a.jpg", halves(), exif=broken))
    assert (outcome.one("preview").width, outcome.one("preview").height) == (96, 48)


def test_a_broken_profile_is_left_alone(tmp_path: Path) -> None:
    outcome = worked(saved(tmp_path / "a.png", halves(), icc_profile=b"no profile" * 30))
    assert near(ends(outcome.picture("preview"))[0], RED)


def test_transparency_stays(tmp_path: Path) -> None:
    picture = halves(mode="RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    shown = worked(saved(tmp_path / "logo.png", picture)).picture("preview")
    assert (shown.mode, shown.getpixel((10, 0))[3] < 10, shown.getpixel((10, 47))[3] > 245) == ("RGBA", True, True)


def test_a_palette_with_a_hole_stays_transparent(tmp_path: Path) -> None:
    picture = halves(mode="P")
    hole = picture.getpixel((0, 0))
    shown = worked(saved(tmp_path / "a.gif", picture, transparency=hole)).picture("preview")
    left, right = ends(shown)
    assert (shown.mode, left[3], right[3]) == ("RGBA", 0, 255)


def test_sixteen_bits_keep_their_brightness(tmp_path: Path) -> None:
    picture = Image.new("I;16", (40, 20), 128 * 256)
    shown = worked(saved(tmp_path / "deep.png", picture)).picture("preview")
    assert near(shown.convert("RGB").getpixel((20, 10)), (128, 128, 128), 3)


def test_a_float_picture_is_brought_into_range(tmp_path: Path) -> None:
    shown = worked(saved(tmp_path / "float.tif", Image.new("F", (40, 20), 0.5))).picture("preview")
    assert near(shown.convert("RGB").getpixel((20, 10)), (128, 128, 128), 3)


def test_an_animation_shows_its_first_frame_and_says_so(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE, RED)]
    outcome = worked(saved(tmp_path / "a.gif", frames[0], save_all=True, append_images=frames[1:]))
    assert outcome.probed.notice == "Animated: only the first frame is shown."
    assert near(outcome.picture("preview").convert("RGB").getpixel((20, 20)), RED)


def test_a_tiff_of_many_pages_shows_the_first_and_says_so(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE, BLUE)]
    outcome = worked(saved(tmp_path / "a.tif", pages[0], save_all=True, append_images=pages[1:]))
    assert outcome.probed.notice == "Only the first of 3 pictures is shown."
    assert near(outcome.picture("preview").getpixel((20, 20)), RED)


@pytest.mark.parametrize("name", ["bomb.png", "claim.tif", "claim.psd", "claim.bmp"])
def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    claim = struct.pack("<4sIH", b"II*\x00", 8, 9)
    for tag, kind, value in [
        (256, 4, 30000),
        (257, 4, 30000),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, 30000),
        (279, 4, 100),
    ]:
        claim += struct.pack("<HHII", tag, kind, 1, value)
    content = {
        "bomb.png": png_claiming(30000, 30000, b"\x00" * 100_000),
        "claim.tif": claim + b"\x00" * 4,
        "claim.psd": struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, 30000, 30000, 8, 3) + b"\x00" * 99,
        "claim.bmp": b"BM" + struct.pack("<IIIIiiHHIIiiII", 999, 0, 54, 40, 30000, 30000, 1, 24, 0, 0, 1, 1, 0, 0),
    }
    path.write_bytes(content[name])
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert (refused.value.words, refused.value.permanent) == (
        "The picture has 900 megapixels (30,000 × 30,000); pictures are made up to 300. "
        "The original can be downloaded.",
        True,
    )


def test_the_limit_of_pixels_is_strict(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", Image.new("L", (100, 101)))
    with pytest.raises(MediaError) as refused:
        worked(path, Limits(pixels=100 * 100))
    assert refused.value.words.startswith("The picture has 0.0 megapixels (100 × 101)")
    assert worked(path, Limits(pixels=100 * 101)).probed.kind == Kind.IMAGE


def written(form: str) -> bytes:
    into = io.BytesIO()
    noise = Image.effect_noise((120, 80), 60).convert("RGB")
    noise.save(into, form)
    return into.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "TIFF", "JPEG2000", "AVIF", "BMP"])
def test_a_picture_that_is_cut_off_is_called_so(tmp_path: Path, form: str) -> None:
    content = written(form)
    said = []
    for number, share in enumerate((0.02, 0.5, 0.9)):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(content[: max(32, int(len(content) * share))])
        with pytest.raises(MediaError) as refused:
            worked(path, LIMITS)
        said.append((refused.value.words.startswith("The file is damaged or cut off"), refused.value.permanent))
        assert list((tmp_path / f"{number}.bin.made").iterdir()) == []
    assert said == [(True, True)] * 3


def test_words_never_name_a_place_on_this_machine(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(png_claiming(100, 100)[:33])
    with pytest.raises(MediaError) as refused:
        worked(path)
    assert refused.value.words == (
        "The file is damaged or cut off: its beginning cannot be read. The original can be downloaded."
    )
    assert str(tmp_path) not in refused.value.tail

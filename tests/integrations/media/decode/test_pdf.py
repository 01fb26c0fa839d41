"""Pages of a PDF."""

import zlib
from pathlib import Path

import pytest

from signoff.integrations.media.types import Kind
from signoff.integrations.media.work import Limits, MediaError
from tests.integrations.media.making import pdf, pdf_of, worked

RED_LEFT = "1 0 0 rg 0 0 100 100 re f"


def kept(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    return path


def test_each_page_is_a_picture_after_the_thumbnail(tmp_path: Path) -> None:
    outcome = worked(kept(tmp_path, pdf([RED_LEFT, "", "0 0 1 rg 0 0 200 100 re f"])))
    probed = outcome.probed
    assert (probed.kind, probed.pages, probed.width, probed.height, probed.notice) == (Kind.PDF, 3, 200, 100, "")
    assert [(made.kind, made.number, made.width, made.height) for made in outcome.made] == [
        ("thumbnail", 0, 480, 240),
        ("page", 1, 1800, 900),
        ("page", 2, 1800, 900),
        ("page", 3, 1800, 900),
    ]
    first, third = (outcome.picture("page", number).convert("RGB") for number in (1, 3))
    assert [round(value / 255) for value in first.getpixel((400, 450))] == [1, 0, 0]
    assert [round(value / 255) for value in first.getpixel((1400, 450))] == [1, 1, 1]
    assert [round(value / 255) for value in third.getpixel((1400, 450))] == [0, 0, 1]


def test_pages_beyond_the_limit_are_counted_and_said(tmp_path: Path) -> None:
    outcome = worked(kept(tmp_path, pdf([RED_LEFT] * 5)), Limits(pages=2))
    assert (outcome.probed.pages, outcome.probed.notice) == (5, "Only the first 2 of 5 pages have pictures.")
    assert [made.number for made in outcome.made if made.kind == "page"] == [1, 2]


@pytest.mark.parametrize(
    ("size", "picture"), [((1e6, 1e6), (1800, 1800)), ((200_000, 100_000), (1800, 900)), ((1e6, 1), (1800, 1))]
)
def test_a_page_of_absurd_size_has_a_picture_of_sane_size(
    tmp_path: Path, size: tuple[float, float], picture: tuple[int, int]
) -> None:
    page = worked(kept(tmp_path, pdf([RED_LEFT], size))).one("page", 1)
    assert (page.width, page.height) == picture


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    locked = b"<< /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >>"
    content = pdf_of(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", locked],
        b"/Encrypt 3 0 R /ID [<00><00>]",
    )
    with pytest.raises(MediaError) as refused:
        worked(kept(tmp_path, content))
    assert refused.value.words == (
        "This PDF needs a password, so there are no pictures of its pages. Send one without a password. "
        "The original can be downloaded."
    )


def exploding() -> bytes:
    """A few kilobytes of drawing commands that become 39 MB."""
    inner = zlib.compress(zlib.compress(b"0 0 1 1 re f " * 3_000_000))
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
            b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%b\nendstream" % (len(inner), inner),
        ]
    )


def test_a_stream_that_explodes_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as refused:
        worked(kept(tmp_path, exploding()), Limits(cpu_seconds=1))
    assert refused.value.words == (
        "It took longer than 1 second of computing, so it was stopped. The original can be downloaded."
    )


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 3000, pdf([RED_LEFT])[:150]])
def test_half_a_pdf_is_called_so(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(MediaError) as refused:
        worked(kept(tmp_path, content))
    assert (refused.value.words, refused.value.permanent) == (
        "The file is damaged or cut off: it is no complete PDF. The original can be downloaded.",
        True,
    )

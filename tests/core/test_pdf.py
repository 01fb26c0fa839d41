"""Papers: what stands on their pages, read back with PDFium."""

from datetime import datetime, timedelta, timezone

import pypdfium2
import pytest

from signoff.core import pdf
from tests.files import picture

HEAD = pdf.Letterhead("Fieldhouse", "#e8743b")
NARROW = "ﷺ日本😀"  # no alphabet of Inter's


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def pictures_of(data: bytes) -> list[int]:
    with pypdfium2.PdfDocument(data) as document:
        return [sum(1 for one in page.get_objects() if one.type == 3) for page in document]


def said(text: str, look: str = "text") -> str:
    """What is read of this paragraph, without the letterhead and the page's number."""
    (page,) = pages_of(pdf.paper(HEAD, "Notes", [pdf.paragraph(text, look)]))
    return page.removeprefix("Fieldhouse\n").removesuffix("\nPage 1 of 1")


def test_the_fonts_are_built():
    assert pdf.fonts() is True


@pytest.mark.parametrize(
    "text", ["Größe, łódź, İstanbul", "Жёлтый ґанок", "Ωμέγα ἀρχή", "Tiếng Việt ơ", "“5 €” – № 7 … ½", "a\nb"]
)
def test_letters_of_many_alphabets_are_read_as_written(text):
    assert said(text) == text


@pytest.mark.parametrize("look", pdf.LOOKS)
def test_words_are_never_markup(look):
    evil = "<b>x</b> & </para> <img src='/etc'/> &lt;"

    assert said(evil, look) == evil


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"a{NARROW}b", f"a{pdf.BOX * len(NARROW)}b"),
        ("a\x00\x07\u202eb\u200d\ufeff", "ab"),
        ("cafe\u0301", "café"),
        ("a\r\nb", "a\nb"),
        ("a\u05b0b", "ab"),
        ("", ""),
    ],
)
def test_what_no_font_has_is_a_box_or_nothing(text, shown):
    assert pdf.plain(text) == shown
    assert said(text) == shown or shown == ""


def test_without_built_fonts_there_are_spare_ones(tmp_path, monkeypatch):
    with monkeypatch.context() as without:
        without.setattr(pdf, "FONTS", tmp_path)
        for kept in (pdf.fonts, pdf._letters):
            kept.cache_clear()
        is_built, page = pdf.fonts(), said("Größe <b> 日")
        for kept in (pdf.fonts, pdf._letters):
            kept.cache_clear()

    assert (is_built, page) == (False, f"Größe <b> {pdf.BOX}")
    assert pdf.fonts() is True


def test_a_letterhead_has_the_logo_and_the_name():
    with_logo = pdf.Letterhead("Fieldhouse", "#e8743b", picture())
    made = pdf.paper(with_logo, "Notes", [pdf.paragraph("Hello")])

    assert (pages_of(made), pictures_of(made)) == (["Fieldhouse\nHello\nPage 1 of 1"], [1])


@pytest.mark.parametrize("logo", [b"", b"no picture", picture()[:60], picture(5000, 1)])
def test_a_logo_that_cannot_be_shown_is_left_away(logo):
    made = pdf.paper(pdf.Letterhead("Fieldhouse", logo=logo), "Notes", [pdf.paragraph("Hello")])

    assert (pages_of(made), pictures_of(made)) == (["Fieldhouse\nHello\nPage 1 of 1"], [0])


def test_every_page_has_its_number_and_later_ones_the_title():
    made = pages_of(pdf.paper(HEAD, "Notes & more", [pdf.paragraph("line\n" * 130)]))

    assert [page.split("\n")[-1] for page in made] == [f"Page {n} of {len(made)}" for n in range(1, len(made) + 1)]
    assert [page.split("\n")[0] for page in made] == ["Fieldhouse", *["Notes & more"] * (len(made) - 1)]
    assert len(made) > 1


def test_a_cell_longer_than_a_page_goes_on_and_the_head_is_said_again():
    rows = [("Number", "What"), ("1", "word " * 3000), ("2", pdf.paragraph("<i>end</i>"))]
    made = pages_of(pdf.paper(HEAD, "Notes", [pdf.table(rows, (1, 4))]))

    assert sum(page.count("word") for page in made) == 3000
    assert all("Number What" in page for page in made)
    assert "<i>end</i>" in made[-1]


def test_a_hundred_thousand_letters_without_a_space_are_all_there():
    made = pages_of(pdf.paper(HEAD, "N", [pdf.paragraph("x" * 100_000)]))

    assert sum(page.count("x") for page in made) == 100_000


def test_a_picture_fits_however_it_is_shaped():
    made = pdf.paper(
        HEAD, "N", [pdf.picture(picture(w, h, kind="JPEG")) for w, h in ((4000, 10), (10, 4000), (64, 48))]
    )

    assert sum(pictures_of(made)) == 3


def test_pieces_that_belong_together_begin_a_page():
    tall = [pdf.paragraph("line\n" * 40), pdf.together([pdf.paragraph("head", "heading"), pdf.paragraph("x\n" * 20)])]
    made = pages_of(pdf.paper(HEAD, "N", tall))

    assert ["head" in page for page in made] == [False, True]


def test_the_same_at_the_same_moment_is_the_same_bytes():
    moment = datetime(2026, 12, 4, 15, 30, tzinfo=timezone(timedelta(hours=2)))
    first, second = (pdf.paper(HEAD, "N", [pdf.paragraph("Größe ж")], made_at=moment) for _ in range(2))

    assert first == second
    with pypdfium2.PdfDocument(first) as document:
        assert document.get_metadata_value("CreationDate").startswith("D:20261204133000")


def test_without_a_moment_it_says_when_it_was_made():
    with pypdfium2.PdfDocument(pdf.paper(HEAD, "N", [pdf.paragraph("Hello")])) as document:
        said = document.get_metadata_value("CreationDate")
    assert abs(datetime.strptime(said[2:16], "%Y%m%d%H%M%S") - datetime.now()) < timedelta(minutes=2)

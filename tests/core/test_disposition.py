import re
import unicodedata

import pytest
from django.utils.http import parse_header_parameters
from hypothesis import given
from hypothesis import strategies as st

from signoff.core.disposition import disposition

ONE_LINE = re.compile(
    r"""(inline|attachment); filename="[ !#-$&-:<-\[\]-~]+"(; filename\*=UTF-8''([A-Za-z0-9._~-]|%[0-9A-F]{2})+)?"""
)


def name_read(header: str) -> str:
    """The name that another program reads from it."""
    return parse_header_parameters(header)[1]["filename"]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("poster.png", 'attachment; filename="poster.png"'),
        ("key visual v2.tif", 'attachment; filename="key visual v2.tif"'),
        ("Größe.png", "attachment; filename=\"Groe.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.png"),
        ("キー.mp4", "attachment; filename=\"file.mp4\"; filename*=UTF-8''%E3%82%AD%E3%83%BC.mp4"),
        ('a"b.png', "attachment; filename=\"a_b.png\"; filename*=UTF-8''a%22b.png"),
        ("50%25.png", "attachment; filename=\"50_25.png\"; filename*=UTF-8''50%2525.png"),
        ("a;b=c.png", "attachment; filename=\"a_b=c.png\"; filename*=UTF-8''a%3Bb%3Dc.png"),
        (".htaccess", 'attachment; filename=".htaccess"'),
    ],
)
def test_a_name_is_given_in_ascii_and_whole_where_that_says_more(name, header):
    assert disposition(name, is_attachment=True) == header


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a\r\nSet-Cookie: x=1.png", 'inline; filename="a Set-Cookie: x=1.png"'),
        ("a\nb\tc.png", 'inline; filename="a b c.png"'),
        ("a\x00b\x1b.png", 'inline; filename="ab.png"'),
        ("invoice\u202egpj.exe", 'inline; filename="invoicegpj.exe"'),
        ("\u2066a\u2069\u200f.png", 'inline; filename="a.png"'),
        ("a\u2028b.png", 'inline; filename="ab.png"'),
        ("../../etc/passwd", 'inline; filename=".._.._etc_passwd"'),
        ("C:\\work\\a.png", 'inline; filename="C:_work_a.png"'),
        ("\ud800.png", 'inline; filename=".png"'),
        ("..", 'inline; filename="file"'),
        ("", 'inline; filename="file"'),
        (" \r\n ", 'inline; filename="file"'),
    ],
)
def test_what_could_break_a_header_or_deceive_is_left_out(name, header):
    assert disposition(name, is_attachment=False) == header


def test_letters_that_spell_with_invisible_joiners_keep_them():
    assert name_read(disposition("می\u200cخواهم.pdf", is_attachment=True)) == "می\u200cخواهم.pdf"


def test_a_long_name_is_cut_and_keeps_its_extension():
    assert disposition("a" * 300 + ".tiff", is_attachment=False) == f'inline; filename="{"a" * 195}.tiff"'


@given(st.text(max_size=400), st.booleans())
def test_whatever_the_name_the_header_is_one_line_of_two_names(name, is_attachment):
    assert ONE_LINE.fullmatch(disposition(name, is_attachment=is_attachment)) is not None


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=60))
def test_a_name_of_letters_arrives_whole(name):
    assert name_read(disposition(name, is_attachment=True)) == unicodedata.normalize("NFC", name)

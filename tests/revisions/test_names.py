"""What files may be called: always something, never a path, nothing that deceives or that a system refuses."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from signoff.revisions.names import MOST, clean_file_name

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
PIECES = [
    "con",
    "NUL",
    ".",
    "..",
    "/",
    "\\",
    " ",
    "\u202e",
    "\u200d",
    "\x00",
    "\n",
    "é",
    "e\u0301",
    "👩\u200d🎨",
    "名",
    ".png",
]
names = st.one_of(st.text(max_size=400), st.lists(st.sampled_from([*PIECES, "a" * 90])).map("".join))


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("hero.png", "hero.png"),
        ("Key visual, v2 (final).tif", "Key visual, v2 (final).tif"),
        ("C:\\work\\..\\hero?.png", "hero_.png"),
        ("/etc/passwd", "passwd"),
        ("../../hero.png", "hero.png"),
        ("folder/", "file"),
        ("", "file"),
        (".", "file"),
        ("...", "file"),
        (" . ", "file"),
        (".env", "env"),
        ("hero.png. ", "hero.png"),
        ("a\x00b\x1b[31m.png", "ab[31m.png"),
        ("two\nlines.png", "two lines.png"),
        ("  far   apart .png", "far apart .png"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u200eleft\u200f\u061c\u2066.png", "left.png"),
        ("zero\u200bwidth\ufeff.png", "zerowidth.png"),
        ("e\u0301te\u0301.png", "été.png"),
        ("👩\u200d🎨.png", "👩\u200d🎨.png"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("\u200d", "file"),
        ("\ud800.png", "png"),
        ('a:b*c?d"e<f>g|h.png', "a_b_c_d_e_f_g_h.png"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("Com1.tar.gz", "Com1_.tar.gz"),
        ("COM¹.png", "COM¹_.png"),
        ("aux .png", "aux_.png"),
        ("CONSOLE.png", "CONSOLE.png"),
        ("console/nul", "nul_"),
    ],
)
def test_a_name_is_made_safe_and_kept_where_it_is(given_name: str, name: str) -> None:
    assert clean_file_name(given_name) == name


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("a" * 300 + ".png", "a" * 251 + ".png"),
        ("a" * 300, "a" * 255),
        ("é" * 200 + ".jpeg", "é" * 125 + ".jpeg"),
        ("👩" * 100 + ".webp", "👩" * 62 + ".webp"),
        ("a." + "b" * 300, "a." + "b" * 253),
        ("a" * 250 + " . .png", "a" * 250 + ".png"),
    ],
)
def test_a_long_name_is_cut_before_its_ending(given_name: str, name: str) -> None:
    assert clean_file_name(given_name) == name


@given(names)
@example("con" + " " * 10 + ".png")
@example("\u200d" * 300 + ".png")
@example("a" * 252 + ".\u200dpng")
def test_whatever_comes_the_name_is_one_that_every_system_takes(given_name: str) -> None:
    name = clean_file_name(given_name)
    assert 1 <= len(name.encode()) <= MOST
    assert not set(name) & set('/\\:*?"<>|')
    assert {unicodedata.category(letter) for letter in name if letter not in "\u200c\u200d"} & {
        "Cc",
        "Cf",
        "Cs",
    } == set()
    assert name == name.strip(" .") and name not in (".", "..")
    assert name.split(".")[0].strip().lower() not in RESERVED
    assert clean_file_name(name) == name

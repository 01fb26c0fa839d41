import pytest
from hypothesis import given
from hypothesis import strategies as st

from signoff.core.text import BadText, check_slug, clean_name, clean_text, free_slug, slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Key visual, landscape", "key-visual-landscape"),
        ("  Größe_XL  ", "grosse-xl"),
        ("Ærø — Øl", "ro-ol"),
        ("キービジュアル", ""),
        ("___", ""),
    ],
)
def test_a_slug_is_made_of_the_name(name, slug):
    assert slug_of(name) == slug


@given(st.text())
def test_whatever_the_name_its_slug_is_empty_or_legal(name):
    slug = slug_of(name)
    assert slug == "" or check_slug(slug) == slug


def test_a_taken_slug_is_numbered():
    assert free_slug("poster", {"poster", "poster-2"}, fallback="x") == "poster-3"
    assert free_slug("", set(), fallback="deliverable") == "deliverable"


@given(st.text(max_size=400))
def test_a_name_is_kept_or_refused_but_never_broken(name):
    try:
        kept = clean_name(name)
    except BadText:
        return
    assert clean_name(kept) == kept
    assert "\x00" not in kept and 0 < len(kept) <= 200


def test_text_of_several_lines_keeps_its_lines():
    assert clean_text(" a\nb\t c \n", field="notes") == "a\nb\t c"


def test_a_slug_does_not_end_in_a_line_break() -> None:
    with pytest.raises(BadText):
        check_slug("key-visual\n")

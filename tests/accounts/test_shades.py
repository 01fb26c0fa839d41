from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signoff.accounts.shades import (
    GROUNDS,
    READABLE,
    TEXT,
    VISIBLE,
    contrast,
    shades_of,
    style_sheet,
    version_of,
)

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
themes = st.sampled_from(["light", "dark"])
HARD = ["#ffffff", "#000000", "#d8ff3e", "#ffff00", "#808080", "#0000ff", "#b3264e", "#777777"]


def check(accent: str, sidebar: str, theme: str) -> None:
    shades = shades_of({"accent": accent, "sidebar": sidebar}, theme)
    pairs = [
        ("on-accent", shades["accent"]),
        ("on-accent", shades["accent-hover"]),
        ("accent-text", shades["accent-soft"]),
    ]
    pairs += [("accent-text", ground) for ground in GROUNDS[theme]]
    pairs += product(("sidebar-text", "sidebar-muted"), (shades["sidebar-bg"], shades["sidebar-active"]))
    too_low = {(name, ground) for name, ground in pairs if contrast(shades[name], ground) < READABLE}
    too_low |= {(text, "soft") for text in TEXT[theme] if contrast(text, shades["accent-soft"]) < READABLE}
    too_low |= {("focus", ground) for ground in GROUNDS[theme] if contrast(shades["focus"], ground) < VISIBLE}
    assert too_low == set()


@given(colours, colours, themes)
def test_every_pair_is_readable_whatever_colours_are_chosen(accent: str, sidebar: str, theme: str) -> None:
    check(accent, sidebar, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", HARD)
def test_every_pair_is_readable_for_colours_at_the_edge(colour: str, theme: str) -> None:
    check(colour, colour, theme)


def test_a_readable_accent_stays_as_it_was_chosen() -> None:
    shades = shades_of({"accent": "#2a54d0"}, "light")
    assert (shades["accent"], shades["on-accent"]) == ("#2a54d0", "#ffffff")


def test_a_bright_accent_has_dark_words_on_it() -> None:
    shades = shades_of({"accent": "#d8ff3e"}, "light")
    assert (shades["accent"], shades["on-accent"]) == ("#d8ff3e", "#14180a")


def test_no_colours_no_style_sheet() -> None:
    assert style_sheet({}) == ""
    assert style_sheet({"product": "Atelier", "accent": "", "sidebar": ""}) == ""


def test_the_style_sheet_sets_tokens_for_both_themes() -> None:
    css = style_sheet({"sidebar": "#14171b"})
    assert css.splitlines()[0].startswith(":root { --so-sidebar-bg: #14171b; ")
    assert css.splitlines()[1].startswith(':root[data-theme="signoff-dark"] { --so-sidebar-bg: #')


def test_the_version_changes_with_the_colours_only() -> None:
    one = version_of({"accent": "#112233", "product": "A"})
    assert one == version_of({"accent": "#112233", "product": "B"})
    assert one != version_of({"accent": "#112234"})


@pytest.mark.parametrize("stored", ["red", "#12345", "#123456; } body { display: none", 7, None])
def test_what_is_no_colour_never_gets_into_the_style_sheet(stored: object) -> None:
    assert style_sheet({"accent": stored, "sidebar": stored}) == ""

"""An organisation's accent and sidebar colour, and every shade that follows from them. Pure.

Whatever colour is chosen, each pair that must be readable passes WCAG 2.2 AA: a shade is lightened or
darkened, step by step, until it does.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

Rgb = tuple[float, float, float]
READABLE = 4.5
VISIBLE = 3.0
COLOUR = re.compile(r"#[0-9a-f]{6}\Z")
WHITE, BLACK = "#ffffff", "#000000"
ON_ACCENT_DARK = "#14180a"
# The grounds of tokens.css that accent text and focus lines stand on.
GROUNDS = {
    "light": ("#ffffff", "#fafafb", "#f6f6f7", "#f0f0f2", "#efeff1"),
    "dark": ("#131314", "#1a1a1b", "#1e1e20", "#28282a", "#242426", "#313135"),
}
SURFACE = {"light": "#ffffff", "dark": "#1a1a1b"}
TEXT = {"light": ("#1a1a1e", "#494952"), "dark": ("#ededef", "#b9b9bf")}


def version_of(branding: Mapping[str, Any]) -> str:
    """Changes when the style sheet does, so that browsers may keep it for ever."""
    colours = {key: branding.get(key) for key in ("accent", "sidebar")}
    return hashlib.sha256(json.dumps(colours, sort_keys=True).encode()).hexdigest()[:12]


def style_sheet(branding: Mapping[str, Any]) -> str:
    """CSS that overrides the tokens in both themes; empty when the house keeps Signoff's own colours."""
    return "\n".join(
        f"{selector} {{ {' '.join(f'--so-{name}: {value};' for name, value in shades.items())} }}"
        for theme, selector in (("light", ":root"), ("dark", ':root[data-theme="signoff-dark"]'))
        if (shades := shades_of(branding, theme))
    )


def shades_of(branding: Mapping[str, Any], theme: str) -> dict[str, str]:
    """The tokens (without `--so-`) that this branding sets in this theme."""
    shades: dict[str, str] = {}
    if accent := _colour(branding, "accent"):
        shades |= accent_shades(accent, theme)
    if sidebar := _colour(branding, "sidebar"):
        shades |= sidebar_shades(sidebar, theme)
    return shades


def accent_shades(accent: str, theme: str) -> dict[str, str]:
    grounds = GROUNDS[theme]
    accent, on_accent = _fill(accent, theme)
    soft = mix(accent, SURFACE[theme], 0.11 if theme == "light" else 0.24)
    for text in TEXT[theme]:
        soft = until(soft, SURFACE[theme], lambda shade, text=text: contrast(text, shade) >= READABLE)
    ink = BLACK if theme == "light" else WHITE
    text = until(accent, ink, lambda shade: all(contrast(shade, g) >= READABLE for g in (*grounds, soft)))
    return {
        "accent": accent,
        "accent-hover": _hover(accent, on_accent),
        "on-accent": on_accent,
        "accent-text": text,
        "accent-soft": soft,
        "accent-line": mix(accent, SURFACE[theme], 0.36 if theme == "light" else 0.5),
        "focus": until(accent, ink, lambda shade: all(contrast(shade, g) >= VISIBLE for g in grounds)),
    }


def sidebar_shades(sidebar: str, theme: str) -> dict[str, str]:
    """The ground as chosen (darker in the dark theme) and words that can be read on it."""
    ground = sidebar if theme == "light" else _dimmed(sidebar)
    is_dark = contrast(ground, WHITE) >= contrast(ground, BLACK)
    ink = WHITE if is_dark else BLACK
    raised = mix(WHITE, ground, 0.12 if is_dark else 0.72)
    active = until(raised, ground, lambda shade: contrast(ink, shade) >= READABLE)
    both = (ground, active)

    def readable(shade: str) -> bool:
        return all(contrast(shade, one) >= READABLE for one in both)

    return {
        "sidebar-bg": ground,
        "sidebar-text": until(mix(ink, ground, 0.82), ink, readable),
        "sidebar-muted": until(mix(ink, ground, 0.58), ink, readable),
        "sidebar-active": active,
    }


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(one: str, other: str, share: float) -> str:
    """`share` of `one`, the rest of `other`."""
    return _hex(tuple(a * share + b * (1 - share) for a, b in zip(_rgb(one), _rgb(other), strict=True)))


def until(colour: str, towards: str, is_good: Any) -> str:
    """`colour`, moved towards another in 50 steps until it is good; that other at the end."""
    steps = (mix(towards, colour, step / 50) for step in range(51))
    return next((shade for shade in steps if is_good(shade)), towards)


def _colour(branding: Mapping[str, Any], name: str) -> str:
    """The stored colour; empty when it is none, so that nothing else ever gets into the style sheet."""
    value = str(branding.get(name) or "")
    return value if COLOUR.match(value) else ""


def _fill(accent: str, theme: str) -> tuple[str, str]:
    """The accent as a ground for words, and the words' colour; a touch brighter on a dark page."""
    if theme == "dark" and contrast(accent, SURFACE["dark"]) < VISIBLE:
        accent = until(accent, WHITE, lambda shade: contrast(shade, SURFACE["dark"]) >= VISIBLE)
    on_accent = WHITE if contrast(accent, WHITE) >= contrast(accent, ON_ACCENT_DARK) * 0.6 else ON_ACCENT_DARK
    away = BLACK if on_accent == WHITE else WHITE
    return until(accent, away, lambda shade: contrast(shade, on_accent) >= READABLE), on_accent


def _hover(accent: str, on_accent: str) -> str:
    """A step away from the words on it, so that they only become clearer."""
    return mix(BLACK if on_accent == WHITE else WHITE, accent, 0.14)


def _dimmed(colour: str) -> str:
    """The colour as a dark page can carry it."""
    return until(mix(colour, BLACK, 0.55), BLACK, lambda shade: luminance(shade) <= 0.05)


def _rgb(colour: str) -> Rgb:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def _hex(rgb: tuple[float, ...]) -> str:
    return "#" + "".join(f"{min(max(round(channel), 0), 255):02x}" for channel in rgb)


def _linear(channel: float) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

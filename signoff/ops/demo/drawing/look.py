"""How a round of a picture looks, and what changed since the one before: told from the difference, so it is true."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PIL import Image

STEPS_BACK = 6


@dataclass(frozen=True, slots=True)
class Look:
    """What notes ask for. `product` is the size of the hero, 1 as planned; `sun` where the light stands, from left to
    right; `warmth` and `light` tint the whole picture; `accents` are what stands around (leaves, lines, stars)."""

    headline: tuple[str, ...] = ()
    line: str = ""
    legal: str = ""
    product: float = 1.0
    sun: float = 0.5
    warmth: float = 0.0
    light: float = 0.0
    accents: bool = True
    button: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a brand calls its things."""

    product: str
    sun: str
    accents: str


Undo = Mapping[str, object]


def look_of(final: Look, undone: Sequence[Undo], round_number: int, last: int) -> Look:
    """The look of a round: the last one's, with what later rounds brought taken back."""
    look = final
    for n in range(last - round_number):
        look = replace(look, **undone[n % len(undone)])  # type: ignore[arg-type]
    return look


def told(before: Look | None, after: Look, words: Words) -> str:
    """One sentence of what changed between two looks."""
    if before is None:
        return "First layout."
    parts = [part for tell in TELLERS if (part := tell(before, after, words))]
    if not parts:
        return "Nothing in the picture; exported again."
    text = ", ".join(parts)
    return text[0].upper() + text[1:] + "."


def _headline(before: Look, after: Look, words: Words) -> str:
    return f"new headline “{' '.join(after.headline)}”" if before.headline != after.headline else ""


def _line(before: Look, after: Look, words: Words) -> str:
    if before.line == after.line:
        return ""
    return (
        "second line rewritten"
        if before.line and after.line
        else ("second line added" if after.line else "second line taken out")
    )


def _sun(before: Look, after: Look, words: Words) -> str:
    if abs(before.sun - after.sun) < 0.02:
        return ""
    where = "to the left third" if after.sun < 0.4 else "to the right third" if after.sun > 0.6 else "to the middle"
    return f"{words.sun} moved {where}"


def _product(before: Look, after: Look, words: Words) -> str:
    part = round((after.product / before.product - 1) * 100)
    return f"{words.product} {abs(part)} % {'larger' if part > 0 else 'smaller'}" if part else ""


def _colours(before: Look, after: Look, words: Words) -> str:
    if before.warmth != after.warmth:
        return "colours warmer" if after.warmth > before.warmth else "colours cooler"
    return ""


def _light(before: Look, after: Look, words: Words) -> str:
    if before.light != after.light:
        return "lighter overall" if after.light > before.light else "darker overall"
    return ""


def _accents(before: Look, after: Look, words: Words) -> str:
    return f"{words.accents} {'added' if after.accents else 'taken out'}" if before.accents != after.accents else ""


def _legal(before: Look, after: Look, words: Words) -> str:
    if before.legal == after.legal:
        return ""
    return ("new legal line" if before.legal else "legal line added") if after.legal else "legal line taken out"


def _button(before: Look, after: Look, words: Words) -> str:
    return f"button says “{after.button}”" if before.button != after.button and after.button else ""


TELLERS: tuple[Callable[[Look, Look, Words], str], ...] = (
    *(_headline, _line, _sun, _product, _colours, _light, _accents, _legal, _button),
)


def tinted(image: Image.Image, look: Look) -> Image.Image:
    """The picture as warm and as light as the look wants it."""
    if not look.warmth and not look.light:
        return image
    shift = (26 * look.warmth, 4 * look.warmth, -30 * look.warmth)
    gain = 1 + 0.28 * look.light
    return Image.merge(
        "RGB",
        [
            band.point(
                [
                    min(max(round(v * gain + add * (0.35 + 0.65 * v / 255) + 18 * max(look.light, 0)), 0), 255)
                    for v in range(256)
                ]
            )
            for band, add in zip(image.split(), shift, strict=True)
        ],
    )

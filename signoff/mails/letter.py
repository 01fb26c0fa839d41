"""A letter before it is on its way: what it says, and whose it is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signoff.accounts.branding import logo_of
from signoff.accounts.shades import shades_of

PRODUCT = "Signoff"
PLAIN = {  # as in tokens.css, for houses without colours of their own
    "light": {
        "accent": "#2a54d0",
        "on-accent": "#ffffff",
        "accent-text": "#2448ba",
        "sidebar-bg": "#f0f0f2",
        "sidebar-text": "#3c3c44",
    },
    "dark": {
        "accent": "#3f67e6",
        "on-accent": "#ffffff",
        "accent-text": "#93adff",
        "sidebar-bg": "#161617",
        "sidebar-text": "#c4c4ca",
    },
}


@dataclass(frozen=True, slots=True)
class Brand:
    """How letters of one organisation look, from its name and its kept branding."""

    house: str = ""
    branding: Mapping[str, str] = field(default_factory=dict)

    @property
    def product(self) -> str:
        return self.branding.get("product") or PRODUCT

    @property
    def logo(self) -> tuple[str, bytes] | None:
        """Its media type and its bytes."""
        return logo_of(self.branding)

    def colours(self, theme: str) -> dict[str, str]:
        """By the names of tokens.css; they can be read, whatever was chosen."""
        return PLAIN[theme] | shades_of(self.branding, theme)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. `action` is its one button: a label and a whole address."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    action: tuple[str, str] | None = None
    footer: str = ""
    brand: Brand = field(default_factory=Brand)

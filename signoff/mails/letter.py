"""A letter before it is on its way: what it says, and whose it is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from signoff.accounts.branding import logo_of
from signoff.accounts.shades import accent_shades, sidebar_shades

PRODUCT = "Signoff"
ACCENT, SIDEBAR = "#2a54d0", "#f0f0f2"  # as in tokens.css, for houses without colours of their own


@dataclass(frozen=True, slots=True)
class Brand:
    """How letters of one organisation look. `logo` is media type and bytes."""

    product: str = PRODUCT
    house: str = ""
    accent: str = ACCENT
    sidebar: str = SIDEBAR
    logo: tuple[str, bytes] | None = None

    @classmethod
    def of(cls, name: str, branding: Mapping[str, str]) -> Self:
        """From an organisation's name and its kept branding."""
        return cls(
            product=branding.get("product") or PRODUCT,
            house=name,
            accent=branding.get("accent") or ACCENT,
            sidebar=branding.get("sidebar") or SIDEBAR,
            logo=logo_of(branding),
        )

    @property
    def light(self) -> dict[str, str]:
        return self._shades("light")

    @property
    def dark(self) -> dict[str, str]:
        return self._shades("dark")

    def _shades(self, theme: str) -> dict[str, str]:
        """Colours that can be read, whatever was chosen; by the names of tokens.css."""
        return accent_shades(self.accent, theme) | sidebar_shades(self.sidebar, theme)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. `action` is its one button: a label and a whole address."""

    subject: str
    heading: str
    paragraphs: tuple[str, ...]
    action: tuple[str, str] | None = None
    footer: str = ""
    brand: Brand = field(default_factory=Brand)

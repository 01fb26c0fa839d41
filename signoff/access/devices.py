"""What a browser says of itself, in words: “Firefox on Windows”. Pure; a guess, since anybody may say anything."""

from typing import NamedTuple

from django.utils.translation import gettext

# The first that is in the text counts: most browsers name others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "Python"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
IN_THE_HAND = ("iPhone", "iPad", "Android")
MOST = 40  # characters of what is none of the known


class Device(NamedTuple):
    """`browser` and `system` are empty where the text names none that is known."""

    browser: str
    system: str

    @property
    def is_in_the_hand(self) -> bool:
        return self.system in IN_THE_HAND


def device_of(user_agent: str) -> Device:
    return Device(_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))


def in_words(user_agent: str) -> str:
    """Name and system; the beginning of what it said when it is none of the known; empty for nothing."""
    device = device_of(user_agent)
    name = device.browser or user_agent.partition(" ")[0][:MOST]
    return gettext("%(browser)s on %(system)s") % device._asdict() if device.browser and device.system else name


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for sign, word in known if sign in text), "")

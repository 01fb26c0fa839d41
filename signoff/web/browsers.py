"""What a browser calls itself, as people call it: `Firefox on Windows`. Pure.

Each pretends to be the ones before it, so the order of the tables matters.
"""

NAMES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
    ("python", "Python"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
MOST = 40


def browser_in_words(text: str) -> str:
    """Name and system; the beginning of what it said when it is none of the known; empty for nothing."""
    name = _first(NAMES, text) or text.partition(" ")[0][:MOST]
    system = _first(SYSTEMS, text)
    return f"{name} on {system}" if name and system else name


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for sign, word in table if sign.lower() in text.lower()), "")

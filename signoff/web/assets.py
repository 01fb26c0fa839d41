"""The built files: where the manifest says they are. Built by `npm run build`, never committed."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SOURCES = "signoff/web/"
NOT_BUILT = "The pages' assets are not built. Run `npm ci && npm run build`."


def asset(name: str) -> str:
    """The address of `islands/main.ts`, `styles/app.css`, or of a file copied as it is (`favicon.svg`)."""
    built = _manifest(_changed_at()).get(SOURCES + name)
    return f"{settings.STATIC_URL}{built['file'] if built else name}"


def icon_sprite() -> str:
    """The hidden SVG with every icon, to stand once in a page."""
    return _sprite(_changed_at())


def _changed_at() -> float:
    """Part of the caches' keys, so that a new build shows without a restart."""
    try:
        return (Path(settings.STATIC_DIR) / "manifest.json").stat().st_mtime
    except FileNotFoundError as error:
        raise ImproperlyConfigured(NOT_BUILT) from error


@lru_cache(maxsize=2)
def _manifest(changed_at: float) -> dict[str, dict[str, str]]:
    manifest: dict[str, dict[str, str]] = json.loads((Path(settings.STATIC_DIR) / "manifest.json").read_text())
    return manifest


@lru_cache(maxsize=2)
def _sprite(changed_at: float) -> str:
    return (Path(settings.STATIC_DIR) / "icons.svg").read_text()

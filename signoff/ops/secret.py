"""The key that signs sessions: made once, kept in the data directory, readable by its owner only."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret(file: Path) -> str:
    """The key in this file; makes it first when there is none. Two who do so at once get the same one."""
    if not file.exists():
        _make(file)
    return file.read_text().strip()


def _make(file: Path) -> None:
    handle, draft = tempfile.mkstemp(dir=file.parent)  # only the owner may read what this makes
    with os.fdopen(handle, "w") as writing:
        writing.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, file)  # whole or not at all, and never over another's
    except FileExistsError:
        return
    finally:
        Path(draft).unlink()

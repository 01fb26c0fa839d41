"""Real files for tests, and the way they come in: announced, sent, made a round of."""

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.feedback import actions as feedback
from signoff.revisions import actions
from signoff.revisions.models import Revision, Upload
from signoff.revisions.storage import storage
from signoff.revisions.uploads import receiving


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Every test keeps its files in a directory of its own."""
    root = tmp_path / "media"
    keep_files_in(settings, root)
    yield root
    storage.cache_clear()


def keep_files_in(settings: Any, root: Path) -> None:
    """From now on, in this process."""
    options = {"root": root}
    settings.STORAGE = {"class": "signoff.integrations.storage.directory.DirectoryStorage", "options": options}
    storage.cache_clear()


def picture(width: int = 64, height: int = 48, colour: str = "#e8743b", kind: str = "PNG") -> bytes:
    """A small picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, kind)
    return made.getvalue()


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that look like nothing, the same for the same seed."""
    block = zlib.compress(str(seed).encode() * 64)
    return (block * (size // len(block) + 1))[:size]


def send(actor: Actor, deliverable: Deliverable, data: bytes, name: str = "hero.png") -> Upload:
    """An upload that is all here."""
    upload = actions.begin_upload(actor=actor, deliverable=deliverable, name=name, size=len(data))
    with receiving(upload, 0) as stretch:
        stretch.write(data)
    return upload


def add_round(
    actor: Actor, deliverable: Deliverable, *datas: bytes, name: str = "hero.png", note: str = ""
) -> Revision:
    """The next round, of these files (or of one small picture); nothing is rendered yet."""
    given = datas or (picture(colour=f"#{deliverable.pk.int % 0xFFFFFF:06x}"),)
    uploads = [send(actor, deliverable, data, name).pk for data in given]
    return feedback.submit_round(actor=actor, deliverable=deliverable, uploads=uploads, note=note, same_is_meant=True)

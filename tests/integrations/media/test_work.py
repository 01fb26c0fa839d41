"""The doors of the package."""

from pathlib import Path

import pytest

from signoff.integrations.media.types import Kind
from signoff.integrations.media.work import Made, MediaError, Probed, _kept, probe, render
from tests.integrations.media.making import LIMITS, worked


def test_what_has_no_pictures_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "deck.zip"
    path.write_bytes(b"PK\x03\x04")
    outcome = worked(path)
    assert (outcome.probed, outcome.made, outcome.progress) == (Probed(Kind.OTHER, "application/zip"), [], [])


def test_a_type_nobody_knows_has_no_pictures(tmp_path: Path) -> None:
    probed = probe(tmp_path / "x", "application/x-tomorrow", LIMITS)
    made: list[Made] = []
    render(tmp_path / "x", probed, tmp_path, LIMITS, made.append, lambda percent: None)
    assert (probed.kind, made) == (Kind.OTHER, [])


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "link", "missing", ".."])
def test_a_child_hands_over_files_of_its_own_only(tmp_path: Path, name: str) -> None:
    making, into = tmp_path / "into" / "making", tmp_path / "into"
    making.mkdir(parents=True)
    (into / "secret").write_text("of another")
    (making / "link").symlink_to(into / "secret")
    said = {"kind": "page", "number": 1, "name": name, "media_type": "image/webp"}
    with pytest.raises(MediaError):
        _kept({**said, "width": 1, "height": 1, "data": {}}, making, into)
    assert (into / "secret").read_text() == "of another"

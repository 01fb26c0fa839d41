"""The worker's desk: cleared by who works, also after one who was killed at it."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from signoff.revisions.scratch import scratch

KILLED = """
import os, signal
from signoff.revisions.scratch import scratch
with scratch() as folder:
    (folder / "original").write_bytes(b"a large film")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """Where everybody's scratch lies."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def age(folder):
    """An hour passes."""
    an_hour_ago = time.time() - 3600
    os.utime(folder, (an_hour_ago, an_hour_ago))


def test_nothing_is_left_of_it(desk):
    with scratch() as folder:
        (folder / "half").write_bytes(b"made")
    assert list(desk.iterdir()) == []


def test_what_a_killed_worker_left_goes_with_the_next(desk):
    died = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True)
    left = desk / died.stdout.strip()
    assert (died.returncode, (left / "original").read_bytes()) == (-9, b"a large film")
    age(left)
    with scratch():
        assert not left.exists()


def test_what_another_works_at_is_left_alone(desk):
    with scratch() as folder:
        (folder / "half").write_bytes(b"made")
        age(folder)
        with scratch():
            pass
        assert (folder / "half").read_bytes() == b"made"


def test_what_is_not_ours_is_left_alone(desk):
    others = desk / "signoff-demo-1"
    others.mkdir()
    link = desk / "signoff-media-link"
    os.symlink(others, link)
    age(others)
    with scratch():
        pass
    assert (others.is_dir(), link.is_symlink()) == (True, True)

"""A directory for the work on one file: copies of originals, pictures that are half made. Gone after it.

Who works holds a lock on it. What nobody holds is of a worker that was killed, and goes with the next work.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

PREFIX = "signoff-media-"
YOUNG = 60  # seconds: what was made just now is about to be locked


@contextmanager
def scratch() -> Iterator[Path]:
    _clear(Path(gettempdir()))
    with TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        lock = _locked(folder)
        try:
            yield folder
        finally:
            if lock is not None:
                os.close(lock)


def _clear(desk: Path) -> None:
    for folder in desk.glob(f"{PREFIX}*"):
        lock = _locked(folder)
        if lock is not None:
            if time.time() - os.fstat(lock).st_mtime > YOUNG:
                shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the lock; None when somebody works there, or it is no directory that we may open."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise
        return descriptor
    return None

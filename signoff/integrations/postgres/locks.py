"""Who uses the server, known by locks of the kernel: it drops them even after kill -9, so none can leak."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Wait until nobody else starts or stops the server, and keep others waiting meanwhile."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Users:
    """The crowd of processes that use the server, as a shared lock on one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    @property
    def joined(self) -> bool:
        return self._file is not None

    def join(self) -> None:
        """Be counted from now on, until `leave` or the end of the process."""
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Be counted no more. True when nobody is left."""
        if self._file is None:
            return False
        file, self._file = self._file, None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(file)
        return True

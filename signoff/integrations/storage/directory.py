"""Files in a directory of this machine, or of a disk that all web and worker machines share."""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path
from tempfile import NamedTemporaryFile

from signoff.integrations.storage.port import (
    NotStored,
    OffsetMismatch,
    StorageFull,
    StorageUnavailable,
    Stored,
    UploadBusy,
)

PIECE = 1 << 20
SHELF = 2  # letters of a folder that many share, which stays
FULL = (ENOSPC, EDQUOT)
UNFINISHED = ".part"  # what a broken copy leaves, for the nightly sweep


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise NotStored from error
    except OSError as error:
        raise (StorageFull if error.errno in FULL else StorageUnavailable) from error


class FileAppender:
    """A file that grows at its end. What is written is in the file at once, and safe after `keep`."""

    def __init__(self, descriptor: int, offset: int) -> None:
        self._descriptor, self.offset = descriptor, offset

    def write(self, data: bytes) -> None:
        """All of it, or as much as fits: `offset` says how far it came. Raises StorageFull."""
        view = memoryview(data)
        with _translated():
            while view:
                written = os.pwrite(self._descriptor, view, self.offset)
                self.offset += written
                view = view[written:]

    def keep(self) -> None:
        with _translated():
            os.fdatasync(self._descriptor)

    def cut(self, offset: int) -> None:
        with _translated():
            os.ftruncate(self._descriptor, offset)
            self.offset = offset


class DirectoryStorage:
    """Keys are paths below `root`; they are ours, and a key that would leave it is refused all the same."""

    is_direct = False

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def path(self, key: str) -> Path:
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root) or path == self.root:
            raise NotStored
        return path

    @contextmanager
    def appending(self, key: str, offset: int) -> Iterator[FileAppender]:
        """Raises UploadBusy while another writer has it, OffsetMismatch when it ends elsewhere."""
        path = self.path(key)
        with _translated():
            descriptor = self._opened(path)
        try:
            size = _locked_size(descriptor)
            if size != offset:
                raise OffsetMismatch(offset=size)
            yield FileAppender(descriptor, offset)
        finally:
            os.close(descriptor)

    def _opened(self, path: Path) -> int:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)

    def put(self, key: str, source: Path, media_type: str) -> None:
        path = self.path(key)
        with _translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, suffix=UNFINISHED, delete=False) as whole:
                try:
                    with source.open("rb") as original:
                        shutil.copyfileobj(original, whole, PIECE)
                    whole.flush()
                    os.fdatasync(whole.fileno())
                    os.chmod(whole.name, 0o640)
                    os.replace(whole.name, path)
                except BaseException:
                    with suppress(FileNotFoundError):
                        os.unlink(whole.name)
                    raise

    def local(self, key: str, scratch: Path) -> Path:
        path = self.path(key)
        if not path.is_file():
            raise NotStored
        return path

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        with _translated(), self.path(key).open("rb", buffering=0) as file:
            file.seek(start)
            left = (os.fstat(file.fileno()).st_size if end is None else end) - start
            while left > 0 and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece

    def size(self, key: str) -> int | None:
        try:
            return self.path(key).stat().st_size
        except FileNotFoundError:
            return None

    def remove(self, keys: Iterable[str]) -> None:
        for key in keys:
            path = self.path(key)
            with _translated(), suppress(FileNotFoundError):
                path.unlink()
            if len(path.parent.name) > SHELF:
                with suppress(OSError):  # the last one of a folder takes it along
                    path.parent.rmdir()

    def listed(self, prefix: str) -> Iterator[Stored]:
        folder = self.root / prefix
        for found in sorted(folder.rglob("*")) if folder.is_dir() else []:
            with suppress(FileNotFoundError):
                status = found.stat()
                if found.is_file():
                    at = datetime.fromtimestamp(status.st_mtime, UTC)
                    yield Stored(found.relative_to(self.root).as_posix(), status.st_size, at)

    def free(self) -> int | None:
        with _translated():
            self.root.mkdir(parents=True, exist_ok=True)
            return shutil.disk_usage(self.root).free


def _locked_size(descriptor: int) -> int:
    """How far the file has come, once it is ours to write. Raises UploadBusy."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UploadBusy from error
    return os.fstat(descriptor).st_size

"""The decoder's process: started, listened to, ended; every end of it in words."""

import json
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from signoff.integrations.media import words
from signoff.integrations.media.errors import MediaError
from signoff.integrations.media.shapes import FRAME_PIXELS, Limits

# The child takes over where its parent looks for modules and nothing else: no site files, no environment.
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from signoff.integrations.media.child import main; main()"
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_TAIL_LINES = 40
_LINE_BYTES = 1 << 20  # more than any message of ours
_SIGNS_OF_NO_MEMORY = ("get_buffer() failed", "Cannot allocate memory", "malloc", 'avcodec_open2("libx264"')
_SIZE = re.compile(r"Picture size ([1-9]\d+)x([1-9]\d+) is invalid")
_CODEC = re.compile(r"\((?:Video|Audio): (?:none \((\w+)|(\w+))")  # as FFmpeg names what it cannot decode
_NOISE_BYTES = 1 << 16  # of what decoders say, the last is kept

Hear = Callable[[dict[str, Any]], None]


def run(request: dict[str, object], limits: Limits, hears: Mapping[str, Hear], hide: Iterable[Path]) -> None:
    """Let a child do `request`; each message goes to the function that `hears` its kind.

    Blocks until the child is gone; never leaves one behind. `hide`: paths that people should not read in a tail.
    Raises MediaError, and whatever a function raises.
    """
    with Child(limits) as child:
        try:
            child.ask({**request, "parent": os.getpid()})
            child.listen(hears)
            child.finish()
        except MediaError as error:
            said = _meant(error, child.tail())
            raise MediaError(said.words, tail=_hidden(child.tail(), hide), permanent=said.permanent) from None


class Child:
    """One process in a group of its own. Killed with its group when the `with` ends, whatever it does then."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.ends_at = time.monotonic() + limits.wall_seconds
        self.is_done = False
        self.failure: MediaError | None = None
        self.noise = bytearray()
        self.heard = bytearray()
        paths = [path for path in sys.path if path]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _BOOT, *(paths if _ROOT in paths else [_ROOT, *paths])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:  # or its number may be another's by now
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with suppress(OSError):
                assert stream is not None
                stream.close()

    def ask(self, request: dict[str, object]) -> None:
        with suppress(BrokenPipeError):  # it died already; finish() says of what
            stdin = _there(self.process.stdin)
            stdin.write(json.dumps(request).encode())
            stdin.close()

    def listen(self, hears: Mapping[str, Hear]) -> None:
        """Hear everything until both pipes are closed. Raises MediaError when time is up."""
        with selectors.DefaultSelector() as both:
            both.register(_there(self.process.stdout), selectors.EVENT_READ)
            both.register(_there(self.process.stderr), selectors.EVENT_READ)
            while both.get_map():
                for key, _ in self._ready(both):
                    data = os.read(key.fd, 1 << 16)
                    if not data:
                        both.unregister(key.fileobj)
                    elif key.fileobj is self.process.stdout:
                        self._hear(data, hears)
                    else:
                        self.noise = (self.noise + data)[-_NOISE_BYTES:]

    def finish(self) -> None:
        """Wait for the end. Raises MediaError with the words for it, unless all was done."""
        try:
            code = self.process.wait(max(self.ends_at - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            raise MediaError(words.too_long(self.limits.wall_seconds)) from None
        if self.failure:
            raise self.failure
        if not (self.is_done and code == 0):
            raise _ended(code, self.limits)

    def tail(self) -> str:
        """The last lines of what the decoder said."""
        return "\n".join(self.noise.decode(errors="replace").splitlines()[-_TAIL_LINES:])

    def _ready(self, both: selectors.BaseSelector) -> list[tuple[selectors.SelectorKey, int]]:
        left = self.ends_at - time.monotonic()
        ready = both.select(left) if left > 0 else []
        if not ready:
            raise MediaError(words.too_long(self.limits.wall_seconds))
        return ready

    def _hear(self, data: bytes, hears: Mapping[str, Hear]) -> None:
        *lines, rest = bytes(self.heard + data).split(b"\n")
        self.heard = bytearray(rest)
        if len(rest) > _LINE_BYTES:
            raise MediaError(words.LOST, permanent=False)
        for line in lines:
            self._obey(_message(line), hears)

    def _obey(self, said: dict[str, Any], hears: Mapping[str, Hear]) -> None:
        match said["says"]:
            case "failed":
                self.failure = MediaError(said["words"], permanent=said["permanent"])
            case "done":
                self.is_done = True
            case kind if kind in hears:
                hears[kind](said)


_ROOT = str(Path(__file__).parents[3])


def _message(line: bytes) -> dict[str, Any]:
    """What the child says, who may be in a stranger's hands. Raises MediaError when it is no message."""
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict) or "says" not in said:
        raise MediaError(words.LOST, permanent=False)
    return said


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "Popen was asked for three pipes."
    return stream


def _ended(code: int, limits: Limits) -> MediaError:
    """What it means that the child ended with `code` and did not say why."""
    if code == -signal.SIGXCPU:
        return MediaError(words.too_much_computing(limits.cpu_seconds))
    if code == words.NO_MEMORY_EXIT:
        return MediaError(words.NO_MEMORY)
    if code in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
        return MediaError(words.STOPPED, permanent=False)
    if code in (-signal.SIGABRT, -signal.SIGILL, -signal.SIGTRAP):  # so programs end when memory is refused
        return MediaError(words.GAVE_UP)
    return MediaError(words.CRASHED) if code < 0 else MediaError(words.LOST, permanent=False)


def _meant(error: MediaError, tail: str) -> MediaError:
    """The error, more exactly: decoders call much a damage; what they said before tells."""
    if error.words.startswith(words.DAMAGED) and (size := _SIZE.search(tail)):
        return MediaError(words.too_many_pixels(int(size[1]), int(size[2]), FRAME_PIXELS))
    if error.words.startswith(words.DAMAGED) and any(sign in tail for sign in _SIGNS_OF_NO_MEMORY):
        return MediaError(words.NO_MEMORY)
    if error.words.startswith(words.NOT_DECODED) and (named := _CODEC.search(tail)):
        return MediaError(words.not_decoded(named[1] or named[2]))
    return error


def _hidden(tail: str, hide: Iterable[Path]) -> str:
    """The tail without places of this machine."""
    for path in hide:
        tail = tail.replace(str(path.absolute()), path.name or "the file")
    return tail

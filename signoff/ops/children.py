"""Processes that live with this one: they die when it does, and are started again when they fall."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping

FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS = 0.5, 30.0, 60.0
PR_SET_PDEATHSIG = 1
_prctl: Callable[..., int] | None = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


class Child:
    """A `signoff` command as a process of its own, in a group of its own."""

    def __init__(self, name: str, *words: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self._words = [sys.executable, "-m", "signoff.ops.command", name, *words]
        self._environment = dict(environment)
        self._pause, self._next_start = FIRST_PAUSE, 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            self._words,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is ours to pass on
            preexec_fn=_die_with_parent,
        )

    def exit_code(self) -> int | None:
        """None while it runs, or before it was started."""
        return self._process.poll() if self._process else None

    def tend(self) -> None:
        """Start it again when it fell; later each time it falls at once."""
        code, moment = self.exit_code(), time.monotonic()
        if code is None:
            return
        if self._next_start == 0.0:
            self.kill()  # what it left behind may still hold the port
            if moment - self._begun > STEADY_SECONDS:
                self._pause = FIRST_PAUSE
            print(f"{self.name} ended with code {code}; it starts again in {self._pause:g} s", flush=True)
            self._next_start, self._pause = moment + self._pause, min(self._pause * 2, LONGEST_PAUSE)
        elif moment >= self._next_start:
            self._next_start = 0.0
            self.start()

    def ask_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Wait so long for its end, then kill it and all that it started."""
        if self._process is None:
            return
        try:
            self._process.wait(max(seconds, 0.01))
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()

    def kill(self) -> None:
        """Kill its whole group, whoever is left of it."""
        if self._process:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return


def stop_all(children: list[Child], seconds: float) -> None:
    """Ask all to stop, at once; kill those who have not within that time."""
    deadline = time.monotonic() + seconds
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait(deadline - time.monotonic())


def _die_with_parent() -> None:
    """Runs in the child before its program does: the kernel ends it when its parent ends, however that ends."""
    if _prctl:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

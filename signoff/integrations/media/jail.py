"""What the child gives up before it touches a file: memory, time, files and its life after its parent's."""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress

from signoff.integrations.media.shapes import Limits

_NICE = 10
_OPEN_FILES = 64
_PR_SET_PDEATHSIG = 1


def enter(limits: Limits, parent: int) -> None:
    """Take on the limits for good, and die with `parent` (its process id)."""
    die_with(parent)
    os.nice(_NICE)
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_FSIZE: limits.output_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    for what, value in wanted.items():
        with suppress(ValueError, OSError):  # macOS refuses some, and a stricter limit may hold already
            resource.setrlimit(what, (value, value))
    # Past the soft limit comes SIGXCPU, by which the parent knows; SIGKILL follows for what would ignore it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when the thread that started it is gone, and go when it is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)

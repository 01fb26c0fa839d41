"""Memory of process trees and how busy the machine is, from /proc (Linux)."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
QUIET, PATIENCE = 0.25, 20.0  # others' CPU seconds a second; seconds to wait for that


def tree(roots: Iterable[int]) -> list[int]:
    """These processes and all that they started."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        stat = _stat(int(entry)) if entry.isdigit() else None
        if stat:
            children.setdefault(int(stat[1]), []).append(int(entry))
    found, waiting = [], list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found and _stat(pid):
            found.append(pid)
            waiting += children.get(pid, [])
    return found


def memory_mib(pids: Iterable[int]) -> tuple[float, float]:
    """(sum of RSS, sum of PSS): PSS shares the pages that several use, RSS counts them in each."""
    rss = pss = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
        rss, pss = rss + sizes["Rss"], pss + sizes["Pss"]
    return rss / 1024, pss / 1024


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def wait_quiet() -> float:
    """Wait until nobody else uses the machine, but not for long; returns how much they do."""
    end = time.monotonic() + PATIENCE
    while True:
        busy = _busy_seconds()
        time.sleep(0.5)
        share = (_busy_seconds() - busy) / 0.5
        if share < QUIET or time.monotonic() > end:
            return share


def speed_ms() -> float:
    """The machine's own speed now, a fixed loop: virtual machines drift, so compare like with like."""
    best = float("inf")
    for _ in range(3):
        start, x = time.perf_counter(), 0
        for i in range(400_000):
            x += i * i % 7
        best = min(best, (time.perf_counter() - start) * 1e3)
    return round(best, 1)


def _busy_seconds() -> float:
    values = [int(x) for x in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(values) - values[3] - values[4]) / TICKS


def _stat(pid: int) -> list[str] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    return text[text.rindex(b")") + 2 :].decode().split()

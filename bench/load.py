"""Measuring: one request at a time, and several connections at once (with wrk, where it is installed)."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.httpc import Request

WRK = r"""
local requests, n, i = {}, 0, 0
function init(arguments)
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, head, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local headers = {}
    for name, value in pairs(wrk.headers) do headers[name] = value end
    for name, value in head:gmatch("([^=;]+)=([^;]+)") do headers[name] = value end
    n = n + 1
    requests[n] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end
function request()
  i = i + 1
  return requests[(i - 1) % n + 1]
end
function done(summary, latency, r)
  io.write(string.format("\nBENCH {\"requests\":%d,\"us\":%d,\"failed\":%d,\"p95_us\":%d}\n", summary.requests,
    summary.duration, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout +
    summary.errors.status, latency:percentile(95)))
end
"""


def latency(operation: Callable[[int], object], times: int, *, warm: int = 3, start: int = 0) -> list[float]:
    """Milliseconds of `operation(index)`, one after the other; the first `warm` are not counted."""
    for index in range(start, start + warm):
        operation(index)
    took = []
    for index in range(start + warm, start + warm + times):
        begun = time.perf_counter()
        operation(index)
        took.append((time.perf_counter() - begun) * 1e3)
    return took


def median(milliseconds: Sequence[float]) -> float:
    return statistics.median(milliseconds)


def at_once(
    base_url: str, headers: dict[str, str], requests: Sequence[Request], connections: int, seconds: int
) -> dict[str, float] | None:
    """Requests a second of so many connections, and how many failed; None where wrk is not installed."""
    if not shutil.which("wrk"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder) / "wrk.lua", Path(folder) / "requests"
        script.write_text(WRK)
        listed.write_text("".join(_line(request) for request in requests))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout=60s", "--latency", "-s", str(script)]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        environment = {**os.environ, "BENCH_REQUESTS": str(listed)}
        done = subprocess.run([*command, base_url], env=environment, capture_output=True, text=True, check=True)
    (found,) = (json.loads(line[6:]) for line in done.stdout.splitlines() if line.startswith("BENCH "))
    return {"per_s": found["requests"] / found["us"] * 1e6, "failed": found["failed"], "p95_ms": found["p95_us"] / 1e3}


def _line(request: Request) -> str:
    head = ";".join(f"{name}={value}" for name, value in request.headers.items())
    return f"{request.method}\t{request.path}\t{head}\t{(request.body or b'').decode()}\n"

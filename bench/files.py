"""Rows about files: a picture becomes a round, a piece out of a long film, a file that is larger than memory."""

import hashlib
import io
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from PIL import Image

from bench import load, procs
from bench.adapters.base import Product
from bench.httpc import Client, Request, Response, asking
from bench.report import Figure
from bench.server import Server
from signoff.core.seals import seal
from signoff.revisions.addresses import FILE, SECONDS

PICTURES, PICTURE_SIDE = 9, 2_600
REQUESTS, FLOORS = 3, 3
PIECE = 1 << 20
LONG, RANGE, RANGES, RANGE_MS = 1 << 30, 64 * 1024, 300, 10
HUGE, MEMORY_MIB = 2 << 30, 150
PATIENCE = 120.0
T = TypeVar("T")


@dataclass(slots=True)
class Sent:
    """Milliseconds of each picture: its three requests, then its thumbnail, and the floor beside it."""

    requests: list[list[float]] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    unsafe: list[float] = field(default_factory=list)

    @property
    def whole(self) -> float:
        return load.median([sum(one) for one in self.requests])


def picture_round(server: Server, product: Product) -> list[Figure]:
    """A picture of 20 MB becomes a round, beside the least that keeps those bytes."""
    data, sent = picture(), Sent()
    client = Client(server.url, product.headers)
    for turn in range(PICTURES + 1):
        procs.wait_quiet()
        floor, unsafe = _kept(server.data_dir, data, is_safe=True), _kept(server.data_dir, data, is_safe=False)
        took, made = _as_round(client, product, data)
        shown = _until_shown(client, product, made)
        if turn:  # the first one warms up
            sent.requests.append(took)
            sent.shown.append(shown)
            sent.floor.append(floor)
            sent.unsafe.append(unsafe)
    return [_figure(sent, len(data))]


def _figure(sent: Sent, size: int) -> Figure:
    ours, floor, unsafe = sent.whole, load.median(sent.floor), load.median(sent.unsafe)
    parts = " + ".join(f"{load.median(part):.0f}" for part in zip(*sent.requests, strict=True))
    return Figure(
        f"a picture of {size / 1e6:.1f} MB becomes a round",
        f"{ours:.0f} ms",
        f"{floor:.0f} ms",
        f"{ours / floor:.2f}",
        "",
        f"<= {REQUESTS} requests, <= {FLOORS} x floor",
        ours <= FLOORS * floor,
        f"announce + bytes + round = {parts} ms; thumbnail {load.median(sent.shown):.0f} ms after the last of them;"
        f" floor without fsync {unsafe:.0f} ms",
    )


def _as_round(client: Client, product: Product, data: bytes) -> tuple[list[float], Response]:
    """Milliseconds of each request, and the round."""
    took, announced = _timed(lambda: client.send(product.announce("hero.png", len(data))))
    pouring, _ = _timed(lambda: _send(client, product, announced, data))
    making, made = _timed(lambda: client.send(product.make_round(announced)))
    return [took, pouring, making], made


def _send(client: Client, product: Product, announced: Response, data: bytes) -> Response:
    request = product.send_bytes(announced, len(data))
    return client.send(Request(request.method, request.path, data, request.headers))


def _until_shown(client: Client, product: Product, made: Response) -> float:
    """Milliseconds until there is a thumbnail."""
    begun = time.perf_counter()
    while not product.is_shown(client.send(product.state(made))):
        if time.perf_counter() - begun > PATIENCE:
            raise SystemExit("No thumbnail came.")
        time.sleep(0.02)
    return (time.perf_counter() - begun) * 1e3


def picture() -> bytes:
    """A PNG of about 20 MB: noise, so that nothing can make it smaller."""
    noise = random.Random(20).randbytes(PICTURE_SIDE * PICTURE_SIDE * 3)
    made = io.BytesIO()
    Image.frombytes("RGB", (PICTURE_SIDE, PICTURE_SIDE), noise).save(made, "PNG", compress_level=1)
    return made.getvalue()


def _kept(folder: Path, data: bytes, *, is_safe: bool) -> float:
    """Milliseconds to hash the bytes and write them to the same disk, with or without waiting for it."""
    path = folder / "floor"
    took, _ = _timed(lambda: _write(path, data, is_safe))
    path.unlink()
    return took


def _write(path: Path, data: bytes, is_safe: bool) -> str:
    whole = hashlib.sha256()
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            whole.update(piece)
            file.write(piece)
        if is_safe:
            os.fsync(file.fileno())
    return whole.hexdigest()


def ranges(server: Server, product: Product) -> list[Figure]:
    """Pieces out of the middle of a gigabyte, one after the other, as a player asks for them."""
    address, path = _long_file()
    client, places = Client(server.url), random.Random(1)

    def ask(index: int) -> None:
        start = LONG // 4 + places.randrange(LONG // 2)
        found = client.send(asking("GET", address, Range=f"bytes={start}-{start + RANGE - 1}"))
        assert (found.status, len(found.body)) == (206, RANGE)

    procs.wait_quiet()
    took = sorted(load.latency(ask, RANGES))
    path.unlink()
    median = load.median(took)
    return [
        Figure(
            "a range in the middle of a file of 1 GiB",
            f"{median:.2f} ms",
            wanted=f"< {RANGE_MS} ms",
            is_met=median < RANGE_MS,
            note=f"{RANGE // 1024} KiB each; p95 {took[int(len(took) * 0.95)]:.2f} ms, longest {took[-1]:.2f} ms",
        )
    ]


def _long_file() -> tuple[str, Path]:
    key = "bench/long.mp4"
    path = Path(settings.STORAGE["options"]["root"]) / key
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(LONG)
    return f"/media/{seal(FILE, [key, 'video/mp4', 'long.mp4', False], SECONDS)}/long.mp4", path


def huge(server: Server, product: Product) -> list[Figure]:
    """A file of 2 GiB comes in and becomes a round; how much more memory that takes at its peak."""
    client = Client(server.url, product.headers)
    before = procs.memory_mib(server.pids())[0]
    with Peak(server.pids) as peak:
        announced = client.send(product.announce("plate.raw", HUGE))
        took, _ = _timed(lambda: client.pour(product.send_bytes(announced, HUGE), [bytes(PIECE)] * (HUGE // PIECE)))
        received = peak.mib
        shown = _until_shown(client, product, client.send(product.make_round(announced)))
    more = peak.mib - before
    return [
        Figure(
            "memory of web and worker for an upload of 2 GiB",
            f"+{more:.0f} MiB RSS",
            wanted=f"< {MEMORY_MIB} MiB more",
            is_met=more < MEMORY_MIB,
            note=f"{before:.0f} MiB before, {received:.0f} while it came, {peak.mib:.0f} at the peak;"
            f" {took / 1e3:.1f} s = {HUGE / took / 1e3:.0f} MB/s, looked through {shown / 1e3:.1f} s later",
        )
    ]


class Peak:
    """The most memory that was seen while the block ran."""

    def __init__(self, pids: Callable[[], list[int]]) -> None:
        self._pids, self.mib = pids, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self.mib = max(self.mib, procs.memory_mib(self._pids())[0])


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    result = work()
    return (time.perf_counter() - begun) * 1e3, result

"""The workload itself: each row paired with its floor, on a server that runs and a database that is seeded here."""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench import files, load, procs, statements
from bench.adapters.base import Product
from bench.adapters.signoff import Signoff
from bench.floors import Floors, import_floor
from bench.httpc import Client, Request
from bench.report import Figure, table
from bench.seed import Seeded, client_key, seed
from bench.server import Server

TURNS = 10
GRID_RATIO, UNCHANGED_SHARE = 2.0, 0.1
CLIENT_RATIO, CLIENT_TEAMS = 1.2, 500
MOST = {"create": 12, "move": 10, "read": 8}
IMPORT_ROWS, ROWS_A_SECOND = 10_000, 1_000
MEMORY_MIB = 400


@dataclass(slots=True)
class Bench:
    """What every row needs."""

    server: Server
    connection: psycopg.Connection[Any]
    seeded: Seeded
    product: Product
    floors: Floors
    seconds: int

    def asking(self, make: Callable[[int], Request]) -> Callable[[int], object]:
        client = Client(self.server.url, self.product.headers)
        return lambda index: client.send(make(index))

    def paired(self, ours: Callable[[int], object], floor: Callable[[int], object], times: int) -> tuple[float, float]:
        """Medians of both, asked in turns of a few each, since the machine's speed drifts."""
        procs.wait_quiet()
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(TURNS):
            for operation, milliseconds in zip((ours, floor), took, strict=True):
                milliseconds += load.latency(operation, times // TURNS, warm=1, start=_next(times))
        return load.median(took[0]), load.median(took[1])

    def at_once(self, requests: list[Request], connections: int) -> str:
        found = load.at_once(self.server.url, self.product.headers, requests, connections, self.seconds)
        if found is None:
            return "wrk is not installed"
        failed = f", {found['failed']:.0f} FAILED" if found["failed"] else ""
        return f"{connections} at once: {found['per_s']:,.0f}/s{failed}"

    def count(self, make: Callable[[int], Request], times: int = 2) -> tuple[int, str]:
        """The most statements that one of these requests makes, and that in words; the first one is not counted."""
        found = [statements.count(make(_next(1)), self.product.headers) for _ in range(times + 1)][1:]
        most, around = max(found)
        return most, f"{most} + begin, commit" if around else str(most)


_numbers = [0]


def _next(times: int) -> int:
    """Indexes that no other call gets."""
    _numbers[0] += times + 10
    return _numbers[0] - times - 10


def main(arguments: argparse.Namespace, server: Server, dsn: str) -> int:
    """Seed, measure, print; 0 when everything wanted is met."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        begun = time.perf_counter()
        seeded = seed(connection)
        print(f"seeded in {time.perf_counter() - begun:.1f} s; machine {procs.speed_ms()} ms", flush=True)
        product = Signoff(server.url, seeded)
        bench = Bench(server, connection, seeded, product, Floors(connection, seeded), arguments.seconds)
        figures = [figure for row in _chosen(arguments.only) for figure in row(bench)]
    print(f"\nmachine {procs.speed_ms()} ms\n\n{table(figures)}\n", flush=True)
    if arguments.out:
        Path(arguments.out).write_text(json.dumps([figure.cells() for figure in figures], indent=1))
    return 1 if any(figure.is_met is False for figure in figures) else 0


def grid(bench: Bench) -> list[Figure]:
    product = bench.product
    response = Client(bench.server.url, product.headers).send(product.grid())
    found = response.json()["rows"]
    shape = f"{len(response.body):,} bytes, {len(found):,} rows, {sum(len(row[-1]) for row in found):,} stages"
    ours, floor = bench.paired(bench.asking(lambda _: product.grid()), bench.floors.grid, 60)
    whole = bench.asking(lambda _: product.grid())
    unchanged, beside = bench.paired(bench.asking(lambda _: product.unchanged_grid()), whole, 60)
    many, again = bench.at_once([product.grid()], 8), bench.at_once([product.unchanged_grid()], 8)
    return [
        Figure(
            "grid 1,000 x 5",
            _ms(ours),
            _ms(floor),
            f"{ours / floor:.2f}",
            bench.count(lambda _: product.grid())[1],
            f"<= {GRID_RATIO:g} x floor",
            ours <= GRID_RATIO * floor,
            f"{shape}; {many}",
        ),
        Figure(
            "grid unchanged (304)",
            _ms(unchanged),
            _ms(beside),
            f"{unchanged / beside:.3f}",
            bench.count(lambda _: product.unchanged_grid())[1],
            f"< {UNCHANGED_SHARE:g} x grid",
            unchanged < UNCHANGED_SHARE * beside,
            again,
        ),
    ]


def grid_for_clients(bench: Bench) -> list[Figure]:
    """The same grid as a client viewer of very many teams gets it, beside the house's own, asked in turns."""
    headers = {"Authorization": f"Bearer {client_key(bench.seeded, CLIENT_TEAMS)}"}
    client, product = Client(bench.server.url, headers), bench.product
    rows = len(client.send(product.grid()).json()["rows"])
    ours, house = bench.paired(lambda _: client.send(product.grid()), bench.asking(lambda _: product.grid()), 60)
    asked = max(statements.count(product.grid(), headers) for _ in range(3))[0]
    return [
        Figure(
            f"grid 1,000 x 5, client of {CLIENT_TEAMS} teams",
            _ms(ours),
            _ms(house),
            f"{ours / house:.2f}",
            str(asked),
            f"<= {CLIENT_RATIO:g} x the house's",
            ours <= CLIENT_RATIO * house and rows > 0,
            f"{rows:,} rows; beside it the house's own grid in the place of the floor",
        )
    ]


def create(bench: Bench) -> list[Figure]:
    return [_write(bench, "create a deliverable with 5 stages", "create", bench.product.create, bench.floors.create)]


def move(bench: Bench) -> list[Figure]:
    return [_write(bench, "change a stage's status", "move", bench.product.move, bench.floors.move)]


def _write(bench: Bench, what: str, key: str, make: Callable[[int], Request], floor: Callable[[int], object]) -> Figure:
    ours, least = bench.paired(bench.asking(make), floor, 120)
    asked, words = bench.count(make, 12)
    many = bench.at_once([make(_next(1)) for _ in range(4000)], 8) if key == "create" else ""
    wanted = f"1 request, <= {MOST[key]} statements"
    return Figure(what, _ms(ours), _ms(least), f"{ours / least:.2f}", words, wanted, asked <= MOST[key], many)


def read(bench: Bench) -> list[Figure]:
    ours, least = bench.paired(bench.asking(bench.product.read), bench.floors.read, 200)
    asked, words = bench.count(bench.product.read)
    many = bench.at_once([bench.product.read(index) for index in range(200)], 8)
    wanted = f"1 request, <= {MOST['read']} statements"
    met = asked <= MOST["read"]
    return [
        Figure(
            "read a deliverable with stages",
            _ms(ours),
            _ms(least),
            f"{ours / least:.2f}",
            words,
            wanted,
            met,
            many,
        )
    ]


def me(bench: Bench) -> list[Figure]:
    ours, least = bench.paired(bench.asking(lambda _: bench.product.me()), bench.floors.nothing, 200)
    words = bench.count(lambda _: bench.product.me())[1]
    many = bench.at_once([bench.product.me()], 8)
    return [Figure("current user", _ms(ours), _ms(least), f"{ours / least:.1f}", words, note=many)]


def bring(bench: Bench) -> list[Figure]:
    """The import; its floor is COPY of the same rows and their events in one transaction."""
    request = bench.product.bring("imported", IMPORT_ROWS)
    copy_rows = import_floor(bench.connection, bench.seeded, IMPORT_ROWS)
    procs.wait_quiet()
    floor, ours = _seconds(copy_rows), _seconds(lambda: Client(bench.server.url, bench.product.headers).send(request))
    where = "project_id IN (SELECT id FROM projects_project WHERE job_number = 'imported')"
    row = bench.connection.execute(f"SELECT count(*) FROM deliverables_deliverable WHERE {where}").fetchone()
    per_second, made = IMPORT_ROWS / ours, row[0] if row else 0
    return [
        Figure(
            f"import of {IMPORT_ROWS:,} rows (XLSX)",
            f"{ours:.2f} s = {per_second:,.0f} rows/s",
            f"{floor:.2f} s",
            f"{ours / floor:.1f}",
            "",
            f">= {ROWS_A_SECOND:,} rows/s",
            per_second >= ROWS_A_SECOND and made == IMPORT_ROWS,
            f"{made:,} deliverables and {made * 5:,} stages made; the file has {len(request.body or b''):,} bytes",
        )
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def memory(bench: Bench) -> list[Figure]:
    rss, pss = procs.memory_mib(bench.server.pids())
    note = f"PSS {pss:.0f} MiB, {len(bench.server.pids())} processes, PostgreSQL not counted"
    figure = f"{rss:.0f} MiB RSS"
    return [
        Figure(
            "memory of web and worker after the load",
            figure,
            wanted=f"< {MEMORY_MIB} MiB",
            is_met=rss < MEMORY_MIB,
            note=note,
        )
    ]


ROWS: dict[str, Callable[[Bench], list[Figure]]] = {
    "me": me,
    "grid": lambda bench: [*grid(bench), *grid_for_clients(bench)],
    "read": read,
    "move": move,
    "create": create,
    "import": bring,
    "round": lambda bench: files.picture_round(bench.server, bench.product),
    "range": lambda bench: files.ranges(bench.server, bench.product),
    "huge": lambda bench: files.huge(bench.server, bench.product),
    "memory": memory,
}


def _chosen(names: str) -> list[Callable[[Bench], list[Figure]]]:
    unknown = {name for name in names.split(",") if name} - set(ROWS)
    if unknown:
        raise SystemExit(f"No such row: {', '.join(sorted(unknown))}. There are: {', '.join(ROWS)}")
    return [ROWS[name] for name in names.split(",")] if names else list(ROWS.values())


def _ms(value: float) -> str:
    return f"{value:.2f} ms"

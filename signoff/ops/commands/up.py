"""Starts everything: the database unless DATABASE_URL names one, then web and worker, and keeps them up."""

import http.client
import os
import signal
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from threading import Event

import psycopg
from django.conf import settings

from signoff.integrations.postgres.server import EmbeddedPostgres
from signoff.ops.children import Child, stop_all
from signoff.ops.installation import installation
from signoff.ops.marks import words_of_mark
from signoff.ops.ports import refuse_busy_port

STOP_SECONDS = 2.4
READY_SECONDS = 60.0
TEND_EVERY = 0.2


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="load the demo studio, the first time")


def run(arguments: Namespace) -> int:
    """Run until SIGTERM or Ctrl-C; then everything stops, the database last. Raises PortInUse."""
    refuse_busy_port(settings.HOST, settings.PORT)
    stopping = _stop_on_signals()
    with installation() as server:
        environment = {**os.environ, "DATABASE_URL": settings.DATABASE_URL, "AUTH_SECRET": settings.SECRET_KEY}
        environment.pop("AUTH_SECRET_FILE", None)
        code = _finish(Child("migrate", environment=environment), stopping)
        if code:
            return code
        if arguments.demo and not _demo() and _finish(Child("demo", environment=environment), stopping):
            print("The demo studio could not be loaded (see above); the next start tries again.", flush=True)
        if not stopping.is_set():
            _keep_running(environment, server, stopping)
    return 0


def _stop_on_signals() -> Event:
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _finish(child: Child, stopping: Event) -> int:
    """Run it to its end, or until we stop; its exit code."""
    if stopping.is_set():
        return 0
    child.start()
    while child.exit_code() is None and not stopping.wait(0.02):
        pass
    stop_all([child], STOP_SECONDS)
    return 0 if stopping.is_set() else child.exit_code() or 0


def _keep_running(environment: Mapping[str, str], server: EmbeddedPostgres | None, stopping: Event) -> None:
    children = [Child(name, environment=environment) for name in ("web", "worker")]
    for child in children:
        child.start()
    try:
        deadline, announced = time.monotonic() + READY_SECONDS, False
        while not stopping.wait(TEND_EVERY):
            if not announced and (_is_ready() or time.monotonic() > deadline):
                announced = True
                _announce()
            if server:
                server.keep_running()
            for child in children:
                child.tend()
    finally:
        stop_all(children, STOP_SECONDS)


def _is_ready() -> bool:
    host = "127.0.0.1" if settings.HOST in ("0.0.0.0", "::") else settings.HOST
    asked = http.client.HTTPConnection(host, settings.PORT, timeout=2)
    try:
        asked.request("GET", f"{settings.BASE_PATH}/api/health")
        return asked.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _announce() -> None:
    host = "localhost" if settings.HOST in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.HOST
    print(f"\nSignoff runs at http://{host}:{settings.PORT}{settings.BASE_PATH}/   (Ctrl-C stops it)", flush=True)
    people = _people()
    if people:
        print("\nThe people of the demo studio sign in with:")
        for person in people:
            print(f"  {person['email']:32} {person['password']:20} {person['name']}, {person['role']}")
    print(flush=True)


def _people() -> list[dict[str, str]]:
    """Nobody, when the database goes away at this very moment: it comes back, and a banner is not worth our life."""
    try:
        return (_demo() or {}).get("people", [])
    except psycopg.OperationalError:
        return []


def _demo() -> dict[str, list[dict[str, str]]] | None:
    return words_of_mark(settings.DATABASE_URL, "demo")

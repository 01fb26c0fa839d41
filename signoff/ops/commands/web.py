"""Serves pages, API and live streams. Stops within two seconds of SIGTERM, open streams or not."""

import multiprocessing
import os
import signal
from argparse import ArgumentParser, Namespace
from types import FrameType

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from signoff.ops.installation import installation

LAST_REQUESTS_SECONDS = 2
STOPPING = (signal.SIGTERM, signal.SIGINT)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default=settings.HOST, help="address to listen on (%(default)s)")
    parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (%(default)s)")


def run(arguments: Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    with installation():
        server = Granian(
            "config.asgi:application",
            address=arguments.host,
            port=arguments.port,
            interface=Interfaces.ASGI,
            workers=settings.WEB_WORKERS,
            workers_kill_timeout=LAST_REQUESTS_SECONDS,
            respawn_failed_workers=True,
            websockets=False,
            log_level=LogLevels.warning,
        )
        server.on_startup(_end_streams_when_stopped)
        server.serve()
    return 0


def _end_streams_when_stopped() -> None:
    """The server waits for every open stream before it stops, so on its way down it asks them to end."""
    for number in STOPPING:
        stop = signal.getsignal(number)

        def end_streams(received: int, frame: FrameType | None, stop: object = stop) -> None:
            for worker in multiprocessing.active_children():
                if worker.pid:
                    os.kill(worker.pid, signal.SIGUSR1)
            if callable(stop):
                stop(received, frame)

        signal.signal(number, end_streams)

"""The house as processes: web and worker on the tests' database, killed and started as a bad day would have it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

from django.db import connection

from tests.database_plugin import SERVER

ROOT = Path(__file__).resolve().parent.parent.parent


class House:
    """`web` and `worker` by name; whoever is killed comes back under the same address."""

    def __init__(self, media: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": SERVER.url(str(connection.settings_dict["NAME"])),
            "AUTH_SECRET": "a secret for tests only, of forty letters or so",
            "PORT": str(self.port),
            "SIGNOFF_MEDIA_DIR": str(media),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        command = [sys.executable, "-m", "signoff.ops.command", name]
        self.processes[name] = subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)
        if name == "web":
            self._wait()

    def kill(self, name: str) -> None:
        """kill -9 of the process and all its children, as when the power goes."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait(10)

    def stop(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is None:
                self.kill(name)

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/api/health", timeout=2)
                return
            except HTTPError:
                return  # it says what is missing, so it is there
            except OSError:
                time.sleep(0.1)
        raise AssertionError("The server did not start.")

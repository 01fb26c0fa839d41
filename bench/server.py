"""A Signoff of its own for the bench: `signoff up` on an empty data directory and a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench import procs

UP_SECONDS = 120


class Server:
    """Started by `with`, stopped and its processes ended when that is left."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir, self.port = data_dir, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        environment = {**os.environ, "SIGNOFF_DATA_DIR": str(self.data_dir), "PORT": str(self.port)}
        for name in ("DATABASE_URL", "AUTH_SECRET", "SIGNOFF_BASE_PATH"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "signoff.ops.command", "up"]
        self._log = (self.data_dir / "server.log").open("wb")
        self._process = subprocess.Popen(command, env=environment, stdout=self._log, stderr=subprocess.STDOUT)
        self._wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        assert self._process is not None
        if kind is not None:
            print(self._said(), flush=True)
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=60)
        self._log.close()

    def pids(self) -> list[int]:
        """Web, worker and who looks after them; not PostgreSQL, which keeps its own memory."""
        assert self._process is not None
        return [pid for pid in procs.tree([self._process.pid]) if "postgres" not in procs.command_of(pid).split(" ")[0]]

    def _wait(self) -> None:
        assert self._process is not None
        end = time.monotonic() + UP_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/api/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"The server did not start:\n{self._said()}")

    def _said(self) -> str:
        return (self.data_dir / "server.log").read_text()[-2000:]


def _free_port() -> int:
    wanted = os.environ.get("BENCH_PORT")
    if wanted:
        return int(wanted)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])

"""The embedded server as one object: any number of processes may start it, the last to leave stops it."""

import os
import shlex
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from signoff.core.errors import Unavailable
from signoff.integrations.postgres.account import server_account
from signoff.integrations.postgres.binaries import Programs
from signoff.integrations.postgres.locks import Users, one_at_a_time
from signoff.integrations.postgres.paths import OWNER, cluster_dir, database_url, socket_dir
from signoff.integrations.postgres.pidfile import drop_stale_pidfile, server_pid

RECOVERY_SECONDS = 120  # how long the server may take to replay its log
ORPHAN_SECONDS = 20  # after kill -9 of the server its children hold the shared memory for a moment
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = 128MB
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
"""


class ServerNotStarted(Unavailable):
    code = "server_not_started"


class EmbeddedPostgres:
    """The server of one data directory. `with EmbeddedPostgres(path):` starts or joins it, and leaves it."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir.resolve()
        self.cluster = cluster_dir(self.data_dir)
        self.sockets = socket_dir(self.data_dir)
        self._users = Users(self.data_dir / "pg.users")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def url(self, database: str = "postgres") -> str:
        return database_url(self.data_dir, database)

    def start(self) -> None:
        """Start the server, or join the one that runs. Makes the cluster the first time.

        Raises ServerNotStarted with the server's own words, ServerNotInstalled, ServerUserMissing.
        """
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(self.data_dir / "pg.lock"):
            if self._users.joined:
                return
            self._users.join()
            try:
                self._ensure_running()
            except BaseException:
                self._users.leave()
                raise

    def stop(self) -> None:
        """Leave the server; the last one to leave stops it. Harmless when it was not started."""
        if not self._users.joined:
            return
        with one_at_a_time(self.data_dir / "pg.lock"):
            if self._users.leave():
                self._programs().run("pg_ctl", "-D", self.cluster, "-m", "fast", "-w", "-t", "60", "stop")

    def keep_running(self) -> None:
        """Start it again if it fell. Cheap when it did not."""
        if self._users.joined and server_pid(self.cluster) is None:
            with one_at_a_time(self.data_dir / "pg.lock"):
                self._ensure_running()

    def _ensure_running(self) -> None:
        if self._answers():
            return
        programs = self._programs()
        self._make_directories(programs)
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster(programs)
        self._launch(programs)

    def _answers(self) -> bool:
        """Does a server run and take connections? Waits for one that recovers or goes down."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while server_pid(self.cluster) is not None and time.monotonic() < deadline:
            try:
                psycopg.connect(self.url(), connect_timeout=10).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return True
        return False

    def _programs(self) -> Programs:
        return Programs(server_account(), self.data_dir)

    def _make_directories(self, programs: Programs) -> None:
        for directory in (self.cluster, self.sockets):
            directory.mkdir(mode=0o700, exist_ok=True)
            if programs.account:
                os.chown(directory, programs.account.pw_uid, programs.account.pw_gid)
            elif directory.stat().st_uid != os.geteuid():
                raise ServerNotStarted(f"{directory} is another user's: be that user, or set SIGNOFF_DATA_DIR.")

    def _make_cluster(self, programs: Programs) -> None:
        options = ["-U", OWNER, "--auth=trust", "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        code, said = programs.run("initdb", "-D", self.cluster, *options)
        if code:
            raise ServerNotStarted(f"The database could not be made in {self.cluster}:\n{said}")
        with (self.cluster / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION)

    def _launch(self, programs: Programs) -> None:
        log, deadline = self.cluster / "server.log", time.monotonic() + ORPHAN_SECONDS
        socket = f"-k {shlex.quote(str(self.sockets))}"
        arguments = ["-D", self.cluster, "-w", "-t", RECOVERY_SECONDS, "-l", log, "-o", socket]
        while True:
            drop_stale_pidfile(self.cluster)
            code, said = programs.run("pg_ctl", *arguments, "start")
            if code == 0:
                return
            if time.monotonic() > deadline:
                raise ServerNotStarted(f"PostgreSQL did not start:\n{said}{_end_of(log)}")
            time.sleep(0.3)


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""

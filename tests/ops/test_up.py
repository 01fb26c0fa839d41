"""The whole thing as processes, as an operator has it: started, killed, stopped, started again."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from signoff.integrations.postgres.paths import cluster_dir, database_url
from signoff.integrations.postgres.pidfile import server_pid

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


class Installation:
    def __init__(self, data_dir):
        self.data_dir = data_dir
        self.port = free_port()
        self.process = None

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "AUTH_SECRET"}}
        ours = {"SIGNOFF_DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PYTHONPATH": str(ROOT)}
        return {**kept, **ours, "SIGNOFF_BASE_PATH": "/studio"}

    def signoff(self, *words):
        return subprocess.run(
            [sys.executable, "-m", "signoff.ops.command", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=60,
        )

    def up(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "signoff.ops.command", "up"],
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.wait_until_healthy()

    def wait_until_healthy(self):
        deadline = time.monotonic() + 60
        while self.health()[0] != 200:
            assert time.monotonic() < deadline, self.health()
            time.sleep(0.1)

    def health(self, path="/studio/api/health"):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, json.loads(answer.read())
        except OSError:
            return None, None
        finally:
            asked.close()

    def child(self, word):
        """The process that `up` started for this word."""
        found = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return next(int(line.split()[0]) for line in found.stdout.splitlines() if line.endswith(f" {word}"))

    def database(self):
        return psycopg.connect(database_url(self.data_dir), autocommit=True)

    def stop(self, number=signal.SIGTERM):
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.communicate(timeout=20)
        return time.monotonic() - begun


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def installation():
    data_dir = Path(tempfile.mkdtemp(prefix="signoff-up-"))
    data_dir.chmod(0o755)
    one = Installation(data_dir)
    yield one
    if one.process and one.process.poll() is None:
        one.stop()
    shutil.rmtree(data_dir)


def test_it_starts_serves_and_stops_with_the_database(installation):
    installation.up()

    assert installation.health()[1] == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "worker": "ok",
        "version": "0.1.0",
    }
    assert installation.health("/api/health")[0] == 200  # a proxy may take the prefix away
    assert installation.stop(signal.SIGINT) < 3
    assert installation.process.returncode == 0
    assert server_pid(cluster_dir(installation.data_dir)) is None
    assert installation.health() == (None, None)


def test_an_open_stream_does_not_hold_up_the_stop(installation):
    installation.up()
    made = installation.signoff("admin", "create", "--email", "ada@house.example", "--name", "Ada")
    assert made.returncode == 0
    with socket.create_connection(("127.0.0.1", installation.port)) as stream:
        stream.sendall(f"GET /studio/events HTTP/1.1\r\nHost: x\r\nCookie: {session(installation)}\r\n\r\n".encode())
        heard = stream.recv(4096)
        assert heard.startswith(b"HTTP/1.1 200 OK")
        assert installation.stop() < 1.9


def session(installation):
    """A session as the sign-in page would make it."""
    program = (
        "import django; django.setup()\n"
        "from django.test import Client; from signoff.accounts.models import User\n"
        "user = User.objects.get(); user.must_change_password = False; user.save()\n"
        "browser = Client(); browser.force_login(user)\n"
        "print('signoff_session=' + browser.cookies['signoff_session'].value)"
    )
    environment = {**installation.environment(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment["SIGNOFF_BASE_PATH"] = ""
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.parametrize("word", ["web", "worker"])
def test_a_killed_child_is_started_again(installation, word):
    installation.up()
    old = installation.child(word)
    os.kill(old, signal.SIGKILL)

    deadline = time.monotonic() + 20
    while installation.health()[0] == 200 and installation.child(word) == old and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    installation.wait_until_healthy()
    assert installation.child(word) != old


def test_a_killed_database_is_started_again(installation):
    installation.up()
    with installation.database() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server_pid(cluster_dir(installation.data_dir)), signal.SIGKILL)

    time.sleep(1)
    installation.wait_until_healthy()
    with installation.database() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_nothing_is_lost_when_the_supervisor_is_killed(installation):
    installation.up()
    with installation.database() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    installation.stop(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while installation.health()[0] is not None and time.monotonic() < deadline:
        time.sleep(0.1)
    assert installation.health() == (None, None)  # web and worker went with it

    installation.up()
    with installation.database() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_a_busy_port_is_named_with_the_next_free_one(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        refused = installation.signoff("up")

    words = refused.stderr.removeprefix(f"Port {installation.port} is in use; the next free one is ")
    number = int(words.split(":")[0])
    assert refused.returncode == 1
    assert words == f"{number}: PORT={number} make run\n"
    assert number > installation.port


def test_the_second_start_keeps_the_secret(installation):
    installation.up()
    installation.stop()
    key = installation.data_dir / "secret_key"
    first = key.read_text()
    installation.up()

    assert key.read_text() == first
    assert key.stat().st_mode & 0o777 == 0o600

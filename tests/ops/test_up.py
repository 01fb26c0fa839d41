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

from signoff.core.version import VERSION
from signoff.integrations.postgres.paths import cluster_dir, database_url
from signoff.integrations.postgres.pidfile import server_pid

STOP_SECONDS = 5  # 3 are promised; a machine that runs other tests at the same time is slow
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
        """The process that `up` started for this word; None while there is none."""
        found = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        lines = [line for line in found.stdout.splitlines() if line.endswith(f" {word}")]
        return int(lines[0].split()[0]) if lines else None

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


def test_it_serves_and_stops_with_the_database_even_when_a_stream_is_open(installation):
    installation.up()
    names = {"database": "ok", "migrations": "ok", "worker": "ok"}
    assert installation.health()[1] == {"status": "ok", **names, "version": VERSION}
    assert installation.health("/api/health")[0] == 200  # a proxy may take the prefix away
    key = installation.data_dir / "secret_key"
    secret = key.read_text()
    assert key.stat().st_mode & 0o777 == 0o600

    made = installation.signoff("admin", "create", "--email", "ada@house.example", "--name", "Ada")
    assert made.returncode == 0
    with socket.create_connection(("127.0.0.1", installation.port)) as stream:
        cookie = f"Cookie: {session(installation)}"
        stream.sendall(f"GET /studio/events HTTP/1.1\r\nHost: x\r\n{cookie}\r\n\r\n".encode())
        assert stream.recv(4096).startswith(b"HTTP/1.1 200 OK")
        assert installation.stop(signal.SIGINT) < STOP_SECONDS
    assert installation.process.returncode == 0
    assert server_pid(cluster_dir(installation.data_dir)) is None
    assert installation.health() == (None, None)

    installation.up()
    assert key.read_text() == secret


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


def test_nothing_is_lost_when_anything_is_killed(installation):
    installation.up()
    with installation.database() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    victims = {word: installation.child(word) for word in ("web", "worker")}
    for victim in [*victims.values(), server_pid(cluster_dir(installation.data_dir))]:
        os.kill(victim, signal.SIGKILL)
    wait_for(lambda: all(installation.child(word) not in (None, old) for word, old in victims.items()))
    installation.wait_until_healthy()
    with installation.database() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)

    installation.stop(signal.SIGKILL)  # the supervisor itself: web and worker go with it
    wait_for(lambda: installation.health() == (None, None))
    installation.up()
    with installation.database() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def wait_for(what):
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.1)


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

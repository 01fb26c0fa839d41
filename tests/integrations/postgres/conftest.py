import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

STARTER = """
import sys
from pathlib import Path
from signoff.integrations.postgres.server import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.url(), flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def data_dir():
    """An empty directory that the server's own user can reach when the tests run as root."""
    path = Path(tempfile.mkdtemp(prefix="signoff-pg-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def start_elsewhere(data_dir):
    """A function that starts or joins the server from another process; it leaves when its input closes."""
    started = []

    def start():
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", STARTER, data_dir],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.communicate()

"""An early pytest plugin (see pyproject.toml): PostgreSQL stands before Django reads its settings.

The controller and every xdist worker share one server; the last of them stops it.
"""

import hashlib
import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest

from signoff.integrations.postgres.server import EmbeddedPostgres
from tests.network import only_this_machine

CHECKOUT = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
DATA_DIR = Path(tempfile.gettempdir()) / f"signoff-tests-{os.geteuid()}-{CHECKOUT}"
QUICK_AND_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")
SERVER = EmbeddedPostgres(Path(os.environ.get("SIGNOFF_TEST_DATA_DIR") or DATA_DIR))


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """A wrapper, so that it runs before pytest-django's own."""
    SERVER.start()
    _make_quick()
    os.environ["DATABASE_URL"] = SERVER.url("signoff")
    os.environ["PGOPTIONS"] = "-c signoff.forgets=TRUNCATE"  # emptying the tables between tests, and nothing else
    os.environ["SIGNOFF_DATA_DIR"] = str(SERVER.data_dir)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the thread of the test
    only_this_machine()
    yield


def pytest_unconfigure() -> None:
    SERVER.stop()


def _make_quick() -> None:
    with psycopg.connect(SERVER.url(), autocommit=True) as connection:
        for name in QUICK_AND_UNSAFE:
            if connection.execute(f"SHOW {name}").fetchone() != ("off",):
                connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")

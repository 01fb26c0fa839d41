"""The real server on the tests' database, with its live stream, and people in browsers of their own.

For what the live server of `conftest.py` cannot do: it has no stream, so nobody hears of others.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page

from tests.cast import PASSWORD, Cast
from tests.database_plugin import SERVER
from tests.files import keep_files_in

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a secret for tests only, of forty letters or so"
Enter = Callable[[str], Page]


@pytest.fixture(scope="session")
def site_media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the running Signoff keeps its files."""
    return tmp_path_factory.mktemp("site") / "media"


class Site:
    """A running Signoff, which may die and come back at the same address."""

    def __init__(self, media: Path, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self._environment = {
            **os.environ,
            "DATABASE_URL": SERVER.url(str(connection.settings_dict["NAME"])),
            "AUTH_SECRET": SECRET,
            "PORT": str(port),
            "SIGNOFF_MEDIA_DIR": str(media),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def set(self, name: str, value: str) -> None:
        """One more setting, before it starts: of what is known only now."""
        self._environment[name] = value

    def start(self) -> None:
        """Returns when it answers."""
        command = [sys.executable, "-m", "signoff.ops.command", "web"]
        self._process = subprocess.Popen(command, env=self._environment, cwd=ROOT, start_new_session=True)
        _wait_for(self.address, self._process)

    def kill(self) -> None:
        """As a power cut would: it and its workers at once, with no time for anything."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)


@pytest.fixture(scope="session")
def site_process(django_db_setup: None, site_media: Path) -> Iterator[Site]:
    """Started once, on the database that the tests fill and empty."""
    site = Site(site_media)
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="session")
def site(site_process: Site) -> str:
    """The address of a running Signoff."""
    return site_process.address


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/sign-in", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The server did not start.")


@pytest.fixture
def enter(
    site: str, site_media: Path, settings: Any, media: Path, transactional_db: None, cast: Cast, browser: Browser
) -> Iterator[Enter]:
    """`enter("pat")`: a page of this person, signed in, in a browser of their own. Errors in it fail the test.

    The test's own process, and its worker, keep files where the site does.
    """
    keep_files_in(settings, site_media)
    contexts = []
    errors: list[str] = []

    def sign_in(name: str) -> Page:
        context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900}, locale="en-GB")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/sign-in")
        page.fill("input[name=login]", cast.people[name].email)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/dashboard")
        return page

    yield sign_in
    for context in contexts:
        context.close()
    _wait_until_heard()
    assert errors == []


def _wait_until_heard() -> None:
    """What pages still said as they left is done, before the tables are emptied under it."""
    busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
    until = time.monotonic() + 5
    quiet = 0
    while quiet < 3 and time.monotonic() < until:
        time.sleep(0.1)
        with connection.cursor() as cursor:
            cursor.execute(f"{busy} AND pid <> pg_backend_pid()")
            quiet = 0 if cursor.fetchone()[0] else quiet + 1

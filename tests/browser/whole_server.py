"""The real server on the tests' database, with its live stream, and people at desks of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.cast import Cast

SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"
STARTS_WITHIN = 40


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    """Its address. It is stopped before the database is emptied."""
    port = _free_port()
    database = os.environ["DATABASE_URL"].replace("/signoff?", f"/{connection.settings_dict['NAME']}?")
    environment = {**os.environ, "DATABASE_URL": database, "AUTH_SECRET": settings.SECRET_KEY}
    words = [sys.executable, "-m", "signoff.ops.command", "web", "--port", str(port)]
    process = subprocess.Popen(words, env=environment, cwd=settings.ROOT)
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def sits_down(cast: Cast, server: str, browser: Browser) -> Callable[[str], Page]:
    """`sits_down("pat")`: a page in a browser of this person's own, signed in."""

    def sit_down(name: str) -> Page:
        client = Client()
        client.force_login(cast.people[name], backend=SIGNED_IN_BY)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(base_url=server, viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    return sit_down


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/sign-in", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail("The server did not start.")

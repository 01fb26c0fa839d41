"""Fixtures for every test. The server itself is started by tests/database_plugin.py."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from signoff.ops.queue import working_app

pytest_plugins = ["tests.cast", "tests.work", "tests.files", "tests.openid", "tests.mail_server"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def run_jobs(transactional_db: None) -> Callable[[], None]:
    """A function that lets a real worker do every job that waits, here and now."""
    with connection.cursor() as cursor:  # Django's flush skips these tables: their models are unmanaged
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")

    def work() -> None:
        working_app().run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    def run() -> None:
        with ThreadPoolExecutor(1) as another:  # Playwright has a loop in this thread, the worker brings its own
            another.submit(work).result()

    return run


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's Chromium, silent and without a sandbox of its own (tests may run as root)."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    still = ["--disable-background-networking", "--disable-component-update"]
    chromium = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if chromium is None:
        pytest.fail("Chromium is missing, so the browser tests cannot run: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox", *quiet, *still]}

"""Running a coroutine from a test: in a thread of its own, since Playwright keeps a loop in the tests' thread."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_in_loop(work: Coroutine[Any, Any, Any]) -> Any:
    with ThreadPoolExecutor(1) as another:
        return another.submit(asyncio.run, work).result()

"""Blocking work for the doors that are served beside Django: on threads of their own, with connections that last."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
R = TypeVar("R")
THREADS = ThreadPoolExecutor(6, thread_name_prefix="door")
READERS = ThreadPoolExecutor(4, thread_name_prefix="reader")  # not held up by what waits for a disk to have written


async def in_thread(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """The function's result. It may ask the database; the thread keeps its connection for the next one."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, partial(_with_fresh, function, *args, **kwargs))


async def reading(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of a function that reads files and asks no database."""
    return await asyncio.get_running_loop().run_in_executor(READERS, partial(function, *args, **kwargs))


def _with_fresh(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    close_old_connections()
    try:
        return function(*args, **kwargs)
    finally:
        close_old_connections()

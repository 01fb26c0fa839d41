"""Two people in the same moment: each in a thread and a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from time import monotonic, sleep
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from signoff.core.errors import SignoffError


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Start all acts together; what came of them, sorted: `done`, or the code of the refusal."""
    start, outcomes = Barrier(len(acts)), []

    def live(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except SignoffError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=live, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def held_up(rows: QuerySet[Any], *acts: Callable[[], object]) -> list[str]:
    """Somebody has locked `rows`: one act after the other starts and has to wait, for them or for one another.

    Then the rows are let go. What came of the acts, in their order.
    """
    with ThreadPoolExecutor(len(acts)) as crowd:
        with transaction.atomic():
            list(rows.select_for_update())
            before, running = _waiting(), []
            for act in acts:
                running.append(crowd.submit(at_once, act))
                _until(before + len(running))
        return [one for act in running for one in act.result()]


def _until(number: int, seconds: float = 10) -> None:
    ends_at = monotonic() + seconds
    while _waiting() < number:
        assert monotonic() < ends_at, "It never came to that."
        sleep(0.02)


def _waiting() -> int:
    """How many connections wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return int(cursor.fetchone()[0])

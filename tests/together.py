"""Two people in the same moment: each in a thread and a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

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

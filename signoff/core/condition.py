"""How the installation is: does the database answer, is its schema the code's, does a worker live?"""

from datetime import timedelta
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

WORKER_LOST_AFTER = timedelta(seconds=45)  # a worker says every 10 seconds that it lives


def database_version() -> str:
    """What the server says it is. Raises django.db.Error when it cannot be reached."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def pending_migrations() -> list[str]:
    """Migrations of the code that the database has not seen, as `app.name`, sorted."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _known_migrations() - applied.keys())


def worker_silence() -> timedelta | None:
    """How long ago a worker last said that it lives; None when none ever did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
        silence = cursor.fetchone()[0]
    return silence if isinstance(silence, timedelta) else None


def worker_lives() -> bool:
    silence = worker_silence()
    return silence is not None and silence < WORKER_LOST_AFTER


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations on disk; they do not change while a process runs."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)

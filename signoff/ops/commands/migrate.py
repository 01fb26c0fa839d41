"""Brings the database to this version of Signoff. Does nothing, quickly, when it is there already."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from signoff.core.condition import pending_migrations

ONE_AT_A_TIME = 7_164_436  # any number, as long as it is always the same


def add_arguments(parser: ArgumentParser) -> None:
    pass


def run(arguments: Namespace) -> int:
    """Apply what is pending, and make the table of the cache."""
    with _alone():
        pending = pending_migrations()
        if pending:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            print(f"The database is up to date; {len(pending)} migrations were applied.")
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Others who migrate this database wait meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])

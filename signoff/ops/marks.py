"""Reading a Mark without Django, for the supervisor, which stays small."""

from typing import Any

import psycopg


def words_of_mark(database_url: str, name: str) -> dict[str, Any] | None:
    """What the mark says; None when it is not there, or the database has no marks yet."""
    with psycopg.connect(database_url) as connection:
        if connection.execute("SELECT to_regclass('ops_mark')").fetchone() == (None,):
            return None
        found = connection.execute("SELECT words FROM ops_mark WHERE name = %s", [name]).fetchone()
    return dict(found[0]) if found else None

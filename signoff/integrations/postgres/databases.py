"""Databases on a server: make one when it is missing."""

import psycopg
from psycopg import sql


def ensure_database(server_url: str, name: str) -> None:
    """Make the database when it is missing; two at once both succeed. `server_url` names any other one."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return

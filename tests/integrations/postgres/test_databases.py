from concurrent.futures import ThreadPoolExecutor

import psycopg

from signoff.integrations.postgres.databases import ensure_database
from signoff.integrations.postgres.server import EmbeddedPostgres


def test_a_database_is_made_once_when_many_ask(data_dir):
    with EmbeddedPostgres(data_dir) as server:
        with ThreadPoolExecutor(4) as crowd:
            list(crowd.map(lambda _: ensure_database(server.url(), "signoff"), range(4)))
        with psycopg.connect(server.url("signoff")) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("signoff",)

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.mark.django_db(transaction=True)
def test_a_living_connection_is_known_without_a_statement():
    connection.ensure_connection()
    with CaptureQueriesContext(connection) as captured:
        assert connection.is_usable()

    assert len(captured) == 0
    assert connection._is_silent()


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_ended_is_known_as_dead():
    connection.ensure_connection()
    ended = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])

    assert not connection.is_usable()
    connection.close()
    connection.ensure_connection()
    assert connection.is_usable()


@pytest.mark.django_db(transaction=True)
def test_a_connection_in_a_transaction_is_asked():
    connection.ensure_connection()
    connection.connection.execute("BEGIN")
    try:
        assert not connection._is_silent()
        assert connection.is_usable()
    finally:
        connection.connection.execute("ROLLBACK")

import pytest
from django.db import connection

from signoff.core import condition

WELL = {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok", "version": "0.1.0"}


@pytest.fixture
def worker(db):
    def beat(ago):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_workers")
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", [ago])

    return beat


def test_all_is_well_when_a_worker_lives(client, worker):
    worker("5 seconds")
    answer = client.get("/api/health")

    assert (answer.status_code, answer.json()) == (200, WELL)


def test_a_silent_worker_is_told(client, worker):
    worker("5 minutes")
    answer = client.get("/api/health")

    assert (answer.status_code, answer.json()) == (503, WELL | {"status": "unwell", "worker": "silent"})


def test_pending_migrations_are_told(client, worker, monkeypatch):
    worker("5 seconds")
    known = condition._known_migrations() | {("audit", "9999_later")}
    monkeypatch.setattr(condition, "_known_migrations", lambda: known)
    answer = client.get("/api/health")

    assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")


def test_it_only_answers_to_reading(client, db):
    assert client.post("/api/health").status_code == 405

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.timezone import now
from procrastinate.contrib.django import app

from signoff.ops.tasks import clear_sessions


def test_a_job_of_a_dead_worker_is_done_again(run_jobs):
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))
    clear_sessions.defer(timestamp=0)
    with connection.cursor() as cursor:  # a worker took it a minute ago and was never heard of again
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [cursor.fetchone()[0]])
    app.configure_task("ops.retry_stalled_jobs").defer(timestamp=0)
    run_jobs()
    run_jobs()

    assert Session.objects.count() == 0


def test_only_sessions_that_ran_out_are_cleared(db):
    Session.objects.create(session_key="old", session_data="", expire_date=now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now() + timedelta(days=1))
    clear_sessions(timestamp=0)

    assert [session.session_key for session in Session.objects.all()] == ["new"]

"""What a job promises in a transaction is kept with it, in a worker as anywhere."""

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.ops.tasks import clear_sessions

SEEN = []


@app.task(name="tests.promise")
def promise(is_kept: bool) -> None:
    with transaction.atomic():
        clear_sessions.defer(timestamp=0)
        SEEN.append(ProcrastinateJob.objects.filter(task_name="ops.clear_sessions", status="todo").count())
        transaction.set_rollback(not is_kept)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_job_deferred_by_a_job_lives_with_its_transaction(run_jobs, is_kept):
    SEEN.clear()
    promise.defer(is_kept=is_kept)
    run_jobs()

    assert SEEN == [1]
    assert ProcrastinateJob.objects.filter(task_name="ops.clear_sessions").count() == is_kept

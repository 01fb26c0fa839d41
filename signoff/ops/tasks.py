"""What the house does by itself, on a clock; and the demo's files, once."""

from collections.abc import Sequence
from importlib import import_module
from uuid import UUID

from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from signoff.ops.demo.files import take_files

STALLED_SECONDS = 30
KEEP_DONE_HOURS, KEEP_FAILED_HOURS = 7 * 24, 30 * 24


@app.periodic(cron="* * * * *")
@app.task(name="ops.retry_stalled_jobs", queueing_lock="ops.retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put the jobs of dead workers back into the queue."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await jobs.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="ops.remove_old_jobs", queueing_lock="ops.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that are done after a week, those that failed after a month."""
    jobs = context.app.job_manager
    await jobs.delete_old_jobs(nb_hours=KEEP_DONE_HOURS, include_cancelled=True, include_aborted=True)
    await jobs.delete_old_jobs(nb_hours=KEEP_FAILED_HOURS, include_failed=True)


@app.periodic(cron="47 3 * * *")
@app.task(name="ops.clear_sessions", queueing_lock="ops.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Remove sessions that have run out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@app.task(
    name="ops.take_demo_files",
    queue="media",
    priority=3,  # below the previews of what is here already, so that something is seen soon
    lock="ops.take_demo_files",  # one program draws at a time
    retry=RetryStrategy(max_attempts=3, exponential_wait=3),
)
def take_demo_files(wanted: Sequence[tuple[str, int]]) -> None:
    """Draw the files of some deliverables of the demo studio and take them in as their rounds."""
    take_files([(UUID(row_id), last) for row_id, last in wanted])

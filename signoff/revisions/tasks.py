from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from signoff.revisions import process, sweep

TRIES = 4
RETRY = RetryStrategy(max_attempts=TRIES, exponential_wait=3)


@app.task(name="revisions.process_file", queue="media", retry=RETRY, pass_context=True)
def process_file(context: JobContext, file_id: str) -> None:
    process.process_file(UUID(file_id), is_last_try=context.job.attempts >= TRIES - 1)


@app.task(name="revisions.remove_files", queue="media", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def remove_files(keys: list[str], parts: list[list[str]]) -> None:
    sweep.remove_files(keys, [(key, parts_id) for key, parts_id in parts])


@app.periodic(cron="27 3 * * *")
@app.task(name="revisions.sweep", queue="media", queueing_lock="revisions.sweep")
def sweep_storage(timestamp: int) -> None:
    """Nightly: forget uploads nobody goes on with, then everything in the storage that no row names."""
    sweep.sweep()

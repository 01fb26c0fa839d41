from uuid import UUID

from django.utils.timezone import now
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from signoff.feedback import files, report_job
from signoff.feedback.models import Attachment, RoundReport
from signoff.revisions.sweep import YOUNG, sweep_files

TRIES = 3


@app.task(
    name="feedback.make_round_report",
    queue="media",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=3),
    pass_context=True,
)
def make_round_report(context: JobContext, report_id: str, eyes: dict[str, object], label: str) -> None:
    is_last_try = context.job.attempts >= TRIES - 1
    report_job.make_report(UUID(report_id), eyes, label, is_last_try=is_last_try)


@app.periodic(cron="41 3 * * *")
@app.task(name="feedback.sweep", queue="media", queueing_lock="feedback.sweep")
def sweep_attachments(timestamp: int) -> None:
    """Nightly: forget old reports, and remove files of comments and reports that no row names."""
    report_job.forget_reports()
    sweep_files(files.PREFIX, now() - YOUNG, (Attachment,))
    sweep_files(report_job.PREFIX, now() - YOUNG, (RoundReport,))

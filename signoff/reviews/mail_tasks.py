from datetime import date
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from signoff.reviews import reminder_mail

TRIES = 6


@app.task(
    name="reviews.send_reminder",
    queue="mails",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=4),
    pass_context=True,
)
def send_reminder(context: JobContext, stage_id: str, user_id: str, day: str) -> None:
    is_last_try = context.job.attempts >= TRIES - 1
    reminder_mail.send_reminder(UUID(stage_id), UUID(user_id), date.fromisoformat(day), is_last_try=is_last_try)

from datetime import datetime
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from signoff.access import failures, limits, send
from signoff.core.origin import Origin

# 4 s, 16 s, 64 s, 256 s, 17 min between the tries: long enough for a server that asks newcomers to come again.
TRIES, PASSWORD_TRIES = 6, 5


@app.task(
    name="access.send_invitation",
    queue="mails",
    retry=RetryStrategy(max_attempts=TRIES, exponential_wait=4),
    pass_context=True,
)
def send_invitation(context: JobContext, invitation_id: str, serial: int) -> None:
    send.send_invitation(UUID(invitation_id), serial, is_last_try=context.job.attempts >= TRIES - 1)


@app.task(
    name="access.answer_forgotten",
    queue="mails",
    retry=RetryStrategy(max_attempts=PASSWORD_TRIES, exponential_wait=4),
    pass_context=True,
)
def answer_forgotten(context: JobContext, user_id: str) -> None:
    is_last_try = context.job.attempts >= PASSWORD_TRIES - 1
    send.answer_forgotten(UUID(user_id) if user_id else None, f"job-{context.job.id}", is_last_try=is_last_try)


@app.task(name="access.note_failure", retry=RetryStrategy(max_attempts=3, exponential_wait=3))
def note_failure(email: str, ip: str, browser: str, means: str, at: str) -> None:
    failures.note_failure(email, Origin(ip, browser), means, datetime.fromisoformat(at))


@app.periodic(cron="37 3 * * *")
@app.task(name="access.forget_tries", queueing_lock="access.forget_tries")
def forget_tries(timestamp: int) -> None:
    """Nightly: forget the tries that count for nothing any more."""
    limits.forget_tries()

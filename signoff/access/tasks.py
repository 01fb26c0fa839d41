from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from signoff.access import send

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

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from signoff.access import failures, limits
from signoff.core.origin import Origin


@app.task(name="access.note_failure", retry=RetryStrategy(max_attempts=3, exponential_wait=3))
def note_failure(email: str, ip: str, browser: str, means: str, at: str) -> None:
    failures.note_failure(email, Origin(ip, browser), means, datetime.fromisoformat(at))


@app.periodic(cron="37 3 * * *")
@app.task(name="access.forget_tries", queueing_lock="access.forget_tries")
def forget_tries(timestamp: int) -> None:
    """Nightly: forget the tries that count for nothing any more."""
    limits.forget_tries()

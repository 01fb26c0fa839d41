"""What this package does in the worker. The letters' task stands by itself: what reminds defers it."""

from procrastinate.contrib.django import app

from signoff.reviews import mail_tasks, remind

__all__ = ["mail_tasks", "remind_approvers"]


@app.periodic(cron="7 5 * * 1-5")
@app.task(name="reviews.remind", queueing_lock="reviews.remind")
def remind_approvers(timestamp: int) -> None:
    """On working days before breakfast: those whose answer has been waited for long enough."""
    remind.remind_all()

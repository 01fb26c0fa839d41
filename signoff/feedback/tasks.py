from django.utils.timezone import now
from procrastinate.contrib.django import app

from signoff.feedback.files import PREFIX
from signoff.feedback.models import Attachment
from signoff.revisions.sweep import YOUNG, sweep_files


@app.periodic(cron="41 3 * * *")
@app.task(name="feedback.sweep", queue="media", queueing_lock="feedback.sweep")
def sweep_attachments(timestamp: int) -> None:
    """Nightly: remove files of comments that no row names."""
    sweep_files(PREFIX, now() - YOUNG, (Attachment,))

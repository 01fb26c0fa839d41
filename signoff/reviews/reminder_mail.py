"""Sending the letter of a reminder, called by the worker: it asks first whether it is still to do."""

import logging
from datetime import date
from uuid import UUID

from signoff import mails
from signoff.accounts.models import User
from signoff.deliverables.models import Stage, StageStatus
from signoff.reviews.letters import reminder_letter

log = logging.getLogger(__name__)


def send_reminder(stage_id: UUID, user_id: UUID, day: date, *, is_last_try: bool) -> None:
    """Raises MailDelayed, until the last try. Who has left, or a stage that is decided by now, gets no letter."""
    stages = Stage.objects.filter(pk=stage_id, status=StageStatus.IN_REVIEW)
    stage = stages.select_related("deliverable__project__organization", "definition").first()
    house = stage.deliverable.project.organization_id if stage else None
    person = User.objects.filter(
        pk=user_id, is_active=True, memberships__organization=house, memberships__is_active=True
    ).first()
    if stage is None or person is None or not mails.is_configured():
        return
    try:
        mails.deliver(reminder_letter(person, stage), person.email, f"reminder-{stage_id}-{user_id}-{day}")
    except mails.MailFailed as failure:
        if isinstance(failure, mails.MailDelayed) and not is_last_try:
            raise
        log.warning("A reminder was not taken: %s", failure.message)

"""Reports that take a while, as doors ask for them: there already, on their way, or promised now."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.names import shown_name
from signoff.core.actor import Actor
from signoff.core.errors import Unavailable
from signoff.feedback.models import RoundReport
from signoff.feedback.report import Report
from signoff.feedback.report_job import eyes_as_kept
from signoff.feedback.tasks import make_round_report
from signoff.revisions.models import Revision
from signoff.revisions.storage import storage

LOST = timedelta(hours=1)  # a promise that is older was forgotten: it is made anew


class ReportFailed(Unavailable):
    code = "report_failed"


def finished_or_promised(eyes: Actor, hands: Actor, revision: Revision, report: Report) -> bytes | None:
    """The PDF, if it is there and still says the same; else None, and the worker makes it.

    `hands` are a person's or a key's. Raises ReportFailed, once.
    """
    mine = RoundReport.objects.filter(revision=revision, made_for_id=hands.user_id, fingerprint=report.fingerprint)
    found = mine.first()
    if found and found.key and storage().size(found.key) is not None:
        return b"".join(storage().read(found.key))
    if found and not found.key and not found.failure and found.created_at > now() - LOST:
        return None
    if found:
        found.delete()
    if found and found.failure:
        raise ReportFailed(found.failure)
    _promise(eyes, hands, revision, report)
    return None


@transaction.atomic
def _promise(eyes: Actor, hands: Actor, revision: Revision, report: Report) -> None:
    """Two requests at once are one promise."""
    assert hands.user_id
    made = RoundReport(revision=revision, made_for_id=hands.user_id, fingerprint=report.fingerprint)
    RoundReport.objects.bulk_create([made], ignore_conflicts=True)
    if RoundReport.objects.filter(pk=made.pk).exists():
        label = shown_name(eyes, hands.user_id, hands.label)
        make_round_report.defer(report_id=str(made.pk), eyes=eyes_as_kept(eyes), label=label)

"""The worker's side of a file: check it, look into it, render it. Safe to run twice, from where it stopped.

Nothing is decoded here: `integrations.media` does that in child processes. No transaction is open meanwhile.
"""

from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F

from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Unavailable
from signoff.integrations.media.errors import MediaError
from signoff.revisions.announce_file import announce_file
from signoff.revisions.check import Checked, check_file
from signoff.revisions.covers import refresh_covers
from signoff.revisions.models import MediaFile, Step
from signoff.revisions.receipts import reached
from signoff.revisions.render import probe_file, render_file
from signoff.revisions.scratch import scratch
from signoff.revisions.storage import storage

HOUSE = Actor.system("Signoff")
UNKNOWN = "It stopped for a reason that is not known. The original is safe; try it again."


def process_file(file_id: UUID, *, is_last_try: bool = False) -> None:
    """Do the steps that are still to do; a failure is written on the file, with words and a way on."""
    file = _file(file_id)
    if file is None or file.failure or file.step == Step.RENDERED:
        return
    try:
        with scratch() as desk:
            _advance(file, desk)
    except MediaError as error:
        if not error.permanent and not is_last_try:
            raise
        _fail(file, error.words, error.tail, may_retry=True)
    except Unavailable as error:
        if not is_last_try:
            raise
        _fail(file, error.message, "", may_retry=True)
    except Exception:
        _fail(file, UNKNOWN, "", may_retry=True)
        raise


def _advance(file: MediaFile, desk: Path) -> None:
    original = storage().local(file.key, desk)
    if file.step == Step.RECEIVED:
        _checked(file, check_file(file, original))
    if file.failure:
        return
    probed = probe_file(file, original)
    if file.step == Step.CHECKED:
        _reach(file, Step.PROBED)
    render_file(file, original, probed, desk)
    _rendered(file)


def _checked(file: MediaFile, checked: Checked) -> None:
    file.sha256, file.kind, file.media_type = checked.sha256, checked.kind, checked.media_type
    file.notice = checked.notice
    _reach(file, Step.CHECKED, "sha256", "kind", "media_type", "notice")
    if checked.failure:
        _fail(file, checked.failure, "", may_retry=False)


def _reach(file: MediaFile, step: Step, *fields: str) -> None:
    """Write down that a step is made; pages hear of the next one's beginning."""
    file.step, file.step_times, file.percent = step, reached(file.step_times, step), 0
    names = ["step", "step_times", "percent", *fields]
    MediaFile.objects.filter(pk=file.pk).update(**{name: getattr(file, name) for name in names})


@transaction.atomic
def _rendered(file: MediaFile) -> None:
    refresh_covers(file.revision.deliverable_id)  # locks the deliverable, then the file: as who takes a round back
    if not MediaFile.objects.select_for_update().filter(pk=file.pk).exists():
        return  # the round was taken back meanwhile; the nightly sweep removes what was rendered
    _reach(file, Step.RENDERED)
    announce_file(Verb.FILE_RENDERED, HOUSE, file)


@transaction.atomic
def _fail(file: MediaFile, words: str, tail: str, *, may_retry: bool) -> None:
    file.failure, file.failure_tail, file.may_retry = words[:500], tail[-4_000:].replace("\x00", ""), may_retry
    fields = {name: getattr(file, name) for name in ("failure", "failure_tail", "may_retry")}
    if MediaFile.objects.filter(pk=file.pk).update(**fields, percent=F("percent")):
        announce_file(Verb.FILE_FAILED, HOUSE, file)


def _file(file_id: UUID) -> MediaFile | None:
    related = "revision__deliverable__project__organization"
    return MediaFile.objects.select_related(related).filter(pk=file_id).first()

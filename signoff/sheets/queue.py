"""Promising the work on a batch: the job exists if and only if the change commits."""

from signoff.sheets import tasks
from signoff.sheets.models import ImportBatch


def queue_reading(batch: ImportBatch) -> None:
    tasks.read_import.defer(batch_id=str(batch.pk))


def queue_applying(batch: ImportBatch) -> None:
    tasks.apply_import.defer(batch_id=str(batch.pk))

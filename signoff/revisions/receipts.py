"""What is known of a file's way: which steps it has made, which one is next, and in which words that is said. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import now

from signoff.revisions.models import MediaFile, Step

ORDER = list(Step)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line of a file's receipts. `state` is done, doing, failed or waiting."""

    step: Step
    state: str
    at: datetime | None
    percent: int


def receipts_of(file: MediaFile) -> list[Receipt]:
    """The four steps in order."""
    here = ORDER.index(Step(file.step))
    return [_receipt(file, step, index - here) for index, step in enumerate(ORDER)]


def next_step(file: MediaFile) -> Step | None:
    here = ORDER.index(Step(file.step)) + 1
    return ORDER[here] if here < len(ORDER) else None


def reached(times: Mapping[str, str], step: Step, at: datetime | None = None) -> dict[str, str]:
    """The times with this step's; of a step done again the new one."""
    return {**times, step.value: (at or now()).isoformat(timespec="milliseconds")}


def _receipt(file: MediaFile, step: Step, ahead: int) -> Receipt:
    if ahead <= 0:
        said = file.step_times.get(step.value)
        return Receipt(step, "done", datetime.fromisoformat(said) if said else None, 100)
    if ahead == 1:
        return Receipt(step, "failed" if file.failure else "doing", None, file.percent)
    return Receipt(step, "waiting", None, 0)

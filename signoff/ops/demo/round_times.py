"""When the rounds of a demo deliverable came, told from what happened to its stages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from signoff.audit.verbs import Verb

BEFORE = timedelta(minutes=14)
DECISIONS = (Verb.STAGE_APPROVED, Verb.STAGE_CHANGES_REQUESTED)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a stage. `is_judged`: somebody approves it; `is_client`: the client does."""

    at: datetime
    verb: str
    position: int
    is_judged: bool = True
    is_client: bool = False


@dataclass(frozen=True, slots=True)
class RoundTime:
    """When a round was added, when first decided on (None: not yet), and whether the client has seen it."""

    added_at: datetime
    settled_at: datetime | None
    is_released: bool


def round_times(history: Sequence[Happened], count: int, begins: datetime, ends: datetime) -> list[RoundTime]:
    """So many rounds between `begins` and `ends`, oldest first: each shortly before it was handed in."""
    handed_in = _handed_in(history)[-count:]
    first = handed_in[0] if handed_in else begins + (ends - begins) * 0.85
    early = count - len(handed_in)
    added = [begins + (first - begins) * (n + 1) / (early + 1) for n in range(early)]
    added += [_shortly_before(at, history, begins) for at in handed_in]
    following = [*added[1:], None]
    return [_round(at, next_at, history) for at, next_at in zip(added, following, strict=True)]


def _handed_in(history: Sequence[Happened]) -> list[datetime]:
    """The first hand-in of the work, and each one after changes were asked for. The first stage judges an idea."""
    times, wanted = list[datetime](), True
    for one in history:
        if not one.position:
            continue
        if one.verb == Verb.STAGE_SUBMITTED and wanted:
            times.append(one.at)
            wanted = False
        elif one.verb == Verb.STAGE_CHANGES_REQUESTED:
            wanted = True
    return times


def _shortly_before(at: datetime, history: Sequence[Happened], begins: datetime) -> datetime:
    """Some minutes before, but after whatever happened last."""
    last = max((one.at for one in history if one.at < at), default=begins)
    return max(at - BEFORE, last + (at - last) / 2)


def _round(added: datetime, following: datetime | None, history: Sequence[Happened]) -> RoundTime:
    since = [one for one in history if added <= one.at and (following is None or one.at < following)]
    settled = next((one.at for one in since if one.is_judged and one.verb in DECISIONS), None)
    return RoundTime(added, settled, any(one.is_client and one.verb == Verb.STAGE_SUBMITTED for one in since))

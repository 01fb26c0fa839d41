"""How a deliverable came to stand as it does: the moves of its stages, in order. Pure.

The tables say where each stage stands today and which round it is; here is made up who must have
done what before, and how long each step took compared with the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from signoff.deliverables.models import StageStatus as S
from signoff.ops.demo.plan import RowPlan
from signoff.pipelines.models import ApprovalType

Take = Callable[[float], float]
# How much longer or shorter than others each client takes to answer.
CLIENT_PACE = {"kolibri": 1.7, "norra": 1.2, "ardent": 0.8, "maren": 0.4}
DONE = (S.APPROVED, S.SKIPPED)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage as the pipeline has it: its approval, and whose it is ("maker", "client" or a person)."""

    approval: ApprovalType
    whose: str


@dataclass(frozen=True, slots=True)
class Move:
    """Stage number `stage` becomes `status`; `by` is "maker", "owner", "stage" (its assignee)."""

    stage: int
    status: S
    by: str
    weight: float
    is_last_word: bool = False


def moves_of(row: RowPlan, steps: Sequence[Step], team: str) -> list[Move]:
    """All moves of one deliverable up to today, in order."""
    reached = [i for i, status in enumerate(row.stages) if status in (S.IN_REVIEW, S.CHANGES_REQUESTED, S.APPROVED)]
    judged = [i for i in reached if steps[i].approval != ApprovalType.NONE and i > 0]
    again = _spread(max(row.round - 1, 0), judged)
    pace = CLIENT_PACE.get(team, 1.0)
    moves: list[Move] = []
    for number, status in enumerate(row.stages):
        step = steps[number]
        if status == S.SKIPPED:
            moves.append(Move(number, S.SKIPPED, "owner", 0.2))
        elif step.approval == ApprovalType.NONE:
            moves += _work(number, S(status))
        elif status != S.NOT_STARTED:
            wait = 2.6 * pace if step.whose == "client" else 0.7
            moves += _judged(number, S(status), again.get(number, 0), step, wait)
    return moves


def _work(number: int, status: S) -> Iterator[Move]:
    if status in (S.IN_PROGRESS, S.APPROVED):
        yield Move(number, S.IN_PROGRESS, "stage", 0.5)
    if status == S.APPROVED:
        yield Move(number, S.APPROVED, "stage", 2.2)


def _judged(number: int, status: S, again: int, step: Step, wait: float) -> Iterator[Move]:
    hands_in = "owner" if step.whose == "client" else "maker"
    if status == S.IN_PROGRESS:
        yield Move(number, S.IN_PROGRESS, "maker", 0.6)
        return
    yield Move(number, S.IN_REVIEW, hands_in, 0.4)
    for _ in range(again if status != S.CHANGES_REQUESTED else max(again - 1, 0)):
        yield Move(number, S.CHANGES_REQUESTED, "stage", wait)
        yield Move(number, S.IN_PROGRESS, "maker", 0.4)
        yield Move(number, S.IN_REVIEW, hands_in, 1.1)
    if status != S.IN_REVIEW:
        yield Move(number, status, "stage", wait, is_last_word=status == S.CHANGES_REQUESTED)


def _spread(rounds: int, stages: Sequence[int]) -> dict[int, int]:
    """Which review asked for how many further rounds; the last one for the most."""
    if not stages:
        return {}
    earlier = stages[-2] if len(stages) > 1 else stages[-1]
    count = dict.fromkeys(stages, 0)
    for number in range(rounds):
        count[stages[-1] if number % 2 == 0 else earlier] += 1
    return count

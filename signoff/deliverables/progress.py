"""Which status may follow which, and what a deliverable's status is. Pure: no database."""

from collections.abc import Sequence

from signoff.deliverables.models import DeliverableStatus as D
from signoff.deliverables.models import StageStatus as S
from signoff.pipelines.models import ApprovalType

# By hand. An approval is given and taken back by reviews (SIMPLE, FORMAL); only a stage
# without approval is finished by setting its status.
MOVES: dict[str, frozenset[str]] = {
    S.NOT_STARTED: frozenset({S.IN_PROGRESS, S.IN_REVIEW, S.SKIPPED}),
    S.IN_PROGRESS: frozenset({S.NOT_STARTED, S.IN_REVIEW, S.SKIPPED}),
    S.IN_REVIEW: frozenset({S.IN_PROGRESS, S.CHANGES_REQUESTED, S.SKIPPED}),
    S.CHANGES_REQUESTED: frozenset({S.IN_PROGRESS, S.IN_REVIEW, S.SKIPPED}),
    S.APPROVED: frozenset({S.IN_PROGRESS}),
    S.SKIPPED: frozenset({S.NOT_STARTED, S.IN_PROGRESS}),
}
DONE = frozenset({S.APPROVED, S.SKIPPED})


def legal_moves(status: str, approval_type: str) -> list[str]:
    """The statuses that may follow by hand, in the order of the states."""
    after = set(MOVES[status])
    if approval_type == ApprovalType.NONE:
        after -= {S.CHANGES_REQUESTED}
        if status not in DONE:
            after |= {S.APPROVED}
    return [s for s in S.values if s in after]


def status_of(stages: Sequence[str], held: str = "", is_delivered: bool = False) -> str:
    """The deliverable's status, from those of its stages.

    `held` ("on_hold" or "cancelled", set by hand) wins; then what somebody must act on
    (changes, then review), then work, then whether everything is done.
    """
    if held:
        return held
    present = set(stages)
    if S.CHANGES_REQUESTED in present:
        return D.CHANGES_REQUESTED
    if S.IN_REVIEW in present:
        return D.IN_REVIEW
    if S.APPROVED in present and present <= DONE:
        return D.DELIVERED if is_delivered else D.APPROVED
    if S.IN_PROGRESS in present or S.APPROVED in present:
        return D.IN_PROGRESS
    return D.NOT_STARTED


def stages_for(wanted: str, stages: Sequence[tuple[str, str]]) -> list[str]:
    """How stages stand when somebody outside says only that the whole thing is `wanted`.

    `stages` are (status, approval type) in order; skipped ones stay skipped. The present place
    in the pipeline is kept where it fits: what is approved stays so unless `wanted` is not_started.
    """
    now = [status for status, _ in stages]
    if wanted in (D.APPROVED, D.DELIVERED):
        return [s if s == S.SKIPPED else S.APPROVED for s in now]
    if wanted == D.NOT_STARTED:
        return [s if s == S.SKIPPED else S.NOT_STARTED for s in now]
    at = _place(wanted, stages)
    if at is None:
        return now
    return [_around(index, at, status, wanted) for index, status in enumerate(now)]


def _around(index: int, at: int, status: str, wanted: str) -> str:
    if index == at:
        return wanted
    if status == S.SKIPPED:
        return status
    return S.APPROVED if index < at else S.NOT_STARTED


def _place(wanted: str, stages: Sequence[tuple[str, str]]) -> int | None:
    """The first open stage that can be `wanted`: a review needs a stage that somebody approves."""
    still_open = [i for i, (status, _) in enumerate(stages) if status not in DONE]
    used = [i for i, (status, _) in enumerate(stages) if status != S.SKIPPED]
    candidates = still_open or used[-1:]
    if wanted in (S.IN_REVIEW, S.CHANGES_REQUESTED):
        reviewed = [i for i in candidates if stages[i][1] != ApprovalType.NONE]
        candidates = reviewed or candidates[-1:]
    return candidates[0] if candidates else None

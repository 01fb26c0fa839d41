from itertools import combinations_with_replacement

import pytest

from signoff.deliverables.models import DeliverableStatus as D
from signoff.deliverables.models import StageStatus as S
from signoff.deliverables.progress import MOVES, legal_moves, stages_for, status_of


@pytest.mark.parametrize(
    ("stages", "status"),
    [
        ([], D.NOT_STARTED),
        ([S.NOT_STARTED, S.NOT_STARTED], D.NOT_STARTED),
        ([S.SKIPPED, S.NOT_STARTED], D.NOT_STARTED),
        ([S.SKIPPED, S.SKIPPED], D.NOT_STARTED),
        ([S.IN_PROGRESS, S.NOT_STARTED], D.IN_PROGRESS),
        ([S.APPROVED, S.NOT_STARTED], D.IN_PROGRESS),
        ([S.APPROVED, S.IN_REVIEW], D.IN_REVIEW),
        ([S.IN_REVIEW, S.CHANGES_REQUESTED], D.CHANGES_REQUESTED),
        ([S.APPROVED, S.SKIPPED], D.APPROVED),
        ([S.APPROVED, S.APPROVED], D.APPROVED),
    ],
)
def test_status_follows_from_the_stages(stages, status):
    assert status_of(stages) == status


def test_delivered_needs_every_stage_done():
    assert status_of([S.APPROVED], is_delivered=True) == D.DELIVERED
    assert status_of([S.APPROVED, S.IN_REVIEW], is_delivered=True) == D.IN_REVIEW


@pytest.mark.parametrize("held", [D.ON_HOLD, D.CANCELLED])
def test_what_was_set_by_hand_wins(held):
    assert status_of([S.IN_REVIEW], held=held, is_delivered=True) == held


def test_moves_name_every_status_and_never_itself():
    assert set(MOVES) == set(S.values)
    assert [s for s, after in MOVES.items() if s in after] == []


def test_a_stage_with_approval_is_never_approved_by_hand():
    for approval in ("simple", "formal"):
        assert [s for s in S.values if S.APPROVED in legal_moves(s, approval)] == []


def test_a_stage_without_approval_is_finished_from_anywhere_open():
    assert [s for s in S.values if S.APPROVED in legal_moves(s, "none")] == [
        S.NOT_STARTED,
        S.IN_PROGRESS,
        S.IN_REVIEW,
        S.CHANGES_REQUESTED,
    ]


@pytest.mark.parametrize("wanted", [D.NOT_STARTED, D.IN_PROGRESS, D.IN_REVIEW, D.CHANGES_REQUESTED, D.APPROVED])
def test_a_status_from_outside_gives_stages_that_derive_it_again(wanted):
    approvals = ["none", "simple", "formal"]
    for stages in combinations_with_replacement([s for s in S.values if s != S.SKIPPED], 3):
        after = stages_for(wanted, list(zip(stages, approvals, strict=True)))
        assert status_of(after) == wanted, (stages, after)


def test_skipped_stages_stay_skipped():
    stages = [(S.APPROVED, "none"), (S.SKIPPED, "simple"), (S.NOT_STARTED, "formal")]
    assert stages_for(D.IN_REVIEW, stages) == [S.APPROVED, S.SKIPPED, S.IN_REVIEW]
    assert stages_for(D.APPROVED, stages) == [S.APPROVED, S.SKIPPED, S.APPROVED]

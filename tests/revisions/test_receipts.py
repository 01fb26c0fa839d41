"""Receipts: what was done when, what is being done, what waits; a failure stands at its step."""

from datetime import UTC, datetime

import pytest

from signoff.revisions.models import MediaFile, Step
from signoff.revisions.receipts import Receipt, next_step, reached, receipts_of

AT = datetime(2026, 11, 22, 18, 0, 0, 123_000, tzinfo=UTC)
TIMES = {step.value: AT.isoformat(timespec="milliseconds") for step in Step}


def states(file: MediaFile) -> list[str]:
    return [receipt.state for receipt in receipts_of(file)]


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (Step.RECEIVED, ["done", "doing", "waiting", "waiting"]),
        (Step.CHECKED, ["done", "done", "doing", "waiting"]),
        (Step.PROBED, ["done", "done", "done", "doing"]),
        (Step.RENDERED, ["done", "done", "done", "done"]),
    ],
)
def test_the_step_after_the_last_one_made_is_being_done(step: Step, found: list[str]) -> None:
    assert states(MediaFile(step=step, step_times=TIMES)) == found


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (Step.RECEIVED, ["done", "failed", "waiting", "waiting"]),
        (Step.CHECKED, ["done", "done", "failed", "waiting"]),
        (Step.PROBED, ["done", "done", "done", "failed"]),
    ],
)
def test_a_failure_stands_at_the_step_that_could_not_be_made(step: Step, found: list[str]) -> None:
    assert states(MediaFile(step=step, step_times=TIMES, failure="It broke")) == found


def test_receipts_say_when_and_how_far() -> None:
    assert receipts_of(MediaFile(step=Step.PROBED, step_times=TIMES, percent=40)) == [
        Receipt(Step.RECEIVED, "done", AT, 100),
        Receipt(Step.CHECKED, "done", AT, 100),
        Receipt(Step.PROBED, "done", AT, 100),
        Receipt(Step.RENDERED, "doing", None, 40),
    ]


def test_a_step_whose_time_was_not_kept_is_done_all_the_same() -> None:
    assert receipts_of(MediaFile(step=Step.RECEIVED))[0] == Receipt(Step.RECEIVED, "done", None, 100)


@pytest.mark.parametrize(
    ("step", "following"),
    [
        (Step.RECEIVED, Step.CHECKED),
        (Step.CHECKED, Step.PROBED),
        (Step.PROBED, Step.RENDERED),
        (Step.RENDERED, None),
    ],
)
def test_steps_follow_each_other(step: Step, following: Step | None) -> None:
    assert next_step(MediaFile(step=step)) == following


def test_a_step_that_is_reached_keeps_the_others_times_and_takes_the_new_one() -> None:
    before = {"received": "2026-11-22T17:00:00.000+00:00", "checked": "2026-11-22T17:01:00.000+00:00"}
    assert reached(before, Step.CHECKED, AT) == before | {"checked": "2026-11-22T18:00:00.123+00:00"}
    assert before["checked"] == "2026-11-22T17:01:00.000+00:00"

from datetime import UTC, datetime, timedelta

from signoff.audit.verbs import Verb
from signoff.ops.demo.round_times import Happened, RoundTime, round_times

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


def hours(number: float) -> datetime:
    return START + timedelta(hours=number)


def happened(at: float, verb: str, position: int = 1, is_client: bool = False) -> Happened:
    return Happened(hours(at), verb, position, True, is_client)


def test_a_round_is_added_shortly_before_it_is_handed_in():
    history = [happened(10, Verb.STAGE_CHANGED), happened(20, Verb.STAGE_SUBMITTED)]
    added = hours(20) - timedelta(minutes=14)
    assert round_times(history, 1, START, hours(30)) == [RoundTime(added, None, False)]


def test_a_round_follows_each_time_that_changes_are_asked_for():
    history = [
        happened(20, Verb.STAGE_SUBMITTED),
        happened(22, Verb.STAGE_CHANGES_REQUESTED),
        happened(30, Verb.STAGE_SUBMITTED),
        happened(31, Verb.STAGE_APPROVED),
        happened(40, Verb.STAGE_SUBMITTED, 2, is_client=True),
    ]
    early = timedelta(minutes=14)
    assert round_times(history, 2, START, hours(50)) == [
        RoundTime(hours(20) - early, hours(22), False),
        RoundTime(hours(30) - early, hours(31), True),
    ]


def test_the_client_has_seen_what_was_handed_in_to_them_and_nothing_later():
    history = [
        happened(20, Verb.STAGE_SUBMITTED, 1, is_client=True),
        happened(22, Verb.STAGE_CHANGES_REQUESTED, 1, is_client=True),
    ]
    times = round_times([*history, happened(30, Verb.STAGE_SUBMITTED)], 2, START, hours(40))
    assert [time.is_released for time in times] == [True, False]


def test_rounds_that_nobody_handed_in_lie_between_the_start_and_now():
    times = round_times([], 2, START, hours(100))
    assert [time.added_at for time in times] == [hours(42.5 / 1.5 * 1), hours(42.5 / 1.5 * 2)]
    assert [time.settled_at for time in times] == [None, None]


def test_the_idea_of_the_first_stage_is_no_round():
    history = [happened(2, Verb.STAGE_SUBMITTED, 0), happened(4, Verb.STAGE_CHANGES_REQUESTED, 0)]
    assert round_times(history, 1, START, hours(100)) == [RoundTime(hours(42.5), None, False)]


def test_a_round_comes_after_what_happened_just_before():
    history = [happened(20, Verb.STAGE_CHANGED), happened(20.1, Verb.STAGE_SUBMITTED)]
    (time,) = round_times(history, 1, START, hours(30))
    assert time.added_at == hours(20) + (hours(20.1) - hours(20)) / 2

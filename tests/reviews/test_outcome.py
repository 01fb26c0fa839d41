"""Whatever people say in whatever order: worst wins, and nobody is approved for."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signoff.reviews.models import Choice, Rule
from signoff.reviews.outcome import ANSWERS, ENDINGS, Group, outcome_of

A, W, R, N = Choice.APPROVE, Choice.APPROVE_WITH_CHANGES, Choice.REQUEST_CHANGES, Choice.NOT_MY_CALL
PEOPLE = [UUID(int=number) for number in range(1, 7)]
ONE, TWO, THREE = PEOPLE[:3]
at_leisure = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines differ


@st.composite
def groups(draw):
    people = tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True)))
    return Group(draw(st.sampled_from(Rule)), people, draw(st.integers(1, len(people))))


panels = st.lists(groups(), min_size=1, max_size=4)
sayings = st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(Choice))


@pytest.mark.parametrize(("rule", "quorum", "said", "result"), [
    (Rule.ALL, 0, [A, A], ""),
    (Rule.ALL, 0, [A, A, A], A),
    (Rule.ALL, 0, [A, A, N], A),
    (Rule.ALL, 0, [A, W, A], W),
    (Rule.ALL, 0, [N, N, N], N),
    (Rule.ALL, 0, [R], R),
    (Rule.ANY, 0, [A], A),
    (Rule.ANY, 0, [N], ""),
    (Rule.ANY, 0, [N, A], A),
    (Rule.ANY, 0, [N, N, N], N),
    (Rule.QUORUM, 2, [A], ""),
    (Rule.QUORUM, 2, [A, W], W),
    (Rule.QUORUM, 2, [A, N], ""),
    (Rule.QUORUM, 2, [A, N, N], ""),
    (Rule.QUORUM, 2, [N, N, N], N),
])  # fmt: skip
def test_a_group_of_three(rule, quorum, said, result):
    outcome = outcome_of(
        [Group(rule, (ONE, TWO, THREE), quorum)], dict(zip(PEOPLE, said, strict=False)), is_serial=False
    )
    assert outcome.result == result
    assert outcome.stuck == ({0} if said == [A, N, N] else set())


def test_groups_decide_one_after_the_other_where_they_should():
    pair = [Group(Rule.ALL, (ONE,)), Group(Rule.ALL, (TWO,))]
    turns = [outcome_of(pair, said, is_serial=True).turn for said in ({}, {ONE: A}, {ONE: A, TWO: A}, {ONE: R})]
    assert turns == [{0}, {0, 1}, set(), set()]
    assert outcome_of(pair, {}, is_serial=False).turn == {0, 1}


@at_leisure
@given(panels, sayings, st.booleans())
def test_worst_wins(panel, said, is_serial):
    outcome = outcome_of(panel, said, is_serial=is_serial)
    counted = {said[who] for group in panel for who in group.people if who in said}

    if R in counted:
        assert outcome.result == R
    elif all(outcome.settled):
        assert outcome.result == next((one for one in ANSWERS if one in counted), N)
    else:
        assert outcome.result == ""


@at_leisure
@given(panels, sayings)
def test_an_approval_needs_in_every_group_those_whom_its_rule_asks_for(panel, said):
    if outcome_of(panel, said, is_serial=False).result not in (A, W):
        return
    for group in panel:
        answers = [said[who] for who in group.people if who in said]
        real = [one for one in answers if one != N]
        everybody = len(answers) == len(group.people)
        needed = {Rule.ALL: len(group.people), Rule.ANY: 1, Rule.QUORUM: group.quorum}[group.rule]
        assert len(real) >= needed or (everybody and (group.rule != Rule.QUORUM or not real))


@at_leisure
@given(panels, sayings)
def test_whose_turn_it_is_changes_no_result(panel, said):
    serial, parallel = (outcome_of(panel, said, is_serial=one) for one in (True, False))
    assert (serial.result, serial.settled, serial.stuck) == (parallel.result, parallel.settled, parallel.stuck)
    assert serial.turn <= parallel.turn


@at_leisure
@given(panels, sayings, st.sampled_from(PEOPLE), st.sampled_from([A, W, R]))
def test_one_more_answer_never_makes_a_result_better(panel, said, who, choice):
    before = outcome_of(panel, said, is_serial=False).result
    after = outcome_of(panel, {who: choice} | said, is_serial=False).result
    if before in ENDINGS:
        assert ANSWERS.index(Choice(after)) <= ANSWERS.index(Choice(before))


@at_leisure
@given(panels, sayings)
def test_who_is_in_no_group_does_not_count(panel, said):
    stranger = UUID(int=99)
    assert outcome_of(panel, said | {stranger: R}, is_serial=True) == outcome_of(panel, said, is_serial=True)


@at_leisure
@given(panels, sayings)
def test_while_there_is_no_result_somebody_has_a_turn_or_is_stuck(panel, said):
    outcome = outcome_of(panel, said, is_serial=True)
    if outcome.result == "":
        waiting = [who for n in outcome.turn for who in panel[n].people if who not in said]
        assert waiting or outcome.stuck

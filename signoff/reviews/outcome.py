"""What a stage's decisions amount to, and whose turn it is. Pure: no database.

Worst wins: one request for changes is the result at once, since nothing can be worse. Otherwise there is none until
every group is settled. Who says that it is not their call has answered, and has no say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from signoff.reviews.models import Choice, Rule

ANSWERS = (Choice.REQUEST_CHANGES, Choice.APPROVE_WITH_CHANGES, Choice.APPROVE)  # the worst first
ENDINGS = frozenset(ANSWERS)  # nobody's call is no result that a stage could have


@dataclass(frozen=True, slots=True)
class Group:
    """`people` are the ids of those who are named; `quorum` counts where the rule is one."""

    rule: str
    people: tuple[UUID, ...]
    quorum: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`result` is empty until there is one, and `not_my_call` when everybody said so. `settled` goes with the groups;
    `turn` are the places of those that may decide now; `stuck` of those whose number cannot be reached any more."""

    result: str
    settled: tuple[bool, ...]
    turn: frozenset[int]
    stuck: frozenset[int]


def outcome_of(groups: Sequence[Group], choices: Mapping[UUID, str], *, is_serial: bool) -> Outcome:
    """`choices` is what each person last said; those of nobody's groups do not count."""
    settled = tuple(is_settled(group, choices) for group in groups)
    result = _result(groups, choices, all(settled))
    return Outcome(
        result=result,
        settled=settled,
        turn=frozenset() if result in ENDINGS else _turn(settled, is_serial),
        stuck=frozenset(n for n, group in enumerate(groups) if not settled[n] and _has_answered(group, choices)),
    )


def is_settled(group: Group, choices: Mapping[UUID, str]) -> bool:
    """Has this group said what it has to say?"""
    said = [choices[who] for who in group.people if who in choices]
    answers = sum(choice != Choice.NOT_MY_CALL for choice in said)
    if _has_answered(group, choices) and (group.rule != Rule.QUORUM or not answers):
        return True
    if group.rule == Rule.ALL:
        return False
    return answers >= (group.quorum if group.rule == Rule.QUORUM else 1)


def _has_answered(group: Group, choices: Mapping[UUID, str]) -> bool:
    return all(who in choices for who in group.people)


def _result(groups: Sequence[Group], choices: Mapping[UUID, str], is_over: bool) -> str:
    said = {choices[who] for group in groups for who in group.people if who in choices}
    if Choice.REQUEST_CHANGES in said:
        return Choice.REQUEST_CHANGES
    if not is_over or not groups:
        return ""
    return next((answer for answer in ANSWERS if answer in said), Choice.NOT_MY_CALL)


def _turn(settled: Sequence[bool], is_serial: bool) -> frozenset[int]:
    """One after the other: those that have answered may still change their mind, those after the next one wait."""
    if not is_serial or all(settled):
        return frozenset(range(len(settled)))
    return frozenset(range(settled.index(False) + 1))

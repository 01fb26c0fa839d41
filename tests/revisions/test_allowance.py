"""Rounds beyond the allowance: asked why, and kept with the answer."""

import pytest

from signoff.core.text import BadText
from signoff.revisions.allowance import Extra, extra_of, is_beyond
from signoff.revisions.errors import ReasonNeeded


@pytest.mark.parametrize(
    ("number", "included", "is_more"), [(1, None, False), (9, None, False), (3, 3, False), (4, 3, True), (1, 0, True)]
)
def test_a_round_is_beyond_when_more_were_not_agreed(number: int, included: int | None, is_more: bool) -> None:
    assert is_beyond(number, included) is is_more


def test_a_round_within_the_allowance_keeps_no_reason() -> None:
    assert [extra_of(3, included, "The client moved the logo", True) for included in (3, None)] == [Extra(), Extra()]


@pytest.mark.parametrize("reason", ["", "  ", "\n\t", "\u200b", "\u200e \u2060"])
@pytest.mark.parametrize(
    ("included", "words"),
    [
        (0, "0 rounds were agreed, this is number 3. Say why there is one more."),
        (1, "1 round was agreed, this is number 3. Say why there is one more."),
        (2, "2 rounds were agreed, this is number 3. Say why there is one more."),
    ],
)
def test_a_round_beyond_it_asks_why(reason: str, included: int, words: str) -> None:
    with pytest.raises(ReasonNeeded) as refused:
        extra_of(3, included, reason, True)
    assert (refused.value.message, refused.value.detail) == (
        words,
        {"field": "reason", "round": 3, "included": included},
    )


@pytest.mark.parametrize("is_chargeable", [True, False])
def test_a_reason_is_kept_on_one_line_with_who_pays(is_chargeable: bool) -> None:
    assert extra_of(2, 1, " New\n logo ", is_chargeable) == Extra("New logo", is_chargeable)


@pytest.mark.parametrize("reason", ["x" * 501, "a\x07b"])
def test_a_reason_that_cannot_be_kept_is_refused_at_its_field(reason: str) -> None:
    with pytest.raises(BadText) as refused:
        extra_of(2, 1, reason, True)
    assert refused.value.detail == {"field": "reason"}


def test_the_longest_reason_is_kept_whole() -> None:
    assert extra_of(2, 1, "x" * 500, False) == Extra("x" * 500, False)

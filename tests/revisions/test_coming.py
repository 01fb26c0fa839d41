"""What the next round would be: its number, what it answers, whether it goes beyond what was agreed."""

import pytest

from signoff.deliverables.models import Deliverable, Stage
from signoff.reviews.actions import request_changes
from signoff.revisions.coming import coming_round
from signoff.revisions.settle import settle
from tests import factories
from tests.cast import Cast
from tests.files import add_round


def ask_for_changes(cast: Cast, row: Deliverable, name: str, note: str) -> Stage:
    """Rev looks at the stage and sends it back."""
    stage = factories.stage(row, name)
    Stage.objects.filter(pk=stage.pk).update(status="in_review", assignee=cast.rev)
    request_changes(actor=cast.actor("rev"), stage=factories.stage(row, name), note=note)
    return stage


def said(row: Deliverable) -> list[tuple[str, str, str]]:
    answers = coming_round(Deliverable.objects.get(pk=row.pk)).answers
    return [(str(one.stage.definition), one.who, one.note) for one in answers]


def test_the_first_round_answers_nothing_and_replaces_nothing(key_visual):
    coming = coming_round(key_visual)
    assert (coming.number, coming.is_beyond, coming.answers, coming.before) == (1, False, [], None)


def test_the_last_request_of_each_stage_that_waits_is_answered(cast, key_visual):
    ask_for_changes(cast, key_visual, "Internal review", "Bigger logo.")
    ask_for_changes(cast, key_visual, "Internal review", "Smaller logo.")
    assert said(key_visual) == [("Internal review", "Rev Reviewer", "Smaller logo.")]


def test_a_request_that_was_answered_is_no_longer_said(cast, key_visual):
    stage = ask_for_changes(cast, key_visual, "Internal review", "Bigger logo.")
    Stage.objects.filter(pk=stage.pk).update(status="in_review")
    assert said(key_visual) == []


def test_another_deliverables_requests_are_its_own(cast, key_visual, first_light):
    ask_for_changes(cast, factories.deliverable(first_light, "Poster"), "Internal review", "Bigger logo.")
    assert said(key_visual) == []


@pytest.mark.parametrize(("included", "is_beyond"), [(None, False), (2, False), (1, True), (0, True)])
def test_a_round_beyond_those_that_were_agreed_says_so(cast, key_visual, included, is_beyond):
    add_round(cast.actor("art"), key_visual)
    Deliverable.objects.filter(pk=key_visual.pk).update(rounds_included=included)
    coming = coming_round(Deliverable.objects.get(pk=key_visual.pk))
    assert (coming.number, coming.included, coming.is_beyond) == (2, included, is_beyond)


def test_the_newest_round_may_be_replaced_until_somebody_spoke(cast, key_visual):
    revision = add_round(cast.actor("art"), key_visual)
    key_visual.refresh_from_db()
    assert coming_round(key_visual).before == revision
    settle(key_visual.pk)
    assert coming_round(key_visual).before is None


def test_the_stage_it_stands_at_can_be_handed_in_with_it(cast, key_visual):
    assert coming_round(key_visual).hands_in is None  # design is nobody's to approve
    Stage.objects.filter(pk=factories.stage(key_visual, "Design").pk).update(status="skipped")
    hands_in = coming_round(key_visual).hands_in
    assert hands_in == factories.stage(key_visual, "Internal review")

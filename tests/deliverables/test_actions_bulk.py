import pytest

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.deliverables.actions import edit_many, undo_act
from signoff.deliverables.actions.bulk import NotForMany
from signoff.deliverables.models import Deliverable, Stage
from tests import factories


@pytest.fixture
def three(first_light):
    return [factories.deliverable(first_light, f"Poster {n}") for n in (1, 2, 3)]


def test_many_change_as_one_act_and_go_back_as_one(cast, first_light, three):
    result = edit_many(
        actor=cast.actor("pat"),
        project=first_light,
        deliverable_ids=[row.pk for row in three],
        changes={"priority": "high", "assignee": cast.art},
    )
    assert (result.changed, result.refused) == (3, [])
    assert set(Event.objects.values_list("act", flat=True)) == {result.act}
    assert set(Deliverable.objects.values_list("priority", "assignee__name")) == {("high", "Art Maker")}

    assert undo_act(actor=cast.actor("pat"), act=result.act).undone == 3
    assert set(Deliverable.objects.values_list("priority", "assignee__name")) == {("normal", None)}


def test_rows_that_refuse_are_named_and_the_others_change(cast, first_light, three):
    review = factories.stage(three[0], "Internal review")
    Stage.objects.filter(definition=review.definition).exclude(pk=review.pk).update(status="in_review")
    result = edit_many(
        actor=cast.actor("rev"),
        project=first_light,
        deliverable_ids=[row.pk for row in three],
        definition_id=review.definition_id,
        stage_changes={"status": "changes_requested"},
    )
    assert result.changed == 2
    assert [(one.deliverable_id, one.code) for one in result.refused] == [(three[0].pk, "illegal_move")]


def test_rows_of_another_project_are_not_found(cast, first_light, three):
    other = factories.deliverable(factories.project(cast.organization, "Other"), "Elsewhere")
    theirs = factories.deliverable(factories.project(cast.elsewhere, "Theirs"), "Theirs")
    result = edit_many(
        actor=cast.actor("pat"),
        project=first_light,
        deliverable_ids=[other.pk, theirs.pk],
        changes={"priority": "low"},
    )
    assert (result.changed, {one.code for one in result.refused}) == (0, {"not_found"})


@pytest.mark.parametrize("changes", [{"name": "Same"}, {"slug": "same"}, {}])
def test_a_name_is_not_for_many(cast, first_light, three, changes):
    with pytest.raises(NotForMany):
        edit_many(actor=cast.actor("pat"), project=first_light, deliverable_ids=[three[0].pk], changes=changes)


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_others_may_not(cast, first_light, three, who):
    with pytest.raises(NotAllowed):
        edit_many(
            actor=cast.actor(who), project=first_light, deliverable_ids=[three[0].pk], changes={"priority": "low"}
        )

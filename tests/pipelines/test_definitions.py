import pytest

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.core.text import BadText
from signoff.pipelines.actions import add_definition, archive_definition, change_definition, restore_definition
from signoff.pipelines.errors import NoSuchApprovalType, StageDefinitionTaken
from signoff.pipelines.models import StageDefinition
from tests.together import at_once


def add(cast, who="pat", **values):
    given = {"name": "Legal check"} | values
    return add_definition(actor=cast.actor(who), organization=cast.organization, **given)


def test_a_stage_joins_the_library(cast):
    made = add(cast, approval_type="formal", is_with_client=True)
    assert (made.name, made.approval_type, made.is_with_client) == ("Legal check", "formal", True)
    assert list(Event.objects.values_list("verb", "subject_label")) == [("stage_definition.added", "Legal check")]


@pytest.mark.parametrize(
    ("values", "refusal", "field"),
    [
        ({"name": ""}, BadText, "name"),
        ({"name": "x" * 81}, BadText, "name"),
        ({"name": "\x00"}, BadText, "name"),
        ({"approval_type": "NONE"}, NoSuchApprovalType, "approval_type"),
        ({"name": "DESIGN"}, StageDefinitionTaken, "name"),
    ],
)
def test_a_stage_that_cannot_be_is_refused_at_its_field(cast, campaign, values, refusal, field):
    with pytest.raises(refusal) as refused:
        add(cast, **values)
    assert (refused.value.detail, StageDefinition.objects.count()) == ({"field": field}, 3)


def test_a_change_of_the_library_leaves_pipelines_their_approval(cast, campaign):
    design = StageDefinition.objects.get(name="Design")
    for _ in range(2):
        change_definition(
            actor=cast.actor("pat"), definition=design, changes={"name": "Layout", "approval_type": "simple"}
        )
    assert list(campaign.stages.values_list("definition__name", "approval_type"))[0] == ("Layout", "none")
    assert Event.objects.get().changes == {"name": ["Design", "Layout"], "approval_type": ["none", "simple"]}


def test_archived_twice_is_once_and_comes_back(cast):
    legal, pat = add(cast), cast.actor("pat")
    for _ in range(2):
        archived = archive_definition(actor=pat, definition=legal)
    assert archived.archived_on is not None
    assert restore_definition(actor=pat, definition=legal).archived_on is None
    assert Event.objects.count() == 3


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_others_may_not_touch_the_library(cast, who):
    legal, actor = add(cast), cast.actor(who)
    for act in (
        lambda: add(cast, who, name="X"),
        lambda: change_definition(actor=actor, definition=legal, changes={"name": "X"}),
        lambda: archive_definition(actor=actor, definition=legal),
        lambda: restore_definition(actor=actor, definition=legal),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_adding_one_name_at_once_one_is_refused(cast):
    outcomes = at_once(lambda: add(cast), lambda: add(cast, name="legal CHECK"))
    assert (outcomes, StageDefinition.objects.count()) == (["done", "stage_definition_taken"], 1)

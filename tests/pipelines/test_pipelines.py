import pytest

from signoff.accounts.actions import deactivate_member
from signoff.accounts.models import Membership
from signoff.audit.models import Event
from signoff.core.changes import ChangedMeanwhile
from signoff.core.errors import NotAllowed, NotFound
from signoff.core.text import BadText
from signoff.deliverables.models import Stage
from signoff.pipelines.actions import (
    StageDraft,
    add_pipeline,
    archive_definition,
    archive_pipeline,
    change_pipeline,
    copy_pipeline,
    make_default,
    restore_pipeline,
)
from signoff.pipelines.errors import BadStages, DefaultPipelineStays, PipelineArchived, PipelineTaken
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from tests import factories
from tests.together import at_once


def definition(cast, name: str) -> StageDefinition:
    return StageDefinition.objects.get_or_create(organization=cast.organization, name=name)[0]


def drafts(cast, *names: str, approval: str = "none", **values) -> list[StageDraft]:
    return [StageDraft(definition(cast, name), approval, **values) for name in names]


def stages(pipeline: PipelineTemplate) -> list[tuple[int, str, str]]:
    return list(pipeline.stages.values_list("position", "definition__name", "approval_type"))


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def change(cast, pipeline, stages, who="pat", **values):
    given = {"name": pipeline.name, "version": None} | values
    return change_pipeline(actor=cast.actor(who), pipeline=pipeline, stages=stages, **given)


def test_the_first_pipeline_is_the_default_and_the_next_is_not(cast):
    made = [
        add_pipeline(
            actor=cast.actor("pat"), organization=cast.organization, name=name, stages=drafts(cast, "Design", "Proof")
        )
        for name in ("Campaign", "Film")
    ]
    assert [one.is_default for one in made] == [True, False]
    assert stages(made[1]) == [(1, "Design", "none"), (2, "Proof", "none")]
    assert verbs() == ["pipeline.added", "pipeline.added"]


def test_stages_are_added_moved_changed_and_removed_in_one_go(cast, campaign):
    kept = campaign.stages.get(definition__name="Design").pk
    wanted = [
        StageDraft(definition(cast, "Client approval"), "formal", None, 3),
        StageDraft(definition(cast, "Concept"), "none", cast.art, 2),
        StageDraft(definition(cast, "Design"), "none"),
    ]
    changed = change(cast, campaign, wanted, name="Campaign 2", version=1)
    assert (changed.name, changed.version) == ("Campaign 2", 2)
    assert stages(campaign) == [(1, "Client approval", "formal"), (2, "Concept", "none"), (3, "Design", "none")]
    assert campaign.stages.get(definition__name="Design").pk == kept
    event = Event.objects.get()
    assert (event.verb, event.changes["name"]) == ("pipeline.changed", ["Campaign", "Campaign 2"])
    old, new = event.changes["stages"]
    assert [stage["name"] for stage in old] == ["Design", "Internal review", "Client approval"]
    assert [(stage["name"], stage["assignee"], stage["days"]) for stage in new] == [
        ("Client approval", "", 3),
        ("Concept", "Art Maker", 2),
        ("Design", "", None),
    ]


def test_an_edit_leaves_deliverables_at_work_as_they_are(cast, campaign, key_visual):
    change(cast, campaign, drafts(cast, "Concept"))
    assert list(Stage.objects.filter(deliverable=key_visual).values_list("definition__name", flat=True)) == [
        "Design",
        "Internal review",
        "Client approval",
    ]


def test_saving_the_same_again_is_no_change(cast, campaign):
    for _ in range(2):
        changed = change(cast, campaign, drafts(cast, "Concept", "Design"))
    assert (changed.version, verbs()) == (2, ["pipeline.changed"])


def test_who_saw_an_older_version_learns_what_it_is_now(cast, campaign):
    change(cast, campaign, drafts(cast, "Concept"), name="Theirs", version=1)
    with pytest.raises(ChangedMeanwhile) as refused:
        change(cast, campaign, drafts(cast, "Design"), name="Mine", version=1)
    current = refused.value.detail["current"]
    assert (current["name"], current["version"]) == ("Theirs", 2)
    assert [stage["name"] for stage in current["stages"]] == ["Concept"]
    campaign.refresh_from_db()
    assert (campaign.name, stages(campaign)) == ("Theirs", [(1, "Concept", "none")])


@pytest.mark.django_db(transaction=True)
def test_of_two_saving_one_version_at_once_the_second_is_told(cast, campaign):
    outcomes = at_once(
        lambda: change(cast, campaign, drafts(cast, "Concept"), version=1),
        lambda: change(cast, campaign, drafts(cast, "Design"), version=1),
    )
    campaign.refresh_from_db()
    assert (outcomes, campaign.version, campaign.stages.count()) == (["changed_meanwhile", "done"], 2, 1)


def bad_lists(cast):
    concept = definition(cast, "Concept")
    return {
        "none at all": [],
        "twice": drafts(cast, "Concept", "Design", "Concept"),
        "approval": [StageDraft(concept, "maybe")],
        "no days": [StageDraft(concept, "none", None, 0)],
        "too many days": [StageDraft(concept, "none", None, 366)],
        "a stranger": [StageDraft(concept, "none", cast.stranger)],
        "too many": drafts(cast, *[f"Stage {n}" for n in range(31)]),
    }


@pytest.mark.parametrize(
    "which", ["none at all", "twice", "approval", "no days", "too many days", "a stranger", "too many"]
)
def test_a_list_that_cannot_be_changes_nothing(cast, campaign, which):
    before = stages(campaign)
    with pytest.raises(BadStages) as refused:
        change(cast, campaign, bad_lists(cast)[which], name="Other")
    assert refused.value.detail["field"] == "stages"
    campaign.refresh_from_db()
    assert (campaign.name, campaign.version, stages(campaign), verbs()) == ("Campaign", 1, before, [])


@pytest.mark.parametrize("name", ["", "a\x00", "x" * 81])
def test_a_bad_name_is_refused_at_its_field(cast, campaign, name):
    with pytest.raises(BadText) as refused:
        change(cast, campaign, drafts(cast, "Design"), name=name)
    assert refused.value.detail == {"field": "name"}


def test_a_taken_name_is_refused_whatever_its_case(cast, campaign):
    film = factories.pipeline(cast.organization, "Film")
    for act in (
        lambda: change(cast, film, drafts(cast, "Concept"), name="CAMPAIGN"),
        lambda: add_pipeline(
            actor=cast.actor("pat"), organization=cast.organization, name="campaign", stages=drafts(cast, "Design")
        ),
    ):
        with pytest.raises(PipelineTaken) as refused:
            act()
        assert refused.value.detail == {"field": "name"}
    assert (film.stages.count(), PipelineTemplate.objects.count()) == (3, 2)


def test_a_definition_of_another_house_is_not_found(cast, campaign):
    theirs = StageDefinition.objects.create(organization=cast.elsewhere, name="Secret")
    with pytest.raises(NotFound):
        change(cast, campaign, [StageDraft(theirs, "none")])
    assert campaign.stages.count() == 3


def test_what_a_stage_has_may_stay_but_not_come_anew(cast, campaign):
    concept = definition(cast, "Concept")
    change(cast, campaign, [StageDraft(concept, "none", cast.art)])
    archive_definition(actor=cast.actor("pat"), definition=concept)
    deactivate_member(actor=cast.actor("ada"), membership=Membership.objects.get(user=cast.art))
    concept.refresh_from_db()
    kept = [StageDraft(concept, "simple", cast.art)]
    assert stages(change(cast, campaign, kept)) == [(1, "Concept", "simple")]
    with pytest.raises(BadStages):
        add_pipeline(actor=cast.actor("pat"), organization=cast.organization, name="New", stages=kept)
    with pytest.raises(BadStages) as refused:
        change(cast, campaign, [*kept, StageDraft(definition(cast, "Design"), "none", cast.art)])
    assert refused.value.detail["definition"] == str(definition(cast, "Design").pk)


def test_a_copy_has_the_same_stages_and_a_free_name(cast, campaign):
    names = [copy_pipeline(actor=cast.actor("pat"), pipeline=campaign).name for _ in range(2)]
    assert names == ["Campaign copy", "Campaign copy 2"]
    copy = PipelineTemplate.objects.get(name="Campaign copy")
    assert (stages(copy), copy.is_default) == (stages(campaign), False)


def test_there_is_one_default_and_it_is_not_archived(cast, campaign):
    film, pat = factories.pipeline(cast.organization, "Film"), cast.actor("pat")
    for _ in range(2):
        make_default(actor=pat, pipeline=film)
    assert list(PipelineTemplate.objects.filter(is_default=True)) == [film]
    with pytest.raises(DefaultPipelineStays):
        archive_pipeline(actor=pat, pipeline=film)
    for _ in range(2):
        archive_pipeline(actor=pat, pipeline=campaign)
    assert set(PipelineTemplate.objects.in_use()) == {film}
    with pytest.raises(PipelineArchived):
        make_default(actor=pat, pipeline=campaign)
    with pytest.raises(PipelineArchived):
        change(cast, campaign, drafts(cast, "Design"))
    restore_pipeline(actor=pat, pipeline=campaign)
    assert set(PipelineTemplate.objects.in_use()) == {film, campaign}
    assert verbs() == ["pipeline.changed", "pipeline.removed", "pipeline.changed"]


@pytest.mark.django_db(transaction=True)
def test_two_defaults_at_once_leave_one(cast, campaign):
    film, still, pat = (
        factories.pipeline(cast.organization, "Film"),
        factories.pipeline(cast.organization, "Still"),
        cast.actor("pat"),
    )
    outcomes = at_once(
        lambda: make_default(actor=pat, pipeline=film),
        lambda: make_default(actor=pat, pipeline=still),
    )
    assert (outcomes, PipelineTemplate.objects.filter(is_default=True).count()) == (["done", "done"], 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_made_default_and_archived_at_once_is_never_both(cast, campaign):
    film, pat = factories.pipeline(cast.organization, "Film"), cast.actor("pat")
    outcomes = at_once(
        lambda: make_default(actor=pat, pipeline=film),
        lambda: archive_pipeline(actor=pat, pipeline=film),
    )
    assert outcomes in (["default_pipeline_stays", "done"], ["done", "pipeline_archived"])
    assert PipelineTemplate.objects.filter(is_default=True, archived_on__isnull=True).count() == 1


@pytest.mark.parametrize("who", ["art", "rev", "mia", "stranger"])
def test_others_may_not_touch_pipelines(cast, campaign, who):
    actor, some = cast.actor(who), drafts(cast, "Design")
    for act in (
        lambda: add_pipeline(actor=actor, organization=cast.organization, name="X", stages=some),
        lambda: change(cast, campaign, some, who),
        lambda: copy_pipeline(actor=actor, pipeline=campaign),
        lambda: make_default(actor=actor, pipeline=campaign),
        lambda: archive_pipeline(actor=actor, pipeline=campaign),
        lambda: restore_pipeline(actor=actor, pipeline=campaign),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert verbs() == []

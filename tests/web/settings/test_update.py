from collections.abc import Callable

import pytest
from django.test import Client

from signoff.deliverables.catch_up import behind
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.pipelines.actions import StageDraft, change_pipeline
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from signoff.web.settings.update import is_reordered
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def edit(cast: Cast, pipeline: PipelineTemplate, *stages: tuple[str, str]) -> None:
    named = [
        StageDraft(StageDefinition.objects.get_or_create(organization=cast.organization, name=name)[0], approval)
        for name, approval in stages
    ]
    change_pipeline(actor=cast.actor("pat"), pipeline=pipeline, name=pipeline.name, stages=named)


def names(deliverable: Deliverable) -> list[str]:
    return list(Stage.objects.filter(deliverable=deliverable).values_list("definition__name", flat=True))


@pytest.fixture
def address(campaign: PipelineTemplate) -> str:
    return f"/settings/pipelines/{campaign.pk}/deliverables"


def test_it_is_said_which_differ_and_how(
    cast: Cast, campaign: PipelineTemplate, key_visual: Deliverable, address: str, browser_of: Browsers
) -> None:
    pat = browser_of("pat")
    assert "Nothing differs" in page(pat.get(address))
    assert page(pat.get(f"{address}?part=notice")).strip() == ""
    Stage.objects.filter(definition__name="Internal review").update(status=StageStatus.IN_PROGRESS)
    edit(cast, campaign, ("Concept", "none"), ("Client approval", "formal"))
    assert "1 open deliverable differs from this pipeline." in page(pat.get(f"{address}?part=notice"))
    said = page(pat.get(address))
    assert [
        words in said
        for words in (
            "Key visual",
            "adds Concept",
            "takes out Design",
            "keeps Internal review: work was done on it",
            "Client approval: Simple → Formal",
        )
    ] == [True] * 5


def test_only_the_ticked_ones_are_updated(
    cast: Cast, campaign: PipelineTemplate, key_visual: Deliverable, address: str, browser_of: Browsers
) -> None:
    other = factories.deliverable(key_visual.project, "Billboard")
    edit(cast, campaign, ("Concept", "none"), ("Design", "none"))
    answer = browser_of("pat").post(address, {"deliverable": [str(key_visual.pk), "nonsense"]}, follow=True)
    assert "1 deliverable is up to date." in page(answer)
    assert names(key_visual) == ["Concept", "Design"]
    assert names(other) == ["Design", "Internal review", "Client approval"]


def test_all_are_updated_at_once_and_twice_is_once(
    cast: Cast, campaign: PipelineTemplate, key_visual: Deliverable, address: str, browser_of: Browsers
) -> None:
    factories.deliverable(key_visual.project, "Billboard")
    edit(cast, campaign, ("Concept", "none"))
    pat = browser_of("pat")
    assert "2 deliverables are up to date." in page(pat.post(address, {"which": "all"}, follow=True))
    assert "Nothing was ticked that still differs." in page(pat.post(address, {"which": "all"}, follow=True))


def test_deliverables_of_another_house_stay(
    cast: Cast, campaign: PipelineTemplate, address: str, browser_of: Browsers
) -> None:
    theirs = factories.deliverable(
        factories.project(cast.elsewhere, pipeline=factories.pipeline(cast.elsewhere, "Theirs"))
    )
    edit(cast, campaign, ("Concept", "none"))
    browser_of("pat").post(address, {"deliverable": str(theirs.pk)})
    assert names(theirs) == ["Design", "Internal review", "Client approval"]


def test_a_stage_between_is_no_new_order_but_a_swap_is(
    cast: Cast, campaign: PipelineTemplate, key_visual: Deliverable
) -> None:
    seen = []
    for stages in (
        ("Concept", "Design", "Internal review", "Client approval"),
        ("Internal review", "Design", "Client approval"),
    ):
        edit(cast, campaign, *[(name, "simple" if name != "Design" else "none") for name in stages])
        seen.append([is_reordered(one) for one in behind(cast.actor("pat"), campaign)])
    assert seen == [[False], [True]]


def test_more_deliverables_are_not_more_queries(
    cast: Cast,
    campaign: PipelineTemplate,
    key_visual: Deliverable,
    address: str,
    browser_of: Browsers,
    django_assert_num_queries,
) -> None:  # type: ignore[no-untyped-def]
    edit(cast, campaign, ("Concept", "none"))
    pat = browser_of("pat")
    with django_assert_num_queries(12):
        pat.get(address)
    for name in ("A", "B"):
        row = factories.deliverable(key_visual.project, name)
        Stage.objects.filter(deliverable=row).delete()
    with django_assert_num_queries(12):
        pat.get(address)

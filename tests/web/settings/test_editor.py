import re
from collections.abc import Callable

import pytest
from django.test import Client

from signoff.audit.models import Event
from signoff.core.ids import new_id
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def address(pipeline: PipelineTemplate) -> str:
    return f"/settings/pipelines/{pipeline.pk}"


def stages(pipeline: PipelineTemplate) -> list[tuple[str, str, str | None, int | None]]:
    return list(pipeline.stages.values_list("definition__name", "approval_type", "assignee__name", "days"))


def form(pipeline: PipelineTemplate, *names: str, **more: str) -> dict[str, object]:
    """What the editor sends for stages of these names, in this order."""
    known = {one.name: one for one in StageDefinition.objects.filter(organization=pipeline.organization)}
    sent: dict[str, object] = {"name": pipeline.name, "version": str(pipeline.version)}
    sent["stage"] = [str(known[name].pk) for name in names]
    sent |= {f"approval-{known[name].pk}": known[name].approval_type for name in names}
    return sent | more


def order(answer) -> list[str]:  # type: ignore[no-untyped-def]
    """The stages of the list as the page shows them, not those that wait in the library."""
    listed = page(answer).split("data-stages")[1].split("</ol>")[0]
    return re.findall(r'data-name="([^"]+)"', listed)


def key(name: str) -> str:
    return str(StageDefinition.objects.get(name=name).pk)


def test_the_whole_form_is_saved(cast: Cast, campaign: PipelineTemplate, browser_of: Browsers) -> None:
    sent = form(campaign, "Client approval", "Design", name="Campaign <2>")
    sent |= {
        f"approval-{key('Design')}": "formal",
        f"assignee-{key('Design')}": str(cast.art.pk),
        f"days-{key('Design')}": " 4 ",
    }
    answer = browser_of("pat").post(address(campaign), sent, follow=True)
    campaign.refresh_from_db()
    assert answer.redirect_chain == [(address(campaign), 302)]
    assert "Campaign &lt;2&gt; is saved." in page(answer)
    assert (campaign.name, campaign.version) == ("Campaign <2>", 2)
    assert stages(campaign) == [("Client approval", "simple", None, None), ("Design", "formal", "Art Maker", 4)]


@pytest.mark.parametrize(
    ("act", "name", "there"),
    [
        ("up", "Client approval", ["Design", "Client approval", "Internal review"]),
        ("up", "Design", ["Design", "Internal review", "Client approval"]),
        ("down", "Design", ["Internal review", "Design", "Client approval"]),
        ("down", "Client approval", ["Design", "Internal review", "Client approval"]),
        ("remove", "Design", ["Internal review", "Client approval"]),
        ("add", "Proof", ["Design", "Internal review", "Client approval", "Proof"]),
        ("add", "Design", ["Design", "Internal review", "Client approval"]),
    ],
)
def test_without_scripts_a_button_changes_the_form_and_saves_nothing(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers, act: str, name: str, there: list[str]
) -> None:
    StageDefinition.objects.create(organization=cast.organization, name="Proof")
    sent = form(campaign, "Design", "Internal review", "Client approval", name="Typed") | {act: key(name)}
    answer = browser_of("pat").post(address(campaign), sent)
    assert (answer.status_code, order(answer), 'value="Typed"' in page(answer)) == (200, there, True)
    assert "Changes are not saved yet." in page(answer)
    assert (campaign.stages.count(), Event.objects.count()) == (3, 0)


def test_who_was_slower_sees_both_and_may_save_over_it(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers
) -> None:
    pat = browser_of("pat")
    pat.post(address(campaign), form(campaign, "Design", name="Theirs"))
    slower = pat.post(address(campaign), form(campaign, "Client approval", "Design", name="Mine"))
    assert slower.status_code == 409
    assert "Somebody else saved this pipeline while you edited it." in page(slower)
    assert "It is now “Theirs”: Design." in page(slower)
    assert (order(slower), 'value="Mine"' in page(slower)) == (["Client approval", "Design"], True)
    over = form(campaign, "Client approval", "Design", name="Mine") | {"version": ["1", "2"]}
    assert pat.post(address(campaign), over).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.name, campaign.version) == ("Mine", 3)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "x" * 81}, "At most 80 characters, this has 81."),
        ({"name": "film"}, "There is a pipeline of this name already."),
        ({"name": "a\x00b"}, "Control characters cannot be stored here"),
        ({"stage": []}, "A pipeline has at least one stage."),
        ({"days": "soon"}, "is not a number of working days."),
        ({"days": "0"}, "1 to 365 working days, or nothing."),
        ({"days": "٣"}, "is not a number of working days."),
        ({"approval": "maybe"}, "the approval is none, simple or formal."),
    ],
)
def test_what_cannot_be_is_said_where_it_is_and_what_was_typed_stays(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers, more: dict[str, str], words: str
) -> None:
    factories.pipeline(cast.organization, "Film")
    keyed = {name if name in ("name", "stage") else f"{name}-{key('Design')}": value for name, value in more.items()}
    sent = form(campaign, "Client approval", "Design", **keyed)
    answer = browser_of("pat").post(address(campaign), sent)
    assert (answer.status_code, words in page(answer)) == (422, True)
    assert order(answer) == ([] if more.get("stage") == [] else ["Client approval", "Design"])
    assert (campaign.stages.count(), Event.objects.count()) == (3, 0)


def test_a_stage_or_person_of_another_house_is_not_there(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers
) -> None:
    pat = browser_of("pat")
    theirs = StageDefinition.objects.create(organization=cast.elsewhere, name="Secret")
    assert pat.post(address(campaign), form(campaign, "Design") | {"stage": str(theirs.pk)}).status_code == 404
    assert pat.post(address(campaign), form(campaign, "Design") | {"add": str(theirs.pk)}).status_code == 404
    for who in (str(cast.stranger.pk), str(new_id()), "nonsense"):
        sent = form(campaign, "Design") | {f"assignee-{key('Design')}": who}
        assert pat.post(address(campaign), sent).status_code == 404
    assert (campaign.stages.count(), Event.objects.count()) == (3, 0)


def test_a_new_pipeline_starts_from_the_default_one(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers
) -> None:
    pat = browser_of("pat")
    assert order(pat.get("/settings/pipelines/new")) == ["Design", "Internal review", "Client approval"]
    refused = pat.post("/settings/pipelines/new", form(campaign, "Design"))
    assert (refused.status_code, "There is a pipeline of this name already." in page(refused)) == (422, True)
    answer = pat.post("/settings/pipelines/new", form(campaign, "Design", name="Film"))
    made = PipelineTemplate.objects.get(name="Film")
    assert (answer["Location"], made.is_default) == (address(made), False)
    assert stages(made) == [("Design", "none", None, None)]


def test_the_first_pipeline_of_a_house_without_a_library_shows_the_way(cast: Cast, browser_of: Browsers) -> None:
    said = page(browser_of("pat").get("/settings/pipelines/new"))
    assert ("The library is empty." in said, "Add the first stage" in said) == (True, True)


def test_an_archived_pipeline_is_only_looked_at(cast: Cast, campaign: PipelineTemplate, browser_of: Browsers) -> None:
    film = factories.pipeline(cast.organization, "Film", archived_on="2026-01-01")
    pat = browser_of("pat")
    assert "Save changes" not in page(pat.get(address(film)))
    refused = pat.post(address(film), form(film, "Design"))
    assert (refused.status_code, "This pipeline is archived." in page(refused)) == (422, True)


def test_more_stages_are_not_more_queries(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    pat = browser_of("pat")
    campaign.stages.exclude(position=1).delete()
    with django_assert_num_queries(12):
        pat.get(address(campaign))
    film = factories.pipeline(cast.organization, "Film", [(f"Stage {number}", "none") for number in range(8)])
    factories.member(cast.organization, "Bea Maker")
    with django_assert_num_queries(12):
        pat.get(address(film))

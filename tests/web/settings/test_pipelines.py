from collections.abc import Callable

from django.test import Client

from signoff.pipelines.models import PipelineTemplate
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_a_house_without_pipelines_is_offered_the_first(cast: Cast, browser_of: Browsers) -> None:
    said = page(browser_of("pat").get("/settings/pipelines"))
    assert ("Which stages does your work pass?" in said, "/settings/pipelines/new" in said) == (True, True)


def test_another_becomes_the_default_and_the_old_one_can_go(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers
) -> None:
    pat, film = browser_of("pat"), factories.pipeline(cast.organization, "Film")
    refused = page(pat.post(f"/settings/pipelines/{campaign.pk}/archive", follow=True))
    assert "This is the default pipeline." in refused
    pat.post(f"/settings/pipelines/{film.pk}/default")
    said = page(pat.post(f"/settings/pipelines/{campaign.pk}/archive", follow=True))
    assert ("Campaign is archived." in said, "1 archived pipeline" in said) == (True, True)
    assert f'hx-post="/settings/pipelines/{campaign.pk}/restoration"' in said
    again = page(pat.post(f"/settings/pipelines/{campaign.pk}/default", follow=True))
    assert "This pipeline is archived." in again
    pat.post(f"/settings/pipelines/{campaign.pk}/restoration")
    assert set(PipelineTemplate.objects.in_use()) == {film, campaign}


def test_a_copy_opens_in_the_editor(cast: Cast, campaign: PipelineTemplate, browser_of: Browsers) -> None:
    answer = browser_of("pat").post(f"/settings/pipelines/{campaign.pk}/copies")
    copy = PipelineTemplate.objects.get(name="Campaign copy")
    assert answer["Location"] == f"/settings/pipelines/{copy.pk}"


def test_more_pipelines_are_not_more_queries(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    pat = browser_of("pat")
    with django_assert_num_queries(10):
        pat.get("/settings/pipelines")
    for name in ("Film", "Still"):
        pipeline = factories.pipeline(cast.organization, name)
        factories.deliverable(factories.project(cast.organization, name, pipeline=pipeline))
    with django_assert_num_queries(10):
        pat.get("/settings/pipelines")


def test_the_counts_are_what_is_open(cast: Cast, campaign: PipelineTemplate, browser_of: Browsers) -> None:
    project = factories.project(cast.organization)
    factories.deliverable(project, "Open")
    factories.deliverable(project, "Done", status="approved")
    archived = factories.project(cast.organization, archived_on="2026-01-01")
    factories.deliverable(archived, "Put away")
    row = browser_of("pat").get("/settings/pipelines").content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert row.count('<td class="end num">1</td>') == 2

from collections.abc import Callable

import pytest
from django.test import Client

from signoff.pipelines.models import PipelineTemplate, StageDefinition
from tests.cast import Cast

Browsers = Callable[[str], Client]


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_a_library_is_started_filled_and_edited(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    assert "Which steps does your work take?" in page(pat.get("/settings/stages"))
    said = page(pat.post("/settings/stages", {"name": "Légal ✓", "approval_type": "formal"}, follow=True))
    assert "Légal ✓ is in the library." in said
    made = StageDefinition.objects.get()
    pat.post(f"/settings/stages/{made.pk}", {"name": "Legal", "approval_type": "simple", "is_with_client": "1"})
    made.refresh_from_db()
    assert (made.name, made.approval_type, made.is_with_client) == ("Legal", "simple", True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "design"}, "The library has a stage of this name already."),
        ({"name": "x" * 81}, "At most 80 characters, this has 81."),
        ({"approval_type": "NONE"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    cast: Cast, campaign: PipelineTemplate, browser_of: Browsers, sent: dict[str, str], words: str
) -> None:
    answer = browser_of("pat").post("/settings/stages", {"name": "Proof", "approval_type": "none"} | sent)
    assert (answer.status_code, words in page(answer), StageDefinition.objects.count()) == (422, True, 3)


def test_archiving_offers_to_undo(cast: Cast, campaign: PipelineTemplate, browser_of: Browsers) -> None:
    pat, address = browser_of("pat"), f"/settings/stages/{StageDefinition.objects.get(name='Design').pk}"
    assert f'hx-post="{address}/restoration"' in page(pat.post(f"{address}/archive", follow=True))
    pat.post(f"{address}/restoration")
    assert not StageDefinition.objects.filter(archived_on__isnull=False).exists()


def test_more_stages_are_not_more_queries(cast: Cast, browser_of: Browsers, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    pat = browser_of("pat")
    StageDefinition.objects.create(organization=cast.organization, name="One")
    with django_assert_num_queries(8):
        pat.get("/settings/stages")
    for name in ("Two", "Three"):
        StageDefinition.objects.create(organization=cast.organization, name=name)
    with django_assert_num_queries(8):
        pat.get("/settings/stages")

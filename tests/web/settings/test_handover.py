"""Settings, a person: what they hold, handing it over, closing with it, and taking both back."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.models import Membership
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import Project
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]


@pytest.fixture
def held(cast: Cast, key_visual: Deliverable) -> Deliverable:
    """Pat owns the project and has the deliverable, its design and its review."""
    Deliverable.objects.update(assignee=cast.pat)
    Stage.objects.exclude(definition__name="Client approval").update(assignee=cast.pat)
    return key_visual


def member(cast: Cast, who: str) -> Membership:
    return Membership.objects.get(user=cast.people[who])


def address(cast: Cast, who: str) -> str:
    return f"/settings/people/{member(cast, who).pk}"


def test_the_page_says_what_they_hold_and_who_could_take_it(
    cast: Cast, held: Deliverable, browser_of: Browsers
) -> None:
    page = browser_of("ada").get(address(cast, "pat")).content.decode()
    assert re.findall(r"<li><div><b>([^<]*)</b>", page)[:4] == [
        "1 open stage to work on",
        "1 open stage to approve",
        "1 open deliverable",
        "1 project of their own",
    ]
    assert f'href="/projects/{held.project_id}?who={cast.pat.pk}">First light</a>' in page
    choices = {
        kind: re.findall(r"<option value=\"[^\"]+\">([^,]+),", options)
        for kind, options in re.findall(r'<select class="select" id="to-(\w+)".*?>(.*?)</select>', page)
    }
    assert choices == {
        "work": ["Ada Admin", "Art Maker"],
        "approvals": ["Ada Admin", "Rev Reviewer"],
        "deliverables": ["Ada Admin", "Art Maker"],
        "projects": ["Ada Admin"],
    }


def test_who_holds_nothing_has_nothing_to_hand_over(cast: Cast, held: Deliverable, browser_of: Browsers) -> None:
    assert 'id="h-work"' not in browser_of("ada").get(address(cast, "rev")).content.decode()


def owners() -> tuple[str, ...]:
    stages = Stage.objects.order_by("position").values_list("assignee__name", flat=True)
    return (Project.objects.get().owner.name, Deliverable.objects.get().assignee.name, *stages[:2])  # type: ignore[union-attr]


def test_handing_over_leaves_access_and_is_undone(cast: Cast, held: Deliverable, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    said = {"to-work": member(cast, "art").pk, "to-approvals": member(cast, "rev").pk}
    answer = ada.post(f"{address(cast, 'pat')}/work", said, follow=True)
    page = answer.content.decode()
    assert "Handed over of Pat Producer" in page
    assert owners() == ("Pat Producer", "Pat Producer", "Art Maker", "Rev Reviewer")
    ada.post(re.findall(r"/acts/[^/]+/undo", page)[0])
    assert (owners(), member(cast, "pat").is_active) == (("Pat Producer",) * 4, True)


def test_closing_with_it_is_taken_back_as_one(cast: Cast, held: Deliverable, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    said = {"to-projects": member(cast, "ada").pk, "to-deliverables": member(cast, "art").pk, "closing": "1"}
    page = ada.post(f"{address(cast, 'pat')}/work", said, follow=True).content.decode()
    assert (owners()[:2], member(cast, "pat").is_active) == (("Ada Admin", "Art Maker"), False)
    ada.post(re.findall(r"/settings/people/[^/]+/opening\?act=[0-9a-f-]+", page)[0])
    assert (owners(), member(cast, "pat").is_active) == (("Pat Producer",) * 4, True)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Choose who takes it over first."),
        ({"to-work": "rev"}, "This person cannot take that over"),
        ({"to-work": "stranger"}, "This person cannot take that over"),
        ({"to-work": "nonsense"}, "This person cannot take that over"),
    ],
)
def test_what_cannot_be_is_said(
    cast: Cast, held: Deliverable, browser_of: Browsers, said: dict[str, str], words: str
) -> None:
    sent = {name: member(cast, who).pk if who in cast.people else who for name, who in said.items()}
    answer = browser_of("ada").post(f"{address(cast, 'pat')}/work", sent, follow=True)
    assert (words in answer.content.decode(), owners()) == (True, ("Pat Producer",) * 4)


def test_the_page_asks_as_often_for_much_as_for_little(
    cast: Cast, held: Deliverable, browser_of: Browsers, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    ada = browser_of("ada")
    with django_assert_max_num_queries(30) as few:
        ada.get(address(cast, "pat"))
    for number in range(4):
        project = factories.project(cast.organization, f"More {number}", owner=cast.pat)
        factories.deliverable(project, "Banner", assignee=cast.pat)
        factories.member(cast.organization, f"Person{number} More")
    with django_assert_max_num_queries(30) as many:
        ada.get(address(cast, "pat"))
    assert len(many) == len(few)

from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.models import ClientTeam
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


def page(answer) -> str:  # type: ignore[no-untyped-def]
    return answer.content.decode()


def test_a_team_is_added_and_said(cast: Cast, browser_of: Browsers) -> None:
    ada = browser_of("ada")
    answer = ada.post("/settings/teams", {"name": "<script>alert(1)</script> 🐦", "colour": "#3B63C4"}, follow=True)
    assert answer.redirect_chain == [("/settings/teams", 302)]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🐦 is added." in page(answer)
    assert "<script>alert" not in page(answer)
    assert "is added." not in page(ada.get("/settings/teams"))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "kolibri drinks", "colour": "#111111"}, "There is a client team of this name already."),
        ({"name": "", "colour": "#111111"}, "This field is required."),
        ({"name": "x" * 201, "colour": "#111111"}, "At most 200 characters, this has 201."),
        ({"name": "a\x00b", "colour": ""}, "Null characters are not allowed."),
        ({"name": "New", "colour": "reddish"}, "A colour is written as #"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    cast: Cast, browser_of: Browsers, sent: dict[str, str], words: str
) -> None:
    answer = browser_of("ada").post("/settings/teams", sent)
    assert answer.status_code == 422
    assert words in page(answer)
    assert f'value="{sent["colour"]}"' in page(answer)
    assert ClientTeam.objects.count() == 2


def test_a_team_is_renamed_and_shows_its_people_and_projects(cast: Cast, browser_of: Browsers) -> None:
    ada, address = browser_of("ada"), f"/settings/teams/{cast.kolibri.pk}"
    factories.project(cast.organization, "First light", client_team=cast.kolibri)
    factories.project(cast.organization, "Old one", client_team=cast.kolibri, status="completed")
    answer = ada.post(address, {"name": "Kolibri", "colour": "#111111"}, follow=True)
    assert ("Kolibri is saved." in page(answer), "Mia Client" in page(answer)) == (True, True)
    assert ("First light" in page(answer), "Old one" in page(answer)) == (True, False)


def test_archiving_offers_to_undo(cast: Cast, browser_of: Browsers) -> None:
    ada, address = browser_of("ada"), f"/settings/teams/{cast.kolibri.pk}"
    said = page(ada.post(f"{address}/archive", follow=True))
    assert f'hx-post="{address}/restoration"' in said
    answer = ada.post(f"{address}/restoration", headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/settings/teams")
    assert ClientTeam.objects.get(pk=cast.kolibri.pk).archived_on is None


def test_a_house_without_teams_is_asked_for_the_first(cast: Cast, browser_of: Browsers) -> None:
    said = page(browser_of("stranger").get("/settings/teams"))
    assert ("Who do you work for?" in said, '<details class="card-box add-card" open>' in said) == (True, True)


def test_more_teams_are_not_more_queries(cast: Cast, browser_of: Browsers, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ada = browser_of("ada")
    ClientTeam.objects.exclude(pk=cast.kolibri.pk).delete()
    with django_assert_num_queries(8):
        ada.get("/settings/teams")
    for name in ("B", "C"):
        factories.project(cast.organization, name, client_team=factories.client_team(cast.organization, name))
    with django_assert_num_queries(8):
        ada.get("/settings/teams")

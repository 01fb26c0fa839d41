"""Who opens which settings page, whatever the method, and what a foreign id finds."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from signoff.accounts.models import ApiKey, ClientTeam, Membership
from signoff.audit.models import Event
from signoff.core.ids import new_id
from signoff.projects.models import CustomField
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]
PIPELINES = ("pipelines", "pipelines/new", "stages", "fields", "import-mapping")
ORGANIZATION = ("branding", "branding/preview", "organization", "access", "people", "teams", "keys")


def entries(browser: Client, address: str) -> list[str]:
    page = browser.get(address, follow=True).content.decode()
    nav = re.findall(r'<nav class="settings-nav".*?</nav>', page, re.S)
    return re.findall(r">([^<]+)</a>", nav[0]) if nav else []


def test_each_sees_what_they_may_use(cast: Cast, browser_of: Browsers) -> None:
    work = ["Pipelines", "Stage library", "Custom fields", "Import mapping"]
    house = ["Vocabulary and branding", "People", "Client teams", "Organisation", "Access", "Audit", "API keys"]
    assert {who: entries(browser_of(who), "/settings") for who in cast.people} == {
        "ada": [*work, *house],
        "pat": work,
        "art": [],
        "rev": [],
        "mia": [],
        "nils": [],
        "stranger": [*work, *house],
    }


@pytest.mark.parametrize("who", ["art", "rev", "mia"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_rest_is_told_in_words_that_it_is_closed(cast: Cast, browser_of: Browsers, who: str, method: str) -> None:
    browser = browser_of(who)
    for address in (*PIPELINES, *ORGANIZATION):
        answer = getattr(browser, method)(f"/settings/{address}")
        assert (address, answer.status_code) == (
            address,
            405 if (method, address) == ("post", "branding/preview") else 403,
        )
    assert "This is not open to you" in browser.get("/settings").content.decode()
    assert Event.objects.count() == 0


def test_a_producer_edits_pipelines_and_nothing_of_the_house(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    assert {address: pat.get(f"/settings/{address}").status_code for address in PIPELINES} == dict.fromkeys(
        PIPELINES, 200
    )
    assert {a: pat.get(f"/settings/{a}").status_code for a in ORGANIZATION} == dict.fromkeys(ORGANIZATION, 403)


def test_signed_out_leads_to_the_sign_in(client: Client, db: None) -> None:
    answer = client.get("/settings/pipelines")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/settings/pipelines")


def test_what_belongs_to_another_house_is_not_there(cast: Cast, campaign, browser_of: Browsers) -> None:  # type: ignore[no-untyped-def]
    theirs = Membership.objects.get(user=cast.mia)
    field = CustomField.objects.create(organization=cast.organization, subject="project", key="k", name="K")
    keys = Membership.objects.create(
        user=factories.member(cast.elsewhere, "Key Holder"), organization=cast.organization, role="integration"
    )
    key = ApiKey.objects.create(membership=keys, name="K", prefix="p", digest="d", scopes=["read"])
    definition = campaign.stages.first().definition_id
    stranger = browser_of("stranger")
    pages = [
        f"pipelines/{campaign.pk}",
        f"pipelines/{campaign.pk}/deliverables",
        f"stages/{definition}",
        f"fields/{field.pk}",
        f"people/{theirs.pk}",
        f"teams/{cast.kolibri.pk}",
    ]
    acts = [
        *pages,
        *(f"pipelines/{campaign.pk}/{act}" for act in ("default", "copies", "archive", "restoration")),
        *(f"stages/{definition}/{act}" for act in ("archive", "restoration")),
        *(f"fields/{field.pk}/{act}" for act in ("place", "removal")),
        *(f"people/{theirs.pk}/{act}" for act in ("password", "closing", "opening")),
        *(f"teams/{cast.kolibri.pk}/{act}" for act in ("archive", "restoration")),
        f"keys/{key.pk}/revocation",
    ]
    assert {page: stranger.get(f"/settings/{page}").status_code for page in pages} == dict.fromkeys(pages, 404)
    assert {act: stranger.post(f"/settings/{act}").status_code for act in acts} == dict.fromkeys(acts, 404)
    assert stranger.post(f"/settings/fields/{field.pk}/restoration").status_code == 302  # it says so in a toast
    assert (Event.objects.count(), ClientTeam.objects.filter(archived_on__isnull=False).count()) == (0, 0)


def test_an_id_that_was_never_given_is_not_there(browser_of: Browsers) -> None:
    ada = browser_of("ada")
    for page in ("pipelines", "stages", "fields", "people", "teams"):
        assert ada.get(f"/settings/{page}/{new_id()}").status_code == 404
        assert ada.get(f"/settings/{page}/nonsense").status_code == 404


def test_what_only_a_button_does_needs_a_post(cast: Cast, campaign, browser_of: Browsers) -> None:  # type: ignore[no-untyped-def]
    ada = browser_of("ada")
    assert ada.get(f"/settings/pipelines/{campaign.pk}/copies").status_code == 405
    assert ada.get(f"/settings/teams/{cast.kolibri.pk}/archive").status_code == 405


def test_pages_are_not_kept_by_browsers(cast: Cast, browser_of: Browsers) -> None:
    assert "no-store" in browser_of("ada").get("/settings/keys")["Cache-Control"]

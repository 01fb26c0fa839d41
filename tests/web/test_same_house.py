"""A person in two houses: switching, and two tabs of which one is older than the switch."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from signoff.accounts.models import Membership, Role, User
from signoff.projects.models import Project
from signoff.web.events import subscriber_of
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]


@pytest.fixture
def both(cast: Cast) -> Cast:
    """Pat produces at Fieldhouse and runs Elsewhere."""
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.ADMIN)
    return cast


def switch(browser: Client, to: object) -> None:
    assert browser.post("/organization", {"organization": str(to)}).status_code == 302


def house(browser: Client) -> str:
    return str(browser.get("/api/v1/me").json()["organization"]["name"])


def test_pages_api_and_stream_follow_a_switch(both: Cast, browser_of: Browsers) -> None:
    factories.project(both.organization, "First light")
    factories.project(both.elsewhere, "Second dawn")
    pat, found = browser_of("pat"), {}
    for organization in (both.elsewhere, both.organization):
        switch(pat, organization.pk)
        names = re.findall(r"First light|Second dawn", pat.get("/projects").content.decode())
        names += [one["name"] for one in pat.get("/api/v1/projects").json()["results"]]
        found[house(pat)] = set(names)
    assert found == {"Elsewhere": {"Second dawn"}, "Fieldhouse": {"First light"}}


@pytest.mark.django_db(transaction=True)
def test_the_stream_is_of_the_house_that_is_looked_at(both: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    switch(pat, both.elsewhere.pk)
    cookie = f"{settings.SESSION_COOKIE_NAME}={pat.cookies[settings.SESSION_COOKIE_NAME].value}"
    subscriber = subscriber_of([(b"cookie", cookie.encode())])
    assert subscriber is not None
    assert subscriber.organization_id == str(both.elsewhere.pk)
    Membership.objects.filter(user=both.pat, organization=both.elsewhere).update(is_active=False)
    fallen_back = subscriber_of([(b"cookie", cookie.encode())])
    assert fallen_back is not None and fallen_back.organization_id == str(both.organization.pk)


def test_the_other_house_is_one_command_away(both: Cast, browser_of: Browsers) -> None:
    """From the person's menu, and from the palette, which finds controls that say `data-command`."""
    assert 'data-command="Switch to Elsewhere"' in browser_of("pat").get("/inbox").content.decode()


def test_ids_of_the_other_house_are_not_there(both: Cast, browser_of: Browsers) -> None:
    theirs, pat = factories.project(both.elsewhere, "Second dawn"), browser_of("pat")
    addresses = (f"/projects/{theirs.pk}", f"/api/v1/projects/{theirs.pk}", f"/api/v1/projects/{theirs.pk}/grid")
    assert [pat.get(address).status_code for address in addresses] == [404] * 3
    switch(pat, both.elsewhere.pk)
    assert [pat.get(address).status_code for address in addresses] == [200] * 3


def test_a_form_of_an_old_tab_does_nothing_in_the_other_house(both: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    page = pat.get("/projects/new").content.decode()
    made_for = re.findall(r'name="page_organization" value="([^"]+)"', page)
    assert set(made_for) == {str(both.organization.pk)}
    said = {"name": "New", "job_number": "30001", "status": "active", "page_organization": made_for[0]}
    switch(pat, both.elsewhere.pk)
    for headers in ({}, {"HX-Request": "true"}):
        answer = pat.post("/projects/new", said, headers=headers)
        assert (answer.status_code, "in another tab" in answer.content.decode()) == (409, True)
    assert Project.objects.count() == 0
    switch(pat, both.organization.pk)
    assert pat.post("/projects/new", said).status_code == 302
    assert Project.objects.get().organization == both.organization


def test_scripts_of_an_old_tab_say_where_they_belong(both: Cast, browser_of: Browsers) -> None:
    pat, old = browser_of("pat"), {"X-Signoff-Organization": str(both.organization.pk)}
    assert f'content="{both.organization.pk}"' in pat.get("/inbox").content.decode()
    switch(pat, both.elsewhere.pk)
    body = {"name": "New", "job_number": "30001"}
    answers = [
        pat.post("/api/v1/projects", body, content_type="application/json", headers=old),
        pat.get("/api/v1/projects", headers=old),
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "another_organization")] * 2
    fragment = pat.get("/bell", headers={**old, "HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Refresh"]) == (204, "true")
    assert pat.post("/preferences", {"theme": "dark"}, headers=old).status_code == 409
    assert User.objects.get(pk=both.pat.pk).preferences == {}


def test_an_old_tab_can_still_switch_back_and_sign_out(both: Cast, browser_of: Browsers) -> None:
    pat, old = browser_of("pat"), {"page_organization": str(both.organization.pk)}
    switch(pat, both.elsewhere.pk)
    assert pat.post("/organization", {**old, "organization": str(both.organization.pk)}).status_code == 302
    assert house(pat) == "Fieldhouse"
    switch(pat, both.elsewhere.pk)
    assert pat.post("/sign-out", old)["Location"] == "/sign-in"


def test_who_loses_a_house_is_told_by_the_tab_that_showed_it(both: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    switch(pat, both.elsewhere.pk)
    Membership.objects.filter(user=both.pat, organization=both.elsewhere).update(is_active=False)
    said = {"name": "New", "job_number": "30001", "status": "active", "page_organization": str(both.elsewhere.pk)}
    assert (pat.post("/projects/new", said).status_code, house(pat), Project.objects.count()) == (409, "Fieldhouse", 0)


def test_a_client_of_two_teams_sees_the_work_of_both(cast: Cast, browser_of: Browsers) -> None:
    Membership.objects.get(user=cast.mia).client_teams.add(cast.norra)
    for name, team in (("First light", cast.kolibri), ("Night train", cast.norra), ("Secret", None)):
        factories.project(cast.organization, name, client_team=team)
    mia = browser_of("mia")
    page = mia.get("/projects").content.decode()
    assert re.findall(r"First light|Night train|Secret", page).count("Secret") == 0
    assert {"First light", "Night train"} <= set(re.findall(r"First light|Night train", page))
    assert {one["name"] for one in mia.get("/api/v1/projects").json()["results"]} == {"First light", "Night train"}
    teams = re.findall(r'<nav aria-label="Client teams".*?</nav>', page, re.S)[0]
    assert re.findall(r'<span class="label[^"]*">([^<]*)<', teams) == ["Kolibri Drinks", "Norra Rail"]

"""The page behind an invitation's link, for everybody who may come to hold it."""

import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from config.logs import WithoutLinks
from signoff.access import actions
from signoff.access.links import link_of
from signoff.access.models import Invitation
from signoff.accounts.actions import add_member, archive_client_team, change_branding
from signoff.accounts.models import Membership, Organization, User
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast
from tests.files import picture

NEW = "zoe@kolibri.example"
CHOSEN = "correct horse battery staple"
FILLED = {"name": "Zoë", "password": CHOSEN}


@pytest.fixture(autouse=True)
def no_failed_tries(db: None) -> None:
    cache.clear()


@pytest.fixture
def row(cast: Cast) -> Invitation:
    """Zoë of Kolibri is asked to look in."""
    return invited(cast, NEW, role="client_viewer", teams=[cast.kolibri])


def invited(cast: Cast, email: str, **values: Any) -> Invitation:
    asked = {"name": "Zoë Holm", "role": "maker"} | values
    return actions.invite(actor=cast.actor("ada"), organization=cast.organization, email=email, **asked)


def path(row: Invitation) -> str:
    return "/" + link_of(row).split("/", 3)[3]


def page(answer: Any) -> str:
    return str(answer.content.decode())


def test_to_a_client_of_a_house_that_hides_its_people_the_house_invites(
    cast: Cast, row: Invitation, client: Client
) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(hides_names=True)
    assert "Fieldhouse invites zoe@kolibri.example." in page(client.get(path(row)))
    archive_client_team(actor=cast.actor("ada"), team=cast.kolibri)
    said = page(client.get(path(row)))
    assert ("Ask Fieldhouse for a new invitation." in said, "Ada" in said) == (True, False)


def test_it_says_who_invites_to_what_and_changes_nothing(cast: Cast, row: Invitation, client: Client) -> None:
    change_branding(actor=cast.actor("ada"), organization=cast.organization, changes={"logo": picture()})
    before = (Event.objects.count(), User.objects.count())
    for _ in range(3):  # as programs do that look into mails
        answer = client.get(path(row))
    said = page(answer)
    assert answer.status_code == 200
    for words in ("Join Fieldhouse", "Ada Admin invites zoe@kolibri.example.", "Client viewer", "Kolibri Drinks"):
        assert words in said
    assert 'src="data:image/png;base64,' in said
    assert 'value="Zoë Holm"' in said
    assert (Event.objects.count(), User.objects.count()) == before
    assert Invitation.objects.get().is_open
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_new_person_chooses_a_password_and_signs_in(cast: Cast, row: Invitation, client: Client) -> None:
    answer = client.post(path(row), FILLED)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?welcome=1")
    assert "Sign in with the password you have just chosen." in page(client.get(answer["Location"]))
    assert client.get("/dashboard").status_code == 302
    client.post("/sign-in", {"login": NEW, "password": CHOSEN})
    assert client.get("/dashboard").status_code == 200
    assert client.get("/settings/people").status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"password": "short"}, "This password is too short."),
        ({"password": "password123"}, "This password is too common."),
        ({"password": NEW}, "too similar"),
        ({"name": ""}, "This field is required."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
        ({"name": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_will_not_do_is_said_at_its_field(
    row: Invitation, client: Client, typed: dict[str, str], words: str
) -> None:
    answer = client.post(path(row), FILLED | typed)
    assert (answer.status_code, words in page(answer), User.objects.filter(email=NEW).exists()) == (422, True, False)
    assert CHOSEN not in page(answer)


def test_dead_links_look_alike(cast: Cast, row: Invitation, client: Client) -> None:
    used, revoked, replaced = (invited(cast, f"{name}@x.example") for name in ("a", "b", "c"))
    actions.accept_as_new(link=path(used).rsplit("/", 1)[1], name="A", password=CHOSEN)
    actions.revoke_invitation(actor=cast.actor("ada"), invitation=revoked)
    Invitation.objects.filter(pk=replaced.pk).update(serial=2)
    answers = set()
    for address in (*map(path, (used, revoked, replaced)), "/invitations/nonsense", path(row) + "x"):
        for method in (client.get, client.post):
            answer = method(address, FILLED)
            answers.add((answer.status_code, page(answer).replace(address, "").replace("POST", "GET")))
    shown = {(status, said[said.index("<main") : said.index("</main")]) for status, said in answers}
    assert len(shown) == 1
    status, said = shown.pop()
    assert (status, "Ask the person who invited you for a new one." in said) == (404, True)


def test_who_tries_many_dead_links_waits_and_a_good_one_opens_all_the_same(row: Invitation, client: Client) -> None:
    good, dead = path(row), path(row)[:-1]
    answers = [client.get(dead).status_code for _ in range(32)]
    assert answers == [404] * 30 + [429] * 2
    assert client.get(good).status_code == 200


def test_who_has_an_account_signs_in_and_comes_back(cast: Cast, client: Client) -> None:
    row = invited(cast, cast.stranger.email, role="reviewer")
    said = page(client.get(path(row)))
    assert f'href="/sign-in?next={path(row)}"' in said.replace("%3A", ":")
    assert 'name="password"' not in said
    assert client.post(path(row), FILLED).status_code == 409
    assert Membership.objects.filter(user=cast.stranger).count() == 1
    back = client.post("/sign-in", {"login": cast.stranger.email, "password": PASSWORD, "next": path(row)})
    assert back["Location"] == path(row)
    assert "Accept the invitation" in page(client.get(path(row)))
    assert client.post(path(row))["Location"] == "/dashboard"
    assert "Fieldhouse" in page(client.get("/dashboard"))
    assert Membership.objects.get(user=cast.stranger, organization=cast.organization).role == "reviewer"


@pytest.mark.parametrize("who", ["mia", "ada", "stranger"])
def test_somebody_elses_invitation_is_not_accepted_and_that_is_said(
    cast: Cast, row: Invitation, browser_of: Any, who: str
) -> None:
    browser = browser_of(who)
    for answer in (browser.get(path(row)), browser.post(path(row), FILLED)):
        assert f"You are signed in as {cast.people[who].email}, and this invitation is for {NEW}." in page(answer)
    assert Invitation.objects.get(pk=row.pk).is_open
    assert not User.objects.filter(email=NEW).exists()


def test_a_closed_team_is_said_in_place_of_the_form(cast: Cast, row: Invitation, client: Client) -> None:
    archive_client_team(actor=cast.actor("ada"), team=cast.kolibri)
    assert "The team you were invited to is closed now. Ask Ada Admin" in page(client.get(path(row)))
    assert client.post(path(row), FILLED).status_code == 409
    assert not User.objects.filter(email=NEW).exists()


def test_a_house_without_passwords_leads_to_the_sign_in_page(cast: Cast, row: Invitation, client: Client) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(only_sso=True)
    said = page(client.get(path(row)))
    assert ("single sign-on" in said, 'name="password"' in said) == (True, False)
    assert client.post(path(row), FILLED).status_code == 409


def test_who_is_a_member_already_reads_that(cast: Cast, row: Invitation, client: Client) -> None:
    add_member(actor=cast.actor("ada"), organization=cast.organization, email=NEW, name="Zoë", role="maker")
    assert "You are a member here already." in page(client.get(path(row)))


def test_an_invitation_is_nothing_without_the_token_of_its_page(row: Invitation) -> None:
    assert Client(enforce_csrf_checks=True).post(path(row), FILLED).status_code == 403


def test_links_never_stand_in_a_log(row: Invitation, client: Client, caplog: Any) -> None:
    with caplog.at_level(logging.WARNING):
        client.get(path(row) + "x")
    kept = WithoutLinks()
    said = [record.getMessage() for record in caplog.records if kept.filter(record)]
    assert said == ["Not Found: /invitations/…"]

"""Settings, Access: what the page shows, saves and refuses."""

import html
import re
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from signoff.accounts.models import Organization
from tests.cast import Cast
from tests.factors import app_of
from tests.openid import SECRET, Authority, come_by

PAGE = "/settings/access"


@pytest.fixture
def ada(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ada, backend="django.contrib.auth.backends.ModelBackend")
    return client


def house(cast: Cast) -> Organization:
    return Organization.objects.get(pk=cast.organization.pk)


def rule(ada: Client, group: str, role: str = "maker", **more: Any) -> Any:
    return ada.post(f"{PAGE}/rules", {"group": group, "role": role, **more})


def shown(ada: Client) -> str:
    return html.unescape(ada.get(PAGE).content.decode())


def test_it_shows_where_providers_stand_and_no_secret(ada: Client, cast: Cast, oidc: Authority) -> None:
    page = shown(ada)
    assert ("Set up" in page, "http://localhost:8000/sign-in/oidc/callback" in page, SECRET in page) == (
        True,
        True,
        False,
    )


def test_it_says_what_a_provider_lacks(ada: Client, cast: Cast, oidc: Authority, settings: Any) -> None:
    (known,) = settings.SSO_PROVIDERS
    settings.SSO_PROVIDERS = (type(known)("oidc", "Keyring", known.server_url, "", SECRET),)
    assert "Single sign-on with Keyring needs OIDC_CLIENT_ID." in shown(ada)
    assert "Sign in with Keyring" not in Client().get("/sign-in").content.decode()


def test_it_shows_only_the_providers_of_ones_own_house(ada: Client, cast: Cast, oidc: Authority, settings: Any) -> None:
    (known,) = settings.SSO_PROVIDERS
    settings.SSO_PROVIDERS = (type(known)("oidc", "Keyring", known.server_url, "id", SECRET, organization="elsewhere"),)
    assert ("Keyring" in shown(ada), "None is set up." in shown(ada)) == (False, True)


def test_what_is_chosen_is_kept_and_shown(ada: Client, cast: Cast) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(domains=["fieldhouse.example"])
    app_of(cast.ada)  # or she would be led to set one up
    chosen = {"second_factor_roles": ["admin", "producer"], "joins_by_sso": "1", "joins_as": "reviewer"}
    assert ada.post(PAGE, {**chosen, "hides_names": "1"})["Location"] == PAGE
    now = house(cast)
    assert (now.second_factor_roles, now.joins_by_sso, now.joins_as, now.hides_names, now.only_sso) == (
        ["admin", "producer"],
        True,
        "reviewer",
        True,
        False,
    )
    page = shown(ada)
    assert "Who gets in, and how, is saved." in page
    checked = re.findall(r'name="(\w+)" value="(\w+)" checked', page)
    assert set(checked) == {
        ("second_factor_roles", "admin"),
        ("second_factor_roles", "producer"),
        ("joins_by_sso", "1"),
        ("hides_names", "1"),
        ("role", "maker"),
    }


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"joins_by_sso": "1", "joins_as": "maker"}, "Say first which mail domains are yours"),
        ({"only_sso": "1", "joins_as": "maker"}, "this would shut you out"),
        ({"joins_as": "admin"}, "Select a valid choice"),
        ({"joins_as": "maker", "second_factor_roles": ["integration"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said(ada: Client, cast: Cast, sent: dict[str, Any], words: str) -> None:
    answer = ada.post(PAGE, sent)
    assert (answer.status_code, words in html.unescape(answer.content.decode())) == (422, True)


def test_who_came_by_single_sign_on_shuts_the_passwords(cast: Cast, oidc: Authority) -> None:
    SocialAccount.objects.create(user=cast.ada, provider="oidc", uid=f"{oidc.address}/realm ada")
    oidc.people["Ada"] = {"sub": "ada", "email": cast.ada.email}
    client = Client()
    come_by(client, oidc, "Ada", "oidc")
    assert client.post(PAGE, {"only_sso": "1", "joins_as": "maker"}).status_code == 302
    assert house(cast).only_sso
    assert client.get("/dashboard").status_code == 200


def test_rules_are_added_ordered_and_removed_without_scripts(ada: Client, cast: Cast) -> None:
    team = str(cast.kolibri.pk)
    assert rule(ada, "clients", "client_viewer", teams=[team])["Location"] == PAGE
    rule(ada, "makers")
    rule(ada, "producers", "producer")

    def groups() -> list[str]:
        return [one["group"] for one in house(cast).sso_rules]

    assert groups() == ["clients", "makers", "producers"]
    assert house(cast).sso_rules[0] == {"group": "clients", "role": "client_viewer", "teams": [team]}
    ada.post(f"{PAGE}/rules/place", {"group": "producers", "move": "up"})
    ada.post(f"{PAGE}/rules/place", {"group": "clients", "move": "up"})
    assert groups() == ["clients", "producers", "makers"]
    ada.post(f"{PAGE}/rules/place", {"group": "clients", "move": "down"})
    ada.post(f"{PAGE}/rules/place", {"group": "makers", "move": "down"})
    assert groups() == ["producers", "clients", "makers"]
    ada.post(f"{PAGE}/rules/removal", {"group": "producers"})
    ada.post(f"{PAGE}/rules/removal", {"group": "producers"})
    ada.post(f"{PAGE}/rules/place", {"group": "producers", "move": "up"})
    assert groups() == ["clients", "makers"]
    page = shown(ada)
    assert ("Kolibri Drinks" in page, "Move makers up" in page) == (True, True)


@pytest.mark.parametrize(
    ("group", "role", "words"),
    [
        ("", "maker", "This field is required."),
        ("chiefs", "admin", "Everybody of this group becomes an admin here."),
        ("clients", "client_viewer", "Choose at least one client team"),
        ("MAKERS", "producer", "There is a rule for this group already"),
        ("x", "integration", "Select a valid choice"),
    ],
)
def test_a_rule_that_cannot_be_is_said_at_its_field(ada: Client, cast: Cast, group: str, role: str, words: str) -> None:
    rule(ada, "makers")
    answer = rule(ada, group, role)
    assert (answer.status_code, words in html.unescape(answer.content.decode())) == (422, True)
    assert len(house(cast).sso_rules) == 1


def test_admins_by_group_are_made_by_whoever_ticks_that_they_mean_it(ada: Client, cast: Cast) -> None:
    assert rule(ada, "chiefs", "admin", is_meant="1").status_code == 302
    assert rule(ada, "makers").status_code == 302
    assert [one["role"] for one in house(cast).sso_rules] == ["admin", "maker"]


def test_a_team_of_others_is_no_choice(ada: Client, cast: Cast) -> None:
    theirs = cast.elsewhere.client_teams.create(name="Theirs")
    assert rule(ada, "clients", "client_viewer", teams=[str(theirs.pk)]).status_code == 422

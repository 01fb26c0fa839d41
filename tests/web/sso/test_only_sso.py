"""A house without passwords: who came with one is outside of it, on pages, in the API and on the stream."""

from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from signoff.accounts.actions import issue_api_key
from signoff.accounts.models import Membership
from signoff.web.events import subscriber_of
from tests.cast import PASSWORD, Cast
from tests.openid import Authority, come_by, oidc_at

WORDS = "Fieldhouse lets its people in by single sign-on only"


@pytest.fixture
def shut(cast: Cast, oidc: Authority) -> Authority:
    """Fieldhouse takes no passwords; pat is known to Keyring."""
    cache.clear()
    cast.organization.only_sso = True
    cast.organization.save()
    oidc.people["Pat"] = {"sub": "pat", "email": cast.pat.email}
    SocialAccount.objects.create(user=cast.pat, provider="oidc", uid=f"{oidc.address}/realm pat")
    return oidc


def by_password(cast: Cast, who: str = "pat") -> Client:
    client = Client()
    client.post("/sign-in", {"login": cast.people[who].email, "password": PASSWORD})
    return client


def by_sso(oidc: Authority) -> Client:
    client = Client()
    assert come_by(client, oidc, "Pat", "oidc").status_code == 302
    return client


def hears(client: Client) -> str | None:
    """The organisation whose live messages this browser would get."""
    cookie = client.cookies["signoff_session"].value
    found = subscriber_of([(b"cookie", f"signoff_session={cookie}".encode())])
    return found.organization_id if found else None


def doors(client: Client) -> tuple[int, int, str | None]:
    return client.get("/dashboard").status_code, client.get("/api/v1/me").status_code, hears(client)


@pytest.mark.django_db(transaction=True)
def test_a_password_opens_no_door_and_single_sign_on_opens_all(cast: Cast, shut: Authority) -> None:
    inside = str(cast.organization.pk)
    assert doors(by_password(cast)) == (403, 403, None)
    assert doors(by_sso(shut)) == (200, 200, inside)


def test_who_is_outside_reads_why_and_can_leave(cast: Cast, shut: Authority) -> None:
    client = by_password(cast)
    assert WORDS in client.get("/dashboard").content.decode()
    assert client.get("/api/v1/me").json()["code"] == "only_by_sso"
    assert client.post("/sign-out")["Location"] == "/sign-in"


def test_shutting_the_passwords_ends_what_came_by_one_at_the_next_click(cast: Cast, oidc: Authority) -> None:
    cache.clear()
    client = by_password(cast)
    assert client.get("/dashboard").status_code == 200
    cast.organization.only_sso = True
    cast.organization.save()
    assert client.get("/dashboard").status_code == 403
    cast.organization.only_sso = False
    cast.organization.save()
    assert client.get("/dashboard").status_code == 200


def test_who_belongs_elsewhere_too_gets_in_there_and_does_not_cross_over(cast: Cast, shut: Authority) -> None:
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role="maker")
    client = by_password(cast)
    assert client.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"
    answer = client.post("/organization", {"organization": str(cast.organization.pk)})
    assert (answer.status_code, WORDS in answer.content.decode()) == (403, True)
    assert client.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"
    session = client.session
    session["organization"] = str(cast.organization.pk)
    session.save()
    assert client.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"
    inside = by_sso(shut)
    assert inside.post("/organization", {"organization": str(cast.elsewhere.pk)}).status_code == 302
    assert inside.post("/organization", {"organization": str(cast.organization.pk)}).status_code == 302


def test_the_provider_of_another_house_is_no_key_to_this_one(cast: Cast, shut: Authority, settings: Any) -> None:
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role="maker")
    settings.SSO_PROVIDERS = (oidc_at(shut, organization="elsewhere"),)
    client = by_sso(shut)
    assert client.get("/api/v1/me").json()["organization"]["name"] == "Elsewhere"
    assert client.post("/organization", {"organization": str(cast.organization.pk)}).status_code == 403


def test_what_the_session_says_of_another_person_counts_for_nothing(cast: Cast, shut: Authority) -> None:
    client = by_password(cast, "art")
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "provider": "oidc", "at": 0}]
    session["account_authentication_methods_user"] = str(cast.pat.pk)
    session.save()
    assert client.get("/dashboard").status_code == 403


def test_keys_go_on(cast: Cast, shut: Authority, client: Client) -> None:
    issued = issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Sync", scopes=["read"])
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {issued.secret}"}).status_code == 200

"""Connecting an account elsewhere with one's own here, and taking it off."""

import time
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from signoff.accounts.models import Membership
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast
from tests.openid import Authority, colleague, come_by, onward

PAGE = "/account"


@pytest.fixture
def pat(cast: Cast, oidc: Authority) -> Client:
    """Pat, who has just signed in with a password, and whom Keyring knows by another address."""
    cache.clear()
    oidc.people["Pat"] = {"sub": "pat", "email": "pat@private.example", "name": "P."}
    client = Client()
    client.post("/sign-in", {"login": cast.pat.email, "password": PASSWORD})
    return client


def connect(client: Client, oidc: Authority, person: str = "Pat") -> Any:
    return come_by(client, oidc, person, "oidc", f"{PAGE}/identities/oidc")


def test_who_connects_an_account_is_signed_in_by_it_from_then_on(cast: Cast, oidc: Authority, pat: Client) -> None:
    assert "Connect it, and it signs you in from then on." in pat.get(PAGE).content.decode()
    assert connect(pat, oidc)["Location"] == PAGE
    page = pat.get(PAGE).content.decode()
    assert ("Keyring is connected." in page, "pat@private.example" in page) == (True, True)
    assert "signs you in from then on" not in page
    event = Event.objects.get(verb="person.identity_linked")
    assert (event.actor_user_id, event.subject_id, event.data) == (
        cast.pat.pk,
        cast.pat.pk,
        {"provider": "oidc", "email": "pat@private.example"},
    )
    other = Client()
    assert come_by(other, oidc, "Pat", "oidc")["Location"] == "/dashboard"
    assert other.session["_auth_user_id"] == str(cast.pat.pk)


def test_twice_is_once(cast: Cast, oidc: Authority, pat: Client) -> None:
    for _ in range(2):
        connect(pat, oidc)
    assert (SocialAccount.objects.count(), Event.objects.filter(verb="person.identity_linked").count()) == (1, 1)


def test_an_account_of_another_person_is_not_taken_over(cast: Cast, oidc: Authority, pat: Client) -> None:
    SocialAccount.objects.create(user=cast.ada, provider="oidc", uid=f"{oidc.address}/realm pat")
    answer = connect(pat, oidc)
    assert (answer.status_code, "connected to another person here" in answer.content.decode()) == (409, True)
    assert SocialAccount.objects.get().user == cast.ada


def test_signing_in_first_and_connecting_after_is_not_the_same_state(cast: Cast, oidc: Authority, pat: Client) -> None:
    """An answer to Sign in, carried into a window where somebody is signed in, connects nothing."""
    oidc.people["Eve"] = {"sub": "eve", "email": "eve@evil.example"}
    back = oidc.answer(onward(Client(), "oidc"), "Eve").partition("/sign-in/")[2]
    assert pat.get(f"/sign-in/{back}").status_code == 403
    assert come_by(pat, oidc, "Eve", "oidc").status_code == 403
    assert SocialAccount.objects.count() == 0


def test_who_came_long_ago_proves_themselves_first(cast: Cast, oidc: Authority, pat: Client) -> None:
    row = SocialAccount.objects.create(user=cast.pat, provider="oidc", uid="pat")
    session = pat.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 16 * 60}]
    session.save()
    for address in (f"{PAGE}/identities/oidc", f"{PAGE}/identities/{row.pk}/removal"):
        answer = pat.post(address)
        assert answer["Location"] == "/account/confirmation?next=%2Faccount"
    assert SocialAccount.objects.get() == row


def test_who_took_too_long_at_the_provider_connects_nothing(cast: Cast, oidc: Authority, pat: Client) -> None:
    back = "/sign-in/" + oidc.answer(onward(pat, "oidc", f"{PAGE}/identities/oidc"), "Pat").partition("/sign-in/")[2]
    session = pat.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 16 * 60}]
    session.save()
    answer = pat.get(back)
    assert (answer.status_code, "You signed in some time ago." in answer.content.decode()) == (403, True)
    assert SocialAccount.objects.count() == 0


def test_it_takes_a_form_of_ours_and_a_person(cast: Cast, oidc: Authority, pat: Client) -> None:
    assert pat.get(f"{PAGE}/identities/oidc").status_code == 405
    assert Client().post(f"{PAGE}/identities/oidc")["Location"].startswith("/sign-in?next=")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.pat, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(f"{PAGE}/identities/oidc").status_code == 403


def test_who_was_signed_out_meanwhile_connects_nothing(cast: Cast, oidc: Authority, pat: Client) -> None:
    back = "/sign-in/" + oidc.answer(onward(pat, "oidc", f"{PAGE}/identities/oidc"), "Pat").partition("/sign-in/")[2]
    session = pat.session
    for name in ("_auth_user_id", "_auth_user_hash", "_auth_user_backend"):
        del session[name]
    session.save()
    assert pat.get(back).status_code == 403
    assert SocialAccount.objects.count() == 0


def test_an_account_of_anothers_provider_cannot_be_connected(
    cast: Cast, oidc: Authority, pat: Client, settings: Any
) -> None:
    (known,) = settings.SSO_PROVIDERS
    values = (known.key, known.name, known.server_url, known.client_id, known.secret)
    settings.SSO_PROVIDERS = (type(known)(*values, organization="elsewhere"),)
    assert "Keyring" not in pat.get(PAGE).content.decode()
    answer = connect(pat, oidc)
    assert (answer.status_code, SocialAccount.objects.count()) == (403, 0)


def test_disconnecting_takes_it_away_and_never_the_last_way_in(cast: Cast, oidc: Authority, pat: Client) -> None:
    connect(pat, oidc)
    row = SocialAccount.objects.get()
    assert "another.example" not in pat.get(PAGE).content.decode()
    assert pat.post(f"{PAGE}/identities/{row.pk}/removal")["Location"] == PAGE
    assert SocialAccount.objects.count() == 0
    assert Event.objects.filter(verb="person.identity_unlinked").count() == 1
    assert pat.post(f"{PAGE}/identities/{row.pk}/removal").status_code == 404

    connect(pat, oidc)
    row = SocialAccount.objects.get()
    cast.organization.only_sso = True
    cast.organization.save()
    here = Client()
    come_by(here, oidc, "Pat", "oidc")
    here.post(f"{PAGE}/identities/{row.pk}/removal")
    assert "This is your only way in." in here.get(PAGE).content.decode()
    assert SocialAccount.objects.count() == 1
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role="maker")
    here.post(f"{PAGE}/identities/{row.pk}/removal")
    assert SocialAccount.objects.count() == 0


def test_another_persons_account_is_not_there(cast: Cast, oidc: Authority, pat: Client) -> None:
    row = SocialAccount.objects.create(user=cast.ada, provider="oidc", uid="ada")
    assert pat.post(f"{PAGE}/identities/{row.pk}/removal").status_code == 404
    assert SocialAccount.objects.count() == 1


def test_at_microsoft_the_tenant_is_asked_for_connecting_too(cast: Cast, entra: Authority, client: Client) -> None:
    client.post("/sign-in", {"login": cast.pat.email, "password": PASSWORD})
    entra.people["Pat"] = colleague(1, cast.pat.email, tid="22222222-2222-4222-8222-222222222222")
    assert come_by(client, entra, "Pat", "entra", f"{PAGE}/identities/entra").status_code == 403
    entra.people["Pat"] = colleague(1, cast.pat.email)
    assert come_by(client, entra, "Pat", "entra", f"{PAGE}/identities/entra")["Location"] == PAGE

"""Signing in with more than a password, and being led to set it up."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from signoff.access.actions import set_forgotten_password, sign_out_everywhere
from signoff.access.links import password_link_of
from signoff.access.sessions import sessions_of
from signoff.accounts.actions import deactivate_member, issue_api_key
from signoff.accounts.models import Membership, Organization, User
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast
from tests.factors import app_of, code, codes_of
from tests.openid import Authority, come_by, oidc_at
from tests.signed_in import prove

STEP = "/sign-in/second-factor"
Browsers = Callable[[str], Client]


@pytest.fixture(autouse=True)
def no_failed_tries(db: None) -> None:
    cache.clear()


def password(client: Client, user: User, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/sign-in", {"login": user.email, "password": PASSWORD, **more})


def step(client: Client, said: str):  # type: ignore[no-untyped-def]
    return client.post(STEP, {"code": said})


def require_of(cast: Cast, *roles: str) -> None:
    Organization.objects.filter(pk=cast.organization.pk).update(second_factor_roles=list(roles))


def test_the_password_alone_opens_nothing(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    assert password(client, cast.pat)["Location"] == STEP
    assert client.get(STEP).status_code == 200
    assert (client.get("/dashboard").status_code, client.get("/api/v1/me").status_code) == (302, 401)
    assert client.get("/sign-in")["Location"] == STEP


def test_the_code_of_the_app_goes_on_to_where_one_wanted_to_go(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    password(client, cast.pat, next="/inbox")
    assert step(client, code())["Location"] == "/inbox"
    assert client.get("/dashboard").status_code == 200


@pytest.mark.parametrize("how", ["a new password", "signed out everywhere", "closed"])
def test_what_ends_the_sessions_of_somebody_ends_a_sign_in_that_is_half_done(
    client: Client, cast: Cast, how: str
) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    cast.pat.refresh_from_db()
    ada, pat = cast.actor("ada"), Membership.objects.get(user=cast.pat)
    if how == "a new password":
        set_forgotten_password(link=password_link_of(cast.pat).rsplit("/", 1)[1], password="correct horse battery")
    elif how == "signed out everywhere":
        assert sign_out_everywhere(actor=ada, membership=pat) == 1
    else:
        deactivate_member(actor=ada, membership=pat)
    assert step(client, code())["Location"].startswith("/sign-in")
    assert client.get("/inbox")["Location"] == "/sign-in?next=/inbox"


def test_a_sign_in_that_is_half_done_is_listed_nowhere(client: Client, cast: Cast, browser_of: Browsers) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    cast.pat.refresh_from_db()
    pat = browser_of("pat")
    assert len(sessions_of(cast.pat, pat.session.session_key or "")) == 1
    step(client, code())
    assert len(sessions_of(cast.pat, pat.session.session_key or "")) == 2


def test_a_code_works_once_also_in_another_browser(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    used = code()
    password(client, cast.pat)
    step(client, used)
    cache.clear()  # which forgets sooner than a code is over
    other = Client()
    password(other, cast.pat)
    assert step(other, used).status_code == 422
    assert step(other, code(1)).status_code == 302


def test_a_recovery_code_works_once(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    first, second, *_ = codes_of(cast.pat)
    password(client, cast.pat)
    assert step(client, f"{first[:4]} {first[4:]}").status_code == 302
    other = Client()
    password(other, cast.pat)
    assert [step(other, said).status_code for said in (first, second)] == [422, 302]


def test_a_wrong_code_says_so_and_five_make_a_pause(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    for _ in range(5):
        answer = step(client, "000000x")
    assert "This is not right, or was used before." in answer.content.decode()
    answer = step(client, code())
    assert (answer.status_code, "Too many tries." in answer.content.decode()) == (422, True)


def test_wrong_codes_are_written_down_as_failed_sign_ins(
    client: Client, cast: Cast, run_jobs: Callable[[], None]
) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    step(client, "000000x")
    run_jobs()
    event = Event.objects.get(verb="person.sign_in_failed")
    assert (event.subject_id, event.data["means"], event.data["ip"]) == (cast.pat.pk, ["code"], "127.0.0.1")


def test_who_has_only_the_password_does_not_keep_its_person_out(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    step(client, codes_of(cast.pat)[0])
    client.post("/sign-out")
    thief = Client()
    password(thief, cast.pat)
    for _ in range(6):
        step(thief, "000000x")
    password(client, cast.pat)
    assert step(client, code()).status_code == 302


def test_nobody_gets_to_the_step_without_the_password(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    assert [client.get(STEP)["Location"], step(client, code())["Location"]] == ["/sign-in", "/sign-in"]
    client.post("/sign-in", {"login": cast.pat.email, "password": "wrong"})
    assert client.get(STEP)["Location"] == "/sign-in"


def test_one_may_go_back_and_sign_in_as_somebody_else(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    assert client.post(STEP, {"leave": "1"})["Location"] == "/sign-in"
    assert client.get(STEP)["Location"] == "/sign-in"
    assert password(client, cast.art)["Location"] == "/dashboard"


def test_factors_that_were_taken_away_meanwhile_ask_for_the_password_again(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    Authenticator.objects.all().delete()
    assert client.get(STEP)["Location"] == "/sign-in"
    assert password(client, cast.pat)["Location"] == "/dashboard"


@pytest.mark.parametrize(
    "credential", ["", "5", "[]", "{}", '{"response": 5}', '{"id": "AA", "response": {"userHandle": "AA"}}']
)
def test_a_made_up_passkey_is_nobody(client: Client, cast: Cast, credential: str) -> None:
    challenge = json.loads(client.get("/sign-in/passkey").content)["publicKey"]["challenge"]
    assert len(challenge) > 40
    assert client.post("/sign-in/passkey", {"credential": credential})["Location"] == "/sign-in?passkey=unknown"
    assert "That passkey is not known here." in client.get("/sign-in?passkey=unknown").content.decode()


def test_a_made_up_passkey_is_no_second_factor(client: Client, cast: Cast) -> None:
    app_of(cast.pat)
    password(client, cast.pat)
    assert client.post(STEP, {"credential": "{}"}).status_code == 422
    assert client.get("/dashboard").status_code == 302


def test_the_pages_of_allauth_are_not_there(client: Client, cast: Cast) -> None:
    places = ("accounts/login/", "accounts/2fa/", "accounts/sessions/", "login/", "2fa/authenticate/", "sessions/")
    assert {place: client.get(f"/{place}").status_code for place in places} == dict.fromkeys(places, 404)


def test_who_must_have_one_sets_it_up_before_anything_else(cast: Cast, browser_of: Browsers) -> None:
    require_of(cast, "producer")
    pat, art = browser_of("pat"), browser_of("art")
    setup = "/account/second-factor"
    assert [pat.get("/dashboard")["Location"], pat.post("/preferences")["Location"]] == [setup, setup]
    page = pat.get("/dashboard", headers={"HX-Request": "true"})
    assert (page.status_code, page["HX-Redirect"]) == (204, setup)
    api = pat.get("/api/v1/me")
    assert (api.status_code, api.json()["code"]) == (403, "second_factor_needed")
    assert [pat.get(setup).status_code, pat.get("/branding.css").status_code] == [200, 200]
    assert art.get("/dashboard").status_code == 200


def test_once_it_is_set_up_all_is_open(cast: Cast, browser_of: Browsers) -> None:
    require_of(cast, "producer")
    pat = browser_of("pat")
    prove(pat, cast.pat)
    pat.get("/account/authenticator-app")
    secret = pat.session["mfa.totp.secret"]
    answer = pat.post("/account/authenticator-app", {"code": code(secret=secret)})
    assert (answer.status_code, "Recovery codes" in answer.content.decode()) == (200, True)
    assert [pat.get("/dashboard").status_code, pat.get("/api/v1/me").status_code] == [200, 200]


def test_keys_are_not_asked(cast: Cast, browser_of: Browsers) -> None:
    require_of(cast, "producer", "integration")
    key = issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Sync", scopes=["read"])
    headers = {"Authorization": f"Bearer {key.secret}"}
    assert [browser.get("/api/v1/me", headers=headers).status_code for browser in (Client(), browser_of("pat"))] == [
        200,
        200,
    ]


@pytest.fixture
def keyring(cast: Cast, oidc: Authority) -> Authority:
    """It knows pat, who is a maker in Elsewhere, too."""
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role="maker")
    oidc.people["Pat"] = {"sub": "pat", "email": cast.pat.email}
    SocialAccount.objects.create(user=cast.pat, provider="oidc", uid=f"{oidc.address}/realm pat")
    return oidc


def test_who_came_by_single_sign_on_is_not_asked(client: Client, cast: Cast, keyring: Authority) -> None:
    require_of(cast, "producer")
    come_by(client, keyring, "Pat", "oidc")
    assert client.get("/dashboard").status_code == 200
    app_of(cast.pat)
    assert come_by(Client(), keyring, "Pat", "oidc")["Location"] == "/dashboard"


def test_the_single_sign_on_of_one_house_is_no_second_factor_in_another(
    client: Client, cast: Cast, keyring: Authority, settings: Any
) -> None:
    """Whoever rules over that provider could say that they are pat, and would be in the other house."""
    settings.SSO_PROVIDERS = (oidc_at(keyring, organization="elsewhere"),)
    require_of(cast, "producer")
    come_by(client, keyring, "Pat", "oidc")
    assert client.get("/dashboard")["Location"] == "/account/second-factor"
    client.post("/organization", {"organization": str(cast.elsewhere.pk)})
    assert client.get("/dashboard").status_code == 200
    app_of(cast.pat)
    other = Client()
    assert come_by(other, keyring, "Pat", "oidc")["Location"] == STEP
    assert step(other, code())["Location"] == "/dashboard"

"""My account: what it shows, what it asks for first, what is shown once."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from signoff.access.history import last_sign_ins
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast
from tests.factors import app_of, code, codes_of
from tests.signed_in import prove

Browsers = Callable[[str], Client]
APP, CONFIRM = "/account/authenticator-app", "/account/confirmation"


@pytest.fixture(autouse=True)
def no_failed_tries(db: None) -> None:
    cache.clear()


def test_the_page_says_who_one_is_and_where(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    page = pat.get("/account").content.decode()
    for words in ("Pat Producer", cast.pat.email, "Chrome on Windows", "this browser", "No passkey yet", "127.0.0.1"):
        assert words in page


def test_the_page_lists_the_last_sign_ins_and_the_vain_ones(
    cast: Cast, client: Client, run_jobs: Callable[[], None]
) -> None:
    Client().post("/sign-in", {"login": cast.pat.email, "password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    Client().post("/sign-in", {"login": cast.art.email, "password": "wrong"}, REMOTE_ADDR="203.0.113.10")
    run_jobs()
    client.post("/sign-in", {"login": cast.pat.email, "password": PASSWORD})
    listed = last_sign_ins(cast.pat, cast.organization.pk)
    assert [(one.is_failure, one.means, one.address) for one in listed] == [
        (False, ["password"], "127.0.0.1"),
        (True, ["password"], "203.0.113.9"),
    ]
    page = client.get("/account").content.decode()
    assert ("Somebody tried in vain" in page, "203.0.113.9" in page, "203.0.113.10" in page) == (True, True, False)


def test_what_matters_is_asked_to_who_proved_themselves_in_the_last_five_minutes(
    cast: Cast, browser_of: Browsers
) -> None:
    pat = browser_of("pat")
    assert pat.get(APP)["Location"] == f"{CONFIRM}?next=%2Faccount%2Fauthenticator-app"
    prove(pat, cast.pat, ago=301)
    assert pat.get(APP).status_code == 302
    prove(pat, cast.pat, ago=290)
    assert pat.get(APP).status_code == 200


@pytest.mark.parametrize("address", [APP, "/account/recovery-codes", "/account/passkeys/new"])
def test_a_post_is_asked_as_well(cast: Cast, browser_of: Browsers, address: str) -> None:
    app_of(cast.art)
    art = browser_of("art")
    assert art.post(address, {"code": code()})["Location"].startswith(CONFIRM)
    assert Authenticator.objects.count() == 1


def test_the_password_or_a_code_proves_it_and_leads_back(cast: Cast, browser_of: Browsers) -> None:
    app_of(cast.pat)
    one, two = browser_of("pat"), browser_of("pat")
    assert one.post(CONFIRM, {"password": PASSWORD, "next": APP})["Location"] == APP
    assert two.post(CONFIRM, {"code": code(), "next": "https://evil.example/"})["Location"] == "/account"
    assert [browser.get("/account/recovery-codes").status_code for browser in (one, two)] == [200, 200]


def test_a_wrong_password_proves_nothing_and_five_make_a_pause(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    for _ in range(5):
        answer = pat.post(CONFIRM, {"password": "wrong", "next": APP})
    assert (answer.status_code, "This is not your password." in answer.content.decode()) == (422, True)
    answer = pat.post(CONFIRM, {"password": PASSWORD})
    assert (answer.status_code, "Too many tries." in answer.content.decode()) == (422, True)
    assert pat.get(APP).status_code == 302


def test_an_app_is_set_up_by_its_first_code_and_the_codes_are_shown_once(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    prove(pat, cast.pat)
    page = pat.get(APP)
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = pat.session["mfa.totp.secret"]
    assert secret[:4] in page.content.decode()
    assert pat.post(APP, {"code": "000000x"}).status_code == 422
    answer = pat.post(APP, {"code": code(secret=secret)})
    shown = re.findall(r"\d{4} \d{4}", answer.content.decode())
    assert (len(shown), answer["Cache-Control"].split(", ")[-2:]) == (10, ["must-revalidate", "private"])
    assert "mfa.totp.secret" not in pat.session
    assert pat.get(APP)["Location"] == "/account"
    assert shown[0] not in pat.get("/account/recovery-codes").content.decode()


def test_new_recovery_codes_end_the_old_ones(cast: Cast, browser_of: Browsers) -> None:
    app_of(cast.pat)
    old = codes_of(cast.pat)
    pat = browser_of("pat")
    prove(pat, cast.pat)
    shown = re.findall(r"\d{4} \d{4}", pat.post("/account/recovery-codes").content.decode())
    assert [code.replace(" ", "") for code in shown] == codes_of(cast.pat)
    assert set(old) & set(codes_of(cast.pat)) == set()


def test_the_last_factor_is_removed_after_a_warning(cast: Cast, browser_of: Browsers) -> None:
    app = app_of(cast.pat)
    pat = browser_of("pat")
    address = f"/account/factors/{app.pk}/removal"
    assert pat.post(address)["Location"].startswith(CONFIRM)
    prove(pat, cast.pat)
    assert "It is your last one." in pat.get(address).content.decode()
    assert pat.post(address)["Location"] == "/account"
    assert not Authenticator.objects.exists()


def test_a_session_is_ended_from_the_list(cast: Cast, browser_of: Browsers) -> None:
    here, there = browser_of("pat"), browser_of("pat")
    row = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{row.pk}/ending")["Location"] == "/account"
    assert [here.get("/bell").status_code, there.get("/bell").status_code] == [200, 302]
    assert here.post(f"/account/sessions/{row.pk}/ending").status_code == 404


def test_everywhere_else_is_one_button(cast: Cast, browser_of: Browsers) -> None:
    here, one, two = browser_of("pat"), browser_of("pat"), browser_of("pat")
    page = here.post("/account/sessions/ending", follow=True).content.decode()
    assert "2 other browsers are signed out." in page
    assert [browser.get("/bell").status_code for browser in (here, one, two)] == [200, 302, 302]


def test_signing_out_is_written_down(cast: Cast, browser_of: Browsers) -> None:
    browser_of("pat").post("/sign-out")
    assert [(event.verb, event.actor_user_id) for event in Event.objects.all()] == [("person.signed_out", cast.pat.pk)]
    assert not UserSession.objects.exists()


def test_an_admin_ends_sessions_and_takes_factors_away_on_the_page_of_a_person(
    cast: Cast, browser_of: Browsers
) -> None:
    app_of(cast.art)
    ada, art = browser_of("ada"), browser_of("art")
    person = f"/settings/people/{cast.art.memberships.get().pk}"
    page = ada.get(person).content.decode()
    assert ("Signed in with 1 browser" in page, "Lost the second factor?" in page) == (True, True)
    assert "is signed out of 1 browser." in ada.post(f"{person}/sessions/ending", follow=True).content.decode()
    assert art.get("/bell").status_code == 302
    ada.post(f"{person}/factors/removal")
    assert not Authenticator.objects.exists()

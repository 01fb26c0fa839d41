"""The way in, as a stranger with time and a list of addresses tries it."""

import re
import statistics
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from signoff.accounts.models import User
from signoff.audit.models import Event
from tests.cast import PASSWORD, Cast

REPEATS = 21
CHANGING = r'(value|content)="[\w@.]*"|data-wait="\d+"'  # the address that was typed, tokens, the clock
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http:/\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\x00//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "//localhost/x",
    "//testserver/x",
    "https://testserver/x",
    "evil.example",
    "@evil.example",
]


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", {"login": email, "password": password, **more})


def cookie(client: Client, name: str) -> str:
    return client.cookies[name].value


def test_after_five_wrong_tries_the_page_says_how_long_to_wait_and_counts(client: Client, cast: Cast) -> None:
    for _ in range(5):
        assert sign_in(client, cast.pat.email, "wrong").status_code == 422
    answer = sign_in(client, cast.pat.email)
    page = answer.content.decode()
    wait = int(re.findall(r'data-wait="(\d+)"', page)[0])
    assert (answer.status_code, answer["Retry-After"], 180 < wait <= 240) == (429, str(wait), True)
    assert "Too many tries. Try again in 4 minutes." in page
    assert sign_in(client, cast.art.email).status_code == 302


def test_known_and_unknown_addresses_read_the_same_until_the_end(client: Client, cast: Cast) -> None:
    def read(email: str) -> list[tuple[int, str]]:
        answers = [sign_in(Client(), email, "wrong") for _ in range(6)]
        return [(one.status_code, re.sub(CHANGING, "", one.content.decode())) for one in answers]

    known, unknown = read(cast.pat.email), read("ghost@fieldhouse.example")
    assert [status for status, _ in known] == [422] * 5 + [429]
    assert known == unknown


@pytest.mark.alone
def test_known_and_unknown_addresses_take_the_same_time(cast: Cast) -> None:
    """In operation everybody's password is hashed by the first of the hashers; the tests' is not."""
    User.objects.filter(pk=cast.pat.pk).update(password=make_password(PASSWORD))

    def tried(email: str, number: int) -> float:
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")  # from here, nobody has tried too often
        begun = time.perf_counter()
        assert sign_in(client, email, "wrong").status_code == 422
        return time.perf_counter() - begun

    pairs = [(tried(cast.pat.email, n), tried("ghost@fieldhouse.example", n)) for n in range(REPEATS)]
    known, unknown = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
    assert 0.75 < known / unknown < 1.33, (known, unknown)


def test_a_known_browser_comes_in_while_a_stranger_tries(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat.email)
    client.post("/sign-out")
    stranger = Client()
    for _ in range(6):
        last = sign_in(stranger, cast.pat.email, "wrong")
    assert last.status_code == 429
    assert sign_in(client, cast.pat.email).status_code == 302


def test_the_cookie_of_a_known_browser_is_for_nothing_else(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat.email)
    device = client.cookies["signoff_device"]
    assert (device["httponly"], device["samesite"], device["path"], device["max-age"]) == (True, "Lax", "/", 31536000)
    other = Client()
    other.cookies["signoff_device"] = device.value
    assert other.get("/dashboard").status_code == 302


def test_signing_in_and_out_is_written_down_with_where_from(client: Client, cast: Cast) -> None:
    headers = {"User-Agent": "Firefox", "X-Forwarded-For": "198.51.100.66"}
    client.post("/sign-in", {"login": cast.pat.email, "password": PASSWORD}, headers=headers)
    client.post("/sign-out", headers=headers)
    client.post("/sign-out", headers=headers)
    origin = {"ip": "127.0.0.1", "browser": "Firefox"}
    assert [(event.verb, event.data) for event in Event.objects.order_by("id")] == [
        ("person.signed_in", {"means": ["password"], **origin}),
        ("person.signed_out", origin),
    ]


def test_behind_a_proxy_of_ours_its_word_counts_for_events_and_limits(cast: Cast, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ("127.0.0.0/8",)

    def tried(ip: str, password: str = "wrong") -> int:
        body = {"login": cast.pat.email, "password": password}
        answer = Client().post("/sign-in", body, headers={"X-Forwarded-For": ip})
        return int(answer.status_code)

    assert [tried("198.51.100.66") for _ in range(6)] == [422] * 5 + [429]
    assert tried("203.0.113.9", PASSWORD) == 302
    assert Event.objects.get().data["ip"] == "203.0.113.9"


def test_a_session_is_a_new_one_after_signing_in(client: Client, cast: Cast) -> None:
    """Whoever knew the cookie before, or planted it, has nothing of it."""
    client.get("/sign-in")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["signoff_session"] = str(session.session_key)
    token = cookie(client, "signoff_csrf")
    sign_in(client, cast.pat.email)
    assert cookie(client, "signoff_session") != session.session_key
    assert cookie(client, "signoff_csrf") != token
    thief = Client()
    thief.cookies["signoff_session"] = str(session.session_key)
    assert thief.get("/dashboard").status_code == 302


def test_a_session_is_a_new_one_after_a_new_password_and_none_after_signing_out(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat.email)
    first = cookie(client, "signoff_session")
    new = "correct horse battery staple"
    client.post("/change-password", {"present": PASSWORD, "new": new})
    second = cookie(client, "signoff_session")
    client.post("/sign-out")
    for old in (first, second):
        thief = Client()
        thief.cookies["signoff_session"] = old
        assert (old, thief.get("/dashboard").status_code) == (old, 302)
    assert first != second


def test_another_person_in_the_same_browser_gets_nothing_of_the_first(client: Client, cast: Cast) -> None:
    sign_in(client, cast.pat.email)
    session = client.session
    session["organization"] = str(cast.organization.pk)
    session.save()
    client.post("/sign-out")
    sign_in(client, cast.art.email)
    assert "organization" not in client.session


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_next_leads_to_another_site(cast: Cast, wanted: str) -> None:
    client = Client()
    client.force_login(cast.pat, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/sign-in", {"next": wanted})["Location"] == "/dashboard"
    view = {"name": "Mine", "page": "projects", "query": "late=1", "next": wanted}
    assert client.post("/views", view)["Location"].startswith("/projects")


def test_a_next_of_ours_is_followed(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.pat, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/sign-in", {"next": "/projects?late=1#top"})["Location"] == "/projects?late=1#top"


@pytest.mark.parametrize("wanted", ["//evil.example", "https:evil.example", "/\\evil.example"])
def test_no_next_leads_away_after_the_password_either(client: Client, cast: Cast, wanted: str) -> None:
    assert sign_in(client, cast.pat.email, next=wanted)["Location"] == "/dashboard"
    new = "correct horse battery staple"
    body = {"present": PASSWORD, "new": new, "next": wanted}
    assert client.post(f"/change-password?next={wanted}", body)["Location"] == "/account"


def test_the_present_password_cannot_be_guessed_from_a_borrowed_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.pat, "django.contrib.auth.backends.ModelBackend")
    new = "correct horse battery staple"
    tries = [
        client.post("/change-password", {"present": present, "new": new}).content.decode()
        for present in (*["wrong"] * 5, PASSWORD)
    ]
    assert ["Too many tries. Try again in 4 minutes." in page for page in tries] == [False] * 5 + [True]
    assert sign_in(Client(), cast.pat.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("length", [1001, 200_000])
def test_a_long_password_is_not_even_hashed(client: Client, cast: Cast, length: int) -> None:
    begun = time.perf_counter()
    answer = sign_in(client, cast.pat.email, "x" * length)
    assert (answer.status_code, time.perf_counter() - begun < 2) == (422, True)
    assert Event.objects.count() == 0
    assert "at most 1000 characters" in answer.content.decode()


def test_who_gets_it_right_uses_up_no_tries(cast: Cast) -> None:
    assert [sign_in(Client(), cast.pat.email).status_code for _ in range(7)] == [302] * 7

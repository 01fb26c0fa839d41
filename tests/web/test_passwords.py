"""Forgetting a password and choosing a new one, as pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from signoff.accounts.models import User
from tests.cast import PASSWORD, Cast
from tests.mail_server import MailServer

NEW = "correct horse battery staple"


@pytest.fixture(autouse=True)
def nothing_asked_yet(db: None) -> None:
    cache.clear()


def page(answer: Any) -> str:
    return str(answer.content.decode())


def forget(client: Client, email: str, **more: Any) -> Any:
    return client.post("/password/forgotten", {"email": email}, **more)


def test_the_sign_in_page_leads_there_only_where_there_is_mail(
    client: Client, mail_server: MailServer, settings: Any
) -> None:
    assert 'href="/password/forgotten"' in page(client.get("/sign-in"))
    settings.EMAIL_HOST = ""
    assert "An admin of your studio can help." in page(client.get("/sign-in"))
    assert 'href="/password/forgotten"' not in page(client.get("/sign-in"))
    assert (client.get("/password/forgotten").status_code, forget(client, "a@x.example").status_code) == (404, 404)


def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast, client: Client, mail_server: MailServer) -> None:
    said = set()
    for email in (cast.art.email, "nobody@nowhere.example"):
        answer = forget(client, email)
        said.add(
            (answer.status_code, re.sub(r'name="csrf[^>]+', "", page(answer).replace(email, "…").split("<main")[1]))
        )
    assert [(status, "is on its way" in words) for status, words in said] == [(200, True)]
    assert ProcrastinateJob.objects.count() == 2


def test_no_address_is_no_address(client: Client, mail_server: MailServer) -> None:
    assert (forget(client, "nobody").status_code, ProcrastinateJob.objects.count()) == (422, 0)


def test_five_times_an_hour_for_an_address_whoever_asks(cast: Cast, mail_server: MailServer) -> None:
    for email in (cast.art.email, "nobody@nowhere.example"):
        answers = [forget(Client(), email.upper(), REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(6)]
        assert answers == [200] * 5 + [429]
    assert forget(Client(), cast.pat.email).status_code == 200


def test_thirty_times_an_hour_from_one_place_whatever_the_address(mail_server: MailServer) -> None:
    answers = [forget(Client(), f"n{n}@x.example").status_code for n in range(31)]
    assert answers == [200] * 30 + [429]


def test_from_the_letter_to_a_new_password(
    transactional_db: None, cast: Cast, client: Client, mail_server: MailServer, run_jobs: Callable[[], None]
) -> None:
    other = Client()
    other.force_login(cast.art, backend="django.contrib.auth.backends.ModelBackend")
    forget(client, cast.art.email)
    run_jobs()

    came = client.get(mail_server.link())
    assert (came.status_code, came["Location"], came["Referrer-Policy"]) == (302, "/password/new", "no-referrer")
    form = client.get("/password/new")
    assert (form.status_code, form["Referrer-Policy"]) == (200, "same-origin")
    assert "no-store" in form["Cache-Control"]
    assert mail_server.link().rsplit("/", 1)[1] not in page(form)

    assert "This password is too short." in page(client.post("/password/new", {"new": "short"}))
    answer = client.post("/password/new", {"new": NEW})
    assert answer["Location"] == "/sign-in?renewed=1"
    assert "Your new password holds." in page(client.get(answer["Location"]))
    assert (client.get("/dashboard").status_code, other.get("/dashboard").status_code) == (302, 302)
    assert client.get(mail_server.link(), follow=True).status_code == 404
    assert client.post("/sign-in", {"login": cast.art.email, "password": NEW})["Location"] == "/dashboard"


def test_a_letter_that_was_overtaken_by_signing_in_opens_nothing(
    transactional_db: None, cast: Cast, client: Client, mail_server: MailServer, run_jobs: Callable[[], None]
) -> None:
    forget(client, cast.art.email)
    run_jobs()
    Client().post("/sign-in", {"login": cast.art.email, "password": PASSWORD})
    answer = client.get(mail_server.link(), follow=True)
    assert (answer.status_code, "ask for a new one" in page(answer)) == (404, True)
    assert '<a class="btn btn-primary" href="/password/forgotten">Ask for a new link</a>' in page(answer)
    assert client.post("/password/new", {"new": NEW}).status_code == 404
    assert User.objects.get(pk=cast.art.pk).check_password(PASSWORD)


def test_without_a_link_there_is_no_page(client: Client) -> None:
    assert (client.get("/password/new").status_code, client.post("/password/new", {"new": NEW}).status_code) == (
        404,
        404,
    )

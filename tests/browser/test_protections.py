"""What the real server says in its headers, to whoever asks: behind a proxy that does TLS, as people run it."""

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browser.real_server import Site
from tests.cast import PASSWORD, Cast

HOST = "tracker.example.com"
PROXIED = {"Host": HOST, "X-Forwarded-Proto": "https"}
# Every kind of answer: pages, errors, API, files, the stream, what we built, what is not ours.
ANSWERS = {
    "/sign-in": 200,
    "/nothing/here": 404,
    "/dashboard": 302,
    "/sign-out": 405,
    "/branding.css": 200,
    "/api/health": 200,
    "/api/v1/me": 401,
    "/api/v1/nothing": 404,
    "/media/broken/x.png": 403,
    "/archives/broken/x.zip": 403,
}


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: str

    def cookies(self) -> dict[str, str]:
        found = (line.split("=", 1) for line in self.headers.get_all("Set-Cookie") or [])
        return {name: rest.partition("; ")[2] for name, rest in found}


@pytest.fixture(scope="module")
def behind_tls(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    media = tmp_path_factory.mktemp("protected")
    site = Site(media, SIGNOFF_HTTPS="1", SIGNOFF_PUBLIC_URL=f"https://{HOST}", SIGNOFF_TRUSTED_PROXIES="1")
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def people(transactional_db: None, cast: Cast) -> Cast:
    return cast


def ask(site: Site, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
    wire = HTTPConnection(urlsplit(site.address).netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        wire.request(method, path, body or None, {**PROXIED, **named})
        answer = wire.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))
    finally:
        wire.close()


def sign_in(site: Site, email: str, password: str = PASSWORD, **headers: str) -> Answer:
    page = ask(site, "/sign-in")
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)[0]
    kept = [line.partition(";")[0] for line in page.headers.get_all("Set-Cookie") or []]
    form = urlencode({"login": email, "password": password, "csrfmiddlewaretoken": token})
    sent = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(kept), "Origin": f"https://{HOST}"}
    return ask(site, "/sign-in", "POST", form, **{**sent, **headers})


def session_of(answer: Answer) -> str:
    return "; ".join(line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])


def test_every_answer_is_protected(behind_tls: Site, people: Cast) -> None:
    for path, status in ANSWERS.items():
        answer = ask(behind_tls, path)
        policy = answer.headers["Content-Security-Policy"]
        assert (path, answer.status) in ((path, status), ("/api/health", 503))
        assert (path, answer.headers.get_all("X-Content-Type-Options")) == (path, ["nosniff"])
        assert (path, "unsafe" in policy, "frame-ancestors 'none'" in policy) == (path, False, True)
        assert (path, answer.headers["Cross-Origin-Resource-Policy"]) == (path, "same-origin")
        assert (path, answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")) == (path, True)
        if not path.startswith(("/media", "/archives")):  # other doors than Django's; the rule is the whole host's
            assert (path, answer.headers["Strict-Transport-Security"]) == (path, "max-age=31536000")
        if not path.startswith(("/media", "/archives", "/api/health")):
            assert (path, answer.headers["X-Frame-Options"]) == (path, "DENY")
        if path != "/branding.css":
            assert (path, "no-store" in answer.headers["Cache-Control"]) == (path, True)


def test_what_people_see_is_not_kept_by_browsers_and_proxies(behind_tls: Site, people: Cast) -> None:
    cookie = session_of(sign_in(behind_tls, people.ada.email))
    for path in ("/dashboard", "/projects", "/my-work", "/inbox", "/settings/audit", "/bell", "/api/v1/me"):
        answer = ask(behind_tls, path, Cookie=cookie)
        assert (path, answer.status) == (path, 200)
        assert ("no-store" in answer.headers["Cache-Control"], "private" in answer.headers["Cache-Control"]) == (
            True,
            True,
        )


def test_cookies_are_for_this_host_alone_and_for_https(behind_tls: Site, people: Cast) -> None:
    answer = sign_in(behind_tls, people.pat.email)
    flags = {name: sorted(rest.lower().split("; ")) for name, rest in answer.cookies().items()}
    assert answer.status == 302
    assert set(flags) == {"__Host-signoff_session", "__Host-signoff_csrf", "__Host-signoff_device"}
    for name, found in flags.items():
        kept = [flag for flag in found if not flag.startswith(("expires", "max-age"))]
        assert (name, kept) == (name, ["httponly", "path=/", "samesite=lax", "secure"])


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", "evil.example:443", f"{HOST}@evil.example"])
def test_a_name_that_is_not_ours_is_refused_in_words(behind_tls: Site, people: Cast, host: str) -> None:
    for path in ("/sign-in", "/api/v1/me", "/nothing"):
        answer = ask(behind_tls, path, Host=host)
        assert (answer.status, "evil" in answer.body) == (400, False)
    assert "SIGNOFF_ALLOWED_HOSTS" in ask(behind_tls, "/sign-in", Host=host).body


@pytest.mark.parametrize("host", [HOST, "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_our_own_names_are_answered(behind_tls: Site, people: Cast, host: str) -> None:
    assert ask(behind_tls, "/sign-in", Host=host).status == 200


def test_load_balancers_ask_by_address(behind_tls: Site, people: Cast) -> None:
    assert ask(behind_tls, "/api/health", Host="10.1.2.3:8000").status in (200, 503)


def test_another_host_is_not_believed_from_a_header(behind_tls: Site, people: Cast) -> None:
    answer = ask(behind_tls, "/dashboard", X_Forwarded_Host="evil.example", Forwarded="host=evil.example")
    assert (answer.status, answer.headers["Location"]) == (302, "/sign-in?next=/dashboard")
    page = ask(behind_tls, "/sign-in", X_Forwarded_Host="evil.example")
    assert "evil" not in page.body + str(page.headers)


def test_no_form_is_taken_without_its_token_nor_from_another_site(behind_tls: Site, people: Cast) -> None:
    form = urlencode({"login": people.pat.email, "password": PASSWORD})
    plain = {"Content_Type": "application/x-www-form-urlencoded"}
    assert ask(behind_tls, "/sign-in", "POST", form, **plain).status == 403
    assert sign_in(behind_tls, people.pat.email, Origin="https://evil.example").status == 403
    assert sign_in(behind_tls, people.pat.email, Origin="null").status == 403
    assert sign_in(behind_tls, people.pat.email).status == 302


def test_a_session_of_the_api_writes_nothing_without_the_token(behind_tls: Site, people: Cast) -> None:
    cookie = session_of(sign_in(behind_tls, people.pat.email))
    body = json.dumps({"name": "A", "job_number": "1"})
    answer = ask(behind_tls, "/api/v1/projects", "POST", body, Cookie=cookie, Content_Type="application/json")
    assert (answer.status, json.loads(answer.body)["code"]) == (403, "csrf_failed")


def test_too_many_tries_say_when_to_come_back(behind_tls: Site, people: Cast) -> None:
    tries = [sign_in(behind_tls, people.art.email, "wrong", X_Forwarded_For="198.51.100.66") for _ in range(6)]
    assert [answer.status for answer in tries] == [422] * 5 + [429]
    assert 0 < int(tries[-1].headers["Retry-After"]) <= 240
    assert sign_in(behind_tls, people.art.email, X_Forwarded_For="203.0.113.9").status == 302

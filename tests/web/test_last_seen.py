from collections.abc import Callable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from signoff.web.last_seen import EVERY
from tests.cast import Cast

Browsers = Callable[[str], Client]


def statements(browser: Client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/bell").status_code == 200
    return [one["sql"] for one in captured]


def test_a_session_seen_a_moment_ago_is_not_written_down_again(cast: Cast, browser_of: Browsers) -> None:
    browser = browser_of("pat")
    assert [sql for sql in statements(browser) if not sql.startswith("SELECT")] == []


def test_one_that_was_not_seen_for_a_while_costs_one_statement(cast: Cast, browser_of: Browsers) -> None:
    browser = browser_of("pat")
    few = len(statements(browser))
    long_ago = now() - EVERY - timedelta(seconds=1)
    UserSession.objects.update(last_seen_at=long_ago)
    assert len(statements(browser)) == few + 1
    assert len(statements(browser)) == few
    assert UserSession.objects.get().last_seen_at > long_ago


def test_a_session_that_nobody_noted_is_noted_at_its_first_request(cast: Cast) -> None:
    browser = Client(headers={"User-Agent": "x" * 500})
    browser.force_login(cast.pat, "django.contrib.auth.backends.ModelBackend")
    browser.get("/bell")
    row = UserSession.objects.get()
    assert (row.user_id, row.session_key, row.ip, len(row.user_agent)) == (
        cast.pat.pk,
        browser.session.session_key,
        "127.0.0.1",
        200,
    )


def test_a_new_password_leaves_the_same_line_in_the_list(cast: Cast, browser_of: Browsers) -> None:
    browser = browser_of("pat")
    before = UserSession.objects.get()
    new = "correct horse battery staple"
    browser.post("/change-password", {"present": "a good long password", "new": new})
    after = UserSession.objects.get()
    assert (after.pk, after.session_key) == (before.pk, browser.session.session_key)
    assert after.session_key != before.session_key

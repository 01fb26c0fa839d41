from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.notifications.models import Notification
from signoff.projects.models import Project
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def project(cast: Cast) -> Project:
    return factories.project(cast.organization, "First light")


def tell(cast: Cast, project: Project, who: str = "art", times: int = 1, by: Actor | None = None) -> Notification:
    for _ in range(times):
        announce(
            Verb.PROJECT_OPENED,
            actor=by or cast.actor("pat"),
            subject=project,
            organization_id=cast.organization.pk,
            project_id=project.pk,
            tell={cast.people[who].pk: Notification.Reason.OWNED},
        )
    return Notification.objects.order_by("-id")[0]


def page(browser: Client, address: str = "/inbox") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def unread() -> set[UUID]:
    return set(Notification.objects.unread().values_list("pk", flat=True))


def test_the_inbox_says_who_did_what_where(cast: Cast, project: Project, browser_of: Browsers) -> None:
    one = tell(cast, project)
    text = page(browser_of("art"))
    assert "<b>Pat Producer</b> opened the project" in text
    assert f'href="/inbox/{one.pk}"' in text
    assert 'id="inbox-count">1</span>' in text


def test_an_empty_inbox_says_what_it_is_for(browser_of: Browsers) -> None:
    assert "All read" in page(browser_of("art"))
    assert "Nothing waits here" in page(browser_of("art"), "/inbox?show=all")


def test_opening_a_message_leads_to_its_thing_and_counts_as_reading(
    cast: Cast, project: Project, browser_of: Browsers
) -> None:
    one = tell(cast, project)
    art = browser_of("art")
    assert art.get(f"/inbox/{one.pk}")["Location"] == f"/projects/{project.pk}"
    assert unread() == set()
    assert "All read" in page(art)
    assert "opened the project" in page(art, "/inbox?show=all")


def test_other_peoples_messages_are_not_there(cast: Cast, project: Project, browser_of: Browsers) -> None:
    one = tell(cast, project)
    for who in ("rev", "ada", "stranger"):
        browser = browser_of(who)
        assert "opened the project" not in page(browser)
        assert browser.get(f"/inbox/{one.pk}").status_code == 404
        assert browser.post(f"/inbox/{one.pk}/unread").status_code == 404
        browser.post("/inbox/read", {"id": str(one.pk)})
        browser.post("/inbox/read")
    assert unread() == {one.pk}


def test_reading_some_or_all(cast: Cast, project: Project, browser_of: Browsers) -> None:
    tell(cast, project, times=3)
    first, second, third = Notification.objects.order_by("id")
    art = browser_of("art")
    answer = art.post("/inbox/read", {"id": [str(first.pk), str(second.pk)]}, headers=HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "inbox.changed")
    assert unread() == {third.pk}
    assert art.post("/inbox/read")["Location"] == "/inbox"
    assert unread() == set()


def test_reading_twice_is_reading_once(cast: Cast, project: Project, browser_of: Browsers) -> None:
    one = tell(cast, project)
    art = browser_of("art")
    art.post("/inbox/read", {"id": str(one.pk)})
    first = Notification.objects.get(pk=one.pk).read_at
    art.post("/inbox/read", {"id": str(one.pk)})
    assert Notification.objects.get(pk=one.pk).read_at == first


def test_a_message_can_be_taken_back_to_the_unread(cast: Cast, project: Project, browser_of: Browsers) -> None:
    one = tell(cast, project)
    art = browser_of("art")
    art.post("/inbox/read")
    art.post(f"/inbox/{one.pk}/unread")
    assert unread() == {one.pk}


def test_htmx_gets_the_list_alone_and_the_bell_with_its_count(
    cast: Cast, project: Project, browser_of: Browsers
) -> None:
    tell(cast, project)
    art = browser_of("art")
    fragment = art.get("/inbox", headers=HTMX).content.decode()
    assert ("<html" in fragment, "opened the project" in fragment) == (False, True)
    bell = art.get("/bell", headers=HTMX).content.decode()
    assert ("has-dot" in bell, 'id="inbox-count" hx-swap-oob="true">1<' in bell) == (True, True)


def test_older_messages_come_page_by_page(cast: Cast, project: Project, browser_of: Browsers) -> None:
    tell(cast, project, times=45)
    art = browser_of("art")
    first = page(art)
    assert first.count('class="message"') == 40
    oldest_shown = Notification.objects.order_by("-id")[39].pk
    assert f"before={oldest_shown}" in first
    assert page(art, f"/inbox?before={oldest_shown}").count('class="message"') == 5


@pytest.mark.parametrize("address", ["/inbox?before=nothing", "/inbox?before=%00"])
def test_an_address_that_makes_no_sense_is_not_there(browser_of: Browsers, address: str) -> None:
    assert browser_of("art").get(address).status_code == 404


def test_ids_that_are_none_are_not_there(browser_of: Browsers) -> None:
    art = browser_of("art")
    assert art.post("/inbox/read", {"id": "x"}).status_code == 404
    assert art.get(f"/inbox/{new_id()}").status_code == 404


def test_the_page_asks_as_often_with_one_message_as_with_many(
    cast: Cast, project: Project, browser_of: Browsers, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    tell(cast, project)
    art = browser_of("art")
    with django_assert_num_queries(8):
        page(art)
    tell(cast, project, times=4)
    with django_assert_num_queries(8):
        page(art)

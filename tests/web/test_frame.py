import re
from collections.abc import Callable

from django.test import Client

from signoff.accounts.models import Membership, Role, SavedView
from tests import factories
from tests.cast import Cast

Browsers = Callable[[str], Client]
QUERIES = 8  # session, person, membership, unread, teams, saved views, other houses; and the messages


def page(browser: Client) -> str:
    answer = browser.get("/inbox")
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str, css: str) -> list[str]:
    found = re.findall(rf'<nav aria-label="{css}".*?</nav>', html, re.S)[0]
    return re.findall(r'<span class="label[^"]*">([^<]*)<', found)


def test_admins_and_producers_find_the_settings_others_do_not(browser_of: Browsers) -> None:
    there = {who: "Settings" in words(page(browser_of(who)), "Main") for who in ("ada", "pat", "art", "rev", "mia")}
    assert there == {"ada": True, "pat": True, "art": False, "rev": False, "mia": False}


def test_clients_see_their_own_teams_only(browser_of: Browsers) -> None:
    shown = {who: words(page(browser_of(who)), "Client teams") for who in ("mia", "nils", "pat")}
    assert shown == {"mia": ["Kolibri Drinks"], "nils": ["Norra Rail"], "pat": ["Kolibri Drinks", "Norra Rail"]}


def test_the_page_in_hand_is_marked(browser_of: Browsers) -> None:
    current = re.findall(r'<a class="nav-link" href="([^"]*)"[^>]* aria-current="page"', page(browser_of("pat")))
    assert current == ["/inbox"]


def test_the_frame_asks_as_often_with_one_row_as_with_many(
    cast: Cast, browser_of: Browsers, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    pat = browser_of("pat")
    with django_assert_max_num_queries(QUERIES) as few:
        page(pat)
    for number in range(5):
        factories.client_team(cast.organization, f"Team {number}")
        factories.project(cast.organization, f"Project {number}")
        SavedView.objects.create(organization=cast.organization, owner=cast.pat, name=f"{number}", page="projects")
        other = factories.organization(f"House {number}")
        Membership.objects.create(user=cast.pat, organization=other, role=Role.MAKER)
    with django_assert_max_num_queries(QUERIES) as many:
        page(pat)
    assert len(many) == len(few)


def test_who_is_a_member_elsewhere_can_switch(cast: Cast, browser_of: Browsers) -> None:
    Membership.objects.create(user=cast.pat, organization=cast.elsewhere, role=Role.MAKER)
    pat = browser_of("pat")
    assert "Switch to Elsewhere" in page(pat)
    pat.post("/organization", {"organization": str(cast.elsewhere.pk)})
    assert "Switch to Fieldhouse" in page(pat)


def test_nobody_switches_to_where_they_do_not_belong(cast: Cast, browser_of: Browsers) -> None:
    pat = browser_of("pat")
    for wanted in (str(cast.elsewhere.pk), "no id", ""):
        assert pat.post("/organization", {"organization": wanted}).status_code == 404
    assert "<small>Fieldhouse</small>" in page(pat)


def test_names_are_text_whatever_they_look_like(cast: Cast, browser_of: Browsers) -> None:
    cast.organization.name = "<script>alert('x')</script> & 漢字 🙂"
    cast.organization.save()
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; 漢字 🙂" in page(browser_of("pat"))

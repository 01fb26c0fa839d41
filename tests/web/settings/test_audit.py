import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from signoff.access.failures import note_failure
from signoff.access.sign_ins import signed_in
from signoff.accounts.actions import change_member, issue_api_key
from signoff.accounts.models import Membership, Role
from signoff.activity.trail import MOST
from signoff.audit.models import Event
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.origin import Origin
from signoff.deliverables.models import Deliverable
from tests import factories
from tests.cast import Cast

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HOME = Origin("203.0.113.9", FIREFOX)
BrowserOf = Callable[[str], Client]


def page(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows(answer: Any) -> list[str]:
    """The sentences, from the top."""
    return [re.sub(r"<[^>]+>", "", row) for row in re.findall(r'class="audit-what"><p>(.+?)</p>', page(answer))]


def at(cast: Cast, moment: datetime, verb: Verb = Verb.SIGNED_OUT, name: str = "pat", **data: object) -> Event:
    happening = Happening(verb, cast.people[name], data=data)
    return record(happening, actor=cast.actor(name), organization_id=cast.organization.pk, at=moment)


@pytest.fixture
def happened(cast: Cast) -> None:
    """Pat comes in, somebody tries to be Pat and to be nobody, Ada makes Art a producer and issues a key."""
    cast.organization.domains = ["fieldhouse.example"]
    cast.organization.save()
    signed_in(cast.pat, HOME, ["password"])
    note_failure(cast.pat.email, Origin("198.51.100.66", "curl/8"), "password", datetime.now(UTC))
    note_failure("ghost@fieldhouse.example", Origin("198.51.100.66"), "password", datetime.now(UTC))
    art = Membership.objects.get(user=cast.art)
    change_member(actor=cast.actor("ada"), membership=art, changes={"role": "producer"})
    issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Sync", scopes=["read"])


def test_each_event_is_a_sentence_the_newest_first(browser_of: BrowserOf, happened: None) -> None:
    assert rows(browser_of("ada").get("/settings/audit")) == [
        "Ada Admin issued the key “Sync” for read",
        "Ada Admin changed the access of Art Maker",
        "ghost@fieldhouse.example tried to sign in; nobody here has this address",
        "Pat Producer could not sign in with a password",
        "Pat Producer signed in with a password",
    ]


def test_a_row_says_what_changed_where_from_and_with_what(browser_of: BrowserOf, happened: None) -> None:
    shown = page(browser_of("ada").get("/settings/audit"))
    assert '<dt>role</dt><dd><del>maker</del> <span aria-hidden="true">→</span> <ins>producer</ins></dd>' in shown
    assert re.findall(r'<span class="mono">([^<]+)</span>', shown) == ["198.51.100.66"] * 2 + ["203.0.113.9"]
    assert f'<span title="{FIREFOX}">Firefox on Linux</span>' in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=sign_ins", ["Pat Producer signed in with a password"]),
        ("kind=keys", ["Ada Admin issued the key “Sync” for read"]),
        ("kind=people", ["Ada Admin changed the access of Art Maker"]),
        ("q=GHOST", ["ghost@fieldhouse.example tried to sign in; nobody here has this address"]),
        ("q=203.0.113", ["Pat Producer signed in with a password"]),
        ("q=sync&kind=keys", ["Ada Admin issued the key “Sync” for read"]),
        ("q=100%25", []),
        ("kind=exports&q=sync", ["Ada Admin issued the key “Sync” for read"]),
    ],
)
def test_the_filter_is_in_the_address(browser_of: BrowserOf, happened: None, query: str, found: list[str]) -> None:
    assert rows(browser_of("ada").get(f"/settings/audit?{query}")) == found


def test_who_is_what_they_did_what_was_done_to_them_and_tried_in_their_name(
    browser_of: BrowserOf, happened: None, cast: Cast
) -> None:
    def about(name: str) -> list[str]:
        member = Membership.objects.get(user=cast.people[name])
        return rows(browser_of("ada").get(f"/settings/audit?who={member.pk}"))

    assert about("art") == ["Ada Admin changed the access of Art Maker"]
    assert sorted(about("pat")) == [
        "Pat Producer could not sign in with a password",
        "Pat Producer signed in with a password",
    ]
    assert about("stranger") == []


def test_days_are_those_of_who_looks(browser_of: BrowserOf, cast: Cast) -> None:
    cast.ada.preferences = {"time_zone": "Pacific/Auckland"}
    cast.ada.save()
    for hour in (10, 11, 12):  # midnight there is 11:00 UTC, in November
        at(cast, datetime(2026, 11, 20, hour, tzinfo=UTC))
    ada = browser_of("ada")
    shown = page(ada.get("/settings/audit"))
    assert re.findall(r'<h2 id="h-day-\d+">([^<]+)', shown) == [
        "Saturday, 21 November 2026",
        "Friday, 20 November 2026",
    ]
    assert re.findall(r">(\d\d:\d\d:\d\d)<", shown) == ["01:00:00", "00:00:00", "23:00:00"]
    assert len(rows(ada.get("/settings/audit?since=2026-11-21"))) == 2
    assert len(rows(ada.get("/settings/audit?until=2026-11-20"))) == 1
    assert len(rows(ada.get("/settings/audit?since=2026-11-20&until=2026-11-21"))) == 3


def test_pages_follow_each_other_and_nothing_is_left_out_nor_said_twice(browser_of: BrowserOf, cast: Cast) -> None:
    begun = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for number in range(2 * MOST + 3):
        at(cast, begun + timedelta(seconds=number))
    ada, address, seen = browser_of("ada"), "/settings/audit?kind=sign_ins", []
    for _ in range(3):
        shown = page(ada.get(address))
        seen += re.findall(r">(\d\d:\d\d:\d\d)<", shown)
        address = "/settings/audit" + next(iter(re.findall(r'href="/settings/audit([^"]+)" rel="next"', shown)), "")
        address = address.replace("&amp;", "&")
    assert address == "/settings/audit"
    assert seen == [f"{begun + timedelta(seconds=n):%H:%M:%S}" for n in reversed(range(2 * MOST + 3))]


def test_what_makes_no_sense_in_the_address_is_left_out(browser_of: BrowserOf, happened: None) -> None:
    ada = browser_of("ada")
    for query in (
        "kind=nonsense",
        "who=me",
        "since=yesterday",
        "before=1",
        "q=%00",
        "since=9999-12-31",
        "until=9999-12-31",
    ):
        assert ada.get(f"/settings/audit?{query}").status_code == 200


def test_the_work_itself_and_other_houses_are_not_in_it(
    browser_of: BrowserOf, cast: Cast, key_visual: Deliverable
) -> None:
    signed_in(cast.stranger, HOME, ["password"])
    record(
        Happening(Verb.DELIVERABLE_CHANGED, key_visual), actor=cast.actor("pat"), organization_id=cast.organization.pk
    )
    shown = page(browser_of("ada").get("/settings/audit"))
    assert "Nothing has been written down yet" in shown


@pytest.mark.parametrize("name", ["pat", "art", "rev", "mia"])
def test_the_list_is_for_admins(browser_of: BrowserOf, cast: Cast, name: str) -> None:
    assert [browser_of(name).get(f"/settings/audit{end}").status_code for end in ("", ".csv")] == [403, 403]


def test_one_row_and_many_cost_the_same_queries(
    browser_of: BrowserOf, cast: Cast, django_assert_num_queries: Any
) -> None:
    ada, begun = browser_of("ada"), datetime(2026, 11, 20, 9, tzinfo=UTC)
    member = Membership.objects.get(user=cast.pat)
    at(cast, begun)
    for _ in range(2):
        with django_assert_num_queries(10):
            page(ada.get(f"/settings/audit?who={member.pk}"))
        for number in range(30):
            at(cast, begun + timedelta(hours=number))


def read(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_csv_has_what_the_filter_finds_and_is_itself_written_down(
    browser_of: BrowserOf, happened: None, cast: Cast
) -> None:
    ada = browser_of("ada")
    answer = ada.get("/settings/audit.csv?kind=people&before=01a22222-adee-70d2-9414-6f6c019dbb31")
    head, row = read(answer)
    assert (head[:5], row[0][-6:], row[1:5]) == (
        ["Time", "Who", "What", "Changes", "IP"],
        "+00:00",
        ["Ada Admin", "changed the access of Art Maker", "role: maker → producer", ""],
    )
    assert answer["Content-Disposition"].startswith('attachment; filename="signoff-audit-20')
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_label, event.data["what"], event.data["filter"]) == (
        "export.made",
        "Ada Admin",
        "audit",
        {"kind": "people"},
    )
    assert rows(ada.get("/settings/audit"))[0] == "Ada Admin exported this list"


def test_nothing_in_the_csv_is_a_formula(browser_of: BrowserOf, cast: Cast) -> None:
    cast.organization.domains = ["fieldhouse.example"]
    cast.organization.save()
    for email in ("=cmd|'/c calc'!a1@fieldhouse.example", "+1@fieldhouse.example", "@fieldhouse.example"):
        note_failure(email, Origin("203.0.113.9", "=HYPERLINK()"), "password", datetime.now(UTC))
    cells = [cell for row in read(browser_of("ada").get("/settings/audit.csv"))[1:] for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+1", "@"))] == []
    assert len([cell for cell in cells if cell.startswith(("'=", "'+", "'@"))]) == 6


def test_a_long_csv_is_whole(browser_of: BrowserOf, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signoff.activity.trail.AT_ONCE", 4)
    begun = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for number in range(8):
        at(cast, begun + timedelta(seconds=number))
    found = read(browser_of("ada").get("/settings/audit.csv"))[1:]
    assert [row[0][17:19] for row in found] == [f"{n:02d}" for n in reversed(range(8))]


def test_downloads_of_originals_are_in_it_and_not_in_the_diary(
    browser_of: BrowserOf, cast: Cast, key_visual: Deliverable
) -> None:
    round_ = factories.revision(key_visual, is_released=True)
    file = factories.media_file(round_)
    mia = browser_of("mia")
    mia.get(f"/files/{file.pk}/original")
    mia.head(f"/files/{file.pk}/original")
    mia.get(f"/rounds/{round_.pk}/archive")
    ada = browser_of("ada")
    assert rows(ada.get("/settings/audit?kind=files")) == [
        "Mia Client downloaded the files of a round of Key visual",
        "Mia Client downloaded “hero.png”",
    ]
    assert "downloaded" not in page(ada.get(f"/deliverables/{key_visual.pk}/diary"))


def test_somebody_who_left_can_still_be_asked_for(browser_of: BrowserOf, cast: Cast) -> None:
    Membership.objects.filter(user=cast.art).update(is_active=False, role=Role.MAKER)
    assert ">Art Maker</option>" in page(browser_of("ada").get("/settings/audit"))

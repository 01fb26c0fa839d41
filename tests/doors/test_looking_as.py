"""Ada looks as somebody else, at every door: she gets what they get, changes nothing, and leaves no trace."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from signoff.accounts.models import Membership, User
from signoff.accounts.names import NOBODY
from signoff.audit.models import Event
from signoff.deliverables.actions import change_stage
from signoff.deliverables.models import Deliverable
from signoff.notifications.models import Notification
from signoff.web import urls as site
from tests import factories
from tests.doors.walking import (
    WRITES,
    address_of,
    asked,
    key_of,
    operation_asked,
    operations,
    pages_of,
    signed_in,
)
from tests.doors.world import PAGE_BODIES, World

CHANGES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|COPY|TRUNCATE|WITH beaten)", re.I)
REFUSED = "You look as somebody else, so nothing can be changed."
OWN = {"sign-out", "own-sight"}  # what ends it
# The account of who signed in, which stays theirs: they look as somebody, they are not somebody else.
# Each is written down, as ada's.
TAKES_OUT = {"file-original", "round-archive", "project-approved-files", "round-report", "api round_report"}
ACCOUNT = {"account", "account-confirmation", "account-app", "account-codes", "factor-removal"}
# A form may change something, so it is not shown to who only looks; the person's own menu is not ada's.
CONTROLS = {"form", "button", "details"}
OF_CONTROLS = {"todo-act", "stage-row-actions", "looking-bar", "room-decide"}  # places for their controls
OF_CONTROLS |= {"decision-buttons", "decision-gate xs"}  # and the words on what they do, or why there are none
AROUND_CONTROLS = {"stage-row-detail"}  # a place that is there when something is in it: words, which count, or controls
UNFINISHED = {"input", "img", "br", "hr", "meta", "link", "use", "path", "source", "track"}
SEALED = re.compile(r"(media|uploads|archives)/[\w:.~=-]+")


class Seen(HTMLParser):
    """A page without its controls, its person menu, and what differs from one request to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[object] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if (
            self.inside
            or tag in CONTROLS
            or said.get("id") == "person-menu"
            or OF_CONTROLS & {said.get("class"), said.get("id")}
        ):
            if tag not in UNFINISHED:
                self.inside.append(tag)
        elif tag not in ("meta", "body", "script") and said.get("class") not in AROUND_CONTROLS:
            self.left.append((tag, sorted((n, v or "") for n, v in attrs if n not in ("data-moves", "data-refused"))))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag not in UNFINISHED:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside and data.strip():
            is_script = self.cdata_elem == "script"
            self.left.append(without_controls(json.loads(data)) if is_script else data.strip())


def without_controls(said: Any) -> Any:
    """What an island was given or an operation answers, but for what may be done with it."""
    if isinstance(said, list):
        return [without_controls(one) for one in said]
    if isinstance(said, dict):
        return {name: without_controls(one) for name, one in said.items() if name not in ("may", "commands")}
    return said


def seen(answer: Any, ids: Mapping[str, str] = MappingProxyType({})) -> object:
    """What of an answer must be the same for both; `ids` are put in the place of others."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for old, new in ids.items():
        body = body.replace(old.encode(), new.encode())
    told = {name: answer[name] for name in ("Content-Type", "Location", "ETag") if name in answer}
    told = {name: SEALED.sub("SEALED", value) for name, value in told.items()}
    kind = answer.get("Content-Type", "")
    if kind.startswith("text/html"):
        page = Seen()
        page.feed(SEALED.sub("SEALED", body.decode()))
        return answer.status_code, told, page.left
    if kind.startswith("application/json"):
        read = without_controls(json.loads(SEALED.sub("SEALED", body.decode())))
        once = [name for name in ("permissions", "made_at") if name in read]  # the looker's own, or the moment's
        return answer.status_code, told, {**read, **dict.fromkeys(once)} if once else read
    return answer.status_code, told, body


def looking_as(world: World, who: str) -> Client:
    """Ada's browser, from now on with this person's eyes."""
    client = signed_in(world.cast, "ada")
    member = Membership.objects.get(user=world.cast.people[who])
    assert client.post(reverse("settings-person-sight", args=[member.pk])).status_code == 302
    return client


@pytest.fixture
def at_work(world: World) -> World:
    """Mia is named on a stage in review, and was told of it."""
    row = Deliverable.objects.get(pk=world.ids["deliverable_id"])
    stage = factories.stage(row, "Client approval")
    change_stage(actor=world.cast.actor("pat"), stage=stage, changes={"assignee": world.cast.mia})
    change_stage(actor=world.cast.actor("art"), stage=stage, changes={"status": "in_review"})
    mine = Notification.objects.filter(recipient=world.cast.mia).latest("pk").pk
    return replace(world, ids=world.ids | world.shown | {"notification_id": mine})


def gets(world: World) -> dict[str, str]:
    """Every page and every reading operation, and the filters and fragments that have bodies of their own."""
    pages = {name: address_of(world, name, parts) for name, parts in pages_of(site.urlpatterns)}
    read = {f"api {name}": path.format_map(world.ids) for name, method, path in operations() if method == "get"}
    project, deliverable = world.ids["project_id"], world.ids["deliverable_id"]
    more = {
        "inbox all": "/inbox?show=all",
        "rows of work": "/my-work?turn=now",
        "one row": f"/api/v1/projects/{project}/grid?deliverable={deliverable}",
        "search": "/api/v1/search?q=light",
        "parts": f"/deliverables/{deliverable}/rounds?at=1",
        **{f"card {name}": f"/dashboard/{name}" for name in ("waiting", "projects", "activity", "health", "week")},
    }
    return {**{name: there for name, there in pages.items() if name not in OWN | ACCOUNT}, **read, **more}


def difference(theirs: Any, hers: Any) -> object:
    """The first place where two answers part, small enough to read."""
    if isinstance(theirs, list) and isinstance(hers, list):
        pairs = zip_longest(theirs, hers)
        return next((place, *pair) for place, pair in enumerate(pairs) if pair[0] != pair[1])
    if isinstance(theirs, tuple):
        return [difference(*pair) for pair in zip(theirs, hers, strict=True) if pair[0] != pair[1]]
    return theirs, hers


def parted(world: World, who: str, doors: dict[str, str]) -> list[object]:
    """Where what they get and what ada gets in their place are two things."""
    own, ada = signed_in(world.cast, who), looking_as(world, who)
    found = [(name, seen(asked(own, "get", there)), seen(asked(ada, "get", there))) for name, there in doors.items()]
    return [(name, difference(theirs, hers)) for name, theirs, hers in found if theirs != hers]


@pytest.mark.parametrize("who", ["mia", "nils"])
def test_every_door_shows_what_a_client_gets(at_work: World, who: str) -> None:
    doors = gets(at_work)
    assert parted(at_work, who, doors) == []
    client = signed_in(at_work.cast, who)
    assert sum(asked(client, "get", address).status_code == 200 for address in doors.values()) > 20


@pytest.mark.parametrize("who", ["art", "rev", "pat"])
def test_every_operation_answers_what_the_houses_people_get(at_work: World, who: str) -> None:
    """Their pages are full of controls, which are not shown; so of pages only who may open them is compared."""
    doors = gets(at_work)
    exports = {"export-xlsx", "api export"}  # each is written down, so who only looks makes none
    read = {name: there for name, there in doors.items() if name.startswith("api ") and name not in exports}
    assert parted(at_work, who, read) == []
    own, ada = signed_in(at_work.cast, who), looking_as(at_work, who)
    statuses = {
        name: tuple(asked(client, "get", there).status_code for client in (own, ada)) for name, there in doors.items()
    }
    assert {name for name, both in statuses.items() if both[0] != both[1]} == (exports if who == "pat" else set())


def test_the_proof_can_fail(at_work: World) -> None:
    """What nils sees is not what mia sees, and ada's own eyes are nobody else's."""
    mia, nils, ada = (signed_in(at_work.cast, who) for who in ("mia", "nils", "ada"))
    for address in ("/dashboard", "/inbox", "/api/v1/me", "/api/v1/people"):
        answers = [seen(asked(client, "get", address)) for client in (mia, nils, ada)]
        assert all(answers.count(one) == 1 for one in answers)


def test_a_team_is_seen_as_a_client_viewer_of_it_sees(at_work: World) -> None:
    """Somebody new in the team, whom nobody told or named anything yet: only who that is differs."""
    cast, name = at_work.cast, "Somebody at Kolibri Drinks"
    cast.people["kim"] = factories.member(cast.organization, name, "client_viewer", teams=[cast.kolibri])
    kim, ada = signed_in(cast, "kim"), signed_in(cast, "ada")
    ada.post(reverse("settings-team-sight", args=[cast.kolibri.pk]))
    someone = cast.people["kim"]
    nobody = {str(someone.pk): str(NOBODY), f'"hue": {someone.hue}': f'"hue": {User(pk=NOBODY).hue}'}
    says_who = {"api me", "invitation"}
    doors = {name: there for name, there in gets(at_work).items() if name not in says_who}
    found = [(n, seen(asked(kim, "get", at), nobody), seen(asked(ada, "get", at), nobody)) for n, at in doors.items()]
    assert [(name, difference(theirs, hers)) for name, theirs, hers in found if theirs != hers] == []
    me = ada.get("/api/v1/me").json()
    assert (me["label"], me["person"], me["client_teams"]) == (name, None, [str(cast.kolibri.pk)])


def test_the_account_stays_the_one_of_who_looks(at_work: World) -> None:
    page = looking_as(at_work, "mia").get("/account").content.decode()
    shown = page[page.index("<main") : page.index("</main")]
    assert ("Ada Admin" in shown, "Mia Client" in shown) == (True, False)


@pytest.mark.parametrize("who", ["mia", "pat"])
def test_looking_changes_nothing_at_any_door(at_work: World, who: str) -> None:
    client = looking_as(at_work, who)
    told = Notification.objects.filter(recipient=at_work.cast.people[who]).latest("pk").pk
    for name, address in {**gets(at_work), "message": f"/inbox/{told}"}.items():
        if name not in TAKES_OUT:
            assert (name, changes_of(client, address)) == (name, [])


@pytest.mark.parametrize("who", ["mia", "the team"])
def test_what_is_downloaded_with_other_eyes_is_written_down_as_her_own(at_work: World, who: str) -> None:
    client = looking_as(at_work, "mia") if who == "mia" else signed_in(at_work.cast, "ada")
    if who != "mia":
        client.post(reverse("settings-team-sight", args=[at_work.cast.kolibri.pk]))
    assert client.get(gets(at_work)["file-original"]).status_code == 302
    event = Event.objects.get(verb="file.downloaded")
    assert (event.actor_label, event.actor_user_id) == ("Ada Admin", at_work.cast.ada.pk)


def test_what_changes_something_is_counted(at_work: World) -> None:
    """The same walk with her own eyes finds what opening a message, and an export, write down."""
    client, told = signed_in(at_work.cast, "mia"), at_work.ids["notification_id"]
    client.get("/inbox")  # from when on the session is in the list of its person
    assert [one.split()[:2] for one in changes_of(client, f"/inbox/{told}")] == [
        ["UPDATE", '"notifications_notification"']
    ]
    assert [one.split()[:3] for one in changes_of(signed_in(at_work.cast, "ada"), "/export.xlsx")][0][0] == "INSERT"


@pytest.mark.parametrize("who", ["mia", "pat"])
def test_every_writing_request_is_refused(at_work: World, who: str) -> None:
    client = looking_as(at_work, who)
    for name, parts in pages_of(site.urlpatterns):
        body = PAGE_BODIES.get(name, {})
        said = {"data": body(at_work) if callable(body) else body}
        for headers in ({}, {"HX-Request": "true"}) if name not in OWN else ():
            answer = client.post(address_of(at_work, name, parts), headers=headers, **said)
            assert (name, answer.status_code, REFUSED in answer.content.decode()) == (name, 403, True)
    for door in operations():
        if door[1] in WRITES:
            answer = operation_asked(at_work, client, door)
            assert (door[0], answer.status_code, answer.json()["code"]) == (door[0], 403, "looking_as_somebody_else")


def test_a_key_goes_on_as_itself(at_work: World) -> None:
    """A session that looks is not asked where a key is sent."""
    secret = key_of(at_work, "write")
    client = looking_as(at_work, "mia")
    answer = client.patch(
        f"/api/v1/projects/{at_work.ids['project_id']}",
        {"brief": "New"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200


def changes_of(client: Client, address: str) -> list[str]:
    """The statements of this request that write, but for the session's own."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [one["sql"] for one in captured if CHANGES.match(one["sql"]) and "django_session" not in one["sql"]]

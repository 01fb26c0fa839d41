"""A house that hides its people: no door of its clients says their names, addresses or initials, and that is free."""

import html
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from signoff.accounts.models import Organization
from signoff.accounts.names import NOBODY
from signoff.audit.models import Event
from signoff.deliverables.actions import change_deliverable, change_stage
from signoff.deliverables.models import Deliverable
from signoff.live.publish import message_of
from signoff.notifications.models import Notification
from signoff.projects.models import Project
from signoff.reviews.actions import approve_stage, request_changes
from signoff.revisions.models import Revision
from tests import factories
from tests.doors.test_looking_as import gets, looking_as
from tests.doors.walking import asked, signed_in
from tests.doors.world import World

# Names of which no word, and initials of which no letter pair, stands on a page for another reason.
HOUSE = {"ada": "Quirina Zabel", "pat": "Xaver Yilmazoglu", "art": "Quentin Wyszynski", "rev": "Zdenka Vuckovic"}
INITIALS = re.compile(r'<span aria-hidden="true"[^>]*>\s*([A-Z]{1,2})\s*</span>')


@pytest.fixture
def busy(world: World) -> World:
    """Everybody of the house did something that mia reads of: assigned, handed in, approved, added, told her."""
    for who, name in HOUSE.items():
        world.cast.people[who].name = name
        world.cast.people[who].save()
    cast, row = world.cast, Deliverable.objects.get(pk=world.ids["deliverable_id"])
    review, client = factories.stage(row, "Internal review"), factories.stage(row, "Client approval")
    design = factories.stage(row, "Design")
    change_stage(actor=cast.actor("pat"), stage=design, changes={"assignee": cast.art})
    change_stage(actor=cast.actor("art"), stage=design, changes={"status": "approved"})
    change_deliverable(actor=cast.actor("pat"), deliverable=row, changes={"assignee": cast.art})
    approve_stage(actor=cast.actor("rev"), stage=review)
    for whom in (cast.rev, cast.mia):
        change_stage(actor=cast.actor("pat"), stage=client, changes={"assignee": whom})
    change_stage(actor=cast.actor("art"), stage=client, changes={"status": "in_review"})
    request_changes(actor=cast.actor("ada"), stage=client, note="Bluer")
    change_stage(actor=cast.actor("art"), stage=client, changes={"status": "in_review"})
    other = factories.deliverable(Project.objects.get(pk=row.project_id), "Banner", assignee=cast.pat)
    Revision.objects.update(added_by=cast.art, added_by_label=HOUSE["art"])
    late = factories.stage(other, "Client approval")
    change_stage(actor=cast.actor("pat"), stage=late, changes={"assignee": cast.rev, "status": "in_review"})
    Organization.objects.filter(pk=cast.organization.pk).update(hides_names=True)
    mine = Notification.objects.filter(recipient=cast.mia).latest("pk").pk
    return World(cast, world.ids | world.shown | {"notification_id": mine}, world.names, world.shown)


def told(world: World, client: Client) -> list[tuple[str, str]]:
    """(door, secret) wherever a name, an address or the initials of one of the house's people stand."""
    people = [world.cast.people[who] for who in HOUSE]
    secrets = [secret for one in people for secret in (*one.name.split(), one.email)]
    found = []
    for name, address in gets(world).items():
        answer = asked(client, "get", address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = html.unescape(body.decode(errors="replace"))
        found += [(name, secret) for secret in secrets if secret.lower() in text.lower()]
        found += [(name, initials) for initials in INITIALS.findall(text) if initials in {p.initials for p in people}]
    return found


def test_no_door_of_a_client_names_the_house(busy: World) -> None:
    mia = signed_in(busy.cast, "mia")
    assert told(busy, mia) == []
    page = mia.get(reverse("deliverable", args=[busy.ids["deliverable_id"]])).content.decode()
    assert ("<b>Fieldhouse</b>" in page, "Mia Client" in page) == (True, True)


def test_nor_does_one_that_ada_sees_as_the_client(busy: World) -> None:
    assert told(busy, looking_as(busy, "mia")) == []
    ada = signed_in(busy.cast, "ada")
    ada.post(reverse("settings-team-sight", args=[busy.cast.kolibri.pk]))
    assert told(busy, ada) == []


def test_the_proof_can_fail(busy: World) -> None:
    """A house that hides nobody is named at many doors: pages, fragments, API; and its own people always read all."""
    assert {"Zdenka", "Xaver"} <= {secret for _, secret in told(busy, signed_in(busy.cast, "art"))}
    Organization.objects.update(hides_names=False)
    doors = told(busy, signed_in(busy.cast, "mia"))
    at = {name for name, _ in doors}
    pages = {"projects", "deliverable", "deliverable-stages", "deliverable-diary", "deliverable-rounds", "inbox"}
    pages |= {"project", "project-board", "project-activity", "dashboard", "message"} - {"message"}
    api = {"api people", "api grid", "api project", "api deliverable", "api stage", "api activity", "api read_round"}
    assert pages | api | {"api notifications", "api projects", "api rounds"} <= at
    assert {word for name in HOUSE.values() for word in name.split()} <= {secret for _, secret in doors}
    assert {"XY", "QW"} <= {secret for _, secret in doors}


def test_the_people_of_ones_own_team_keep_their_names(busy: World) -> None:
    cast = busy.cast
    cast.people["kim"] = factories.member(cast.organization, "Kim Client", "client_viewer", teams=[cast.kolibri])
    people = signed_in(cast, "mia").get("/api/v1/people").json()
    assert {one["name"] for one in people} == {"Fieldhouse", "Mia Client", "Kim Client"}
    assert {(one["hue"], one["email"]) for one in people if one["name"] == "Fieldhouse"} == {(1, "")}
    grid = signed_in(cast, "mia").get(f"/api/v1/projects/{busy.ids['project_id']}/grid").json()
    ids = {name: str(cast.people[who].pk) for name, who in (("Mia Client", "mia"), ("Kim Client", "kim"))}
    named = [[ids[name], name, cast.people[name[:3].lower()].hue, True] for name in ("Kim Client", "Mia Client")]
    assert grid["people"] == [[str(NOBODY), "Fieldhouse", 1, False], *named]


def test_a_grid_that_was_kept_is_not_kept_over_the_switch(busy: World) -> None:
    mia, address = signed_in(busy.cast, "mia"), f"/api/v1/projects/{busy.ids['project_id']}/grid"
    tag = mia.get(address)["ETag"]
    assert mia.get(address, headers={"If-None-Match": tag}).status_code == 304
    Organization.objects.update(hides_names=False)
    assert mia.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_live_messages_name_nobody(busy: World) -> None:
    said = json.dumps([message_of(event) for event in Event.objects.all()])
    assert [name for name in HOUSE.values() if any(word in said for word in name.split())] == []


def test_hiding_asks_the_database_no_more(busy: World) -> None:
    mia = signed_in(busy.cast, "mia")
    hidden = {name: statements(mia, address) for name, address in gets(busy).items()}
    Organization.objects.update(hides_names=False)
    shown = {name: statements(mia, address) for name, address in gets(busy).items()}
    assert {name: (hidden[name], shown[name]) for name in shown if hidden[name] > shown[name]} == {}


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        asked(client, "get", address)
    return len(captured)

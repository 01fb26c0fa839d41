"""Clients see what was ordered, not how the house plans and talks: at the API as on the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from signoff.accounts.actions import save_view
from signoff.activity.feed import diary
from signoff.core.actor import Actor
from signoff.deliverables.actions import change_stage
from signoff.deliverables.models import Deliverable
from signoff.feedback.actions import NoteChange, add_comment, change_note, release_comment
from signoff.feedback.models import Audience, Comment, State
from signoff.feedback.said import Said
from signoff.pipelines.models import StageDefinition
from signoff.projects.actions import add_custom_field
from signoff.projects.models import Project
from signoff.reviews.actions import request_changes
from tests import factories
from tests.cast import Cast

SECRETS = ("Between us", "88000", "profitrate", "Nils pays late")


@pytest.fixture
def planned(cast: Cast, key_visual: Deliverable) -> Deliverable:
    """Key visual with what the house keeps to itself."""
    pat, ada = cast.actor("pat"), cast.actor("ada")
    for subject in ("project", "deliverable"):
        add_custom_field(actor=ada, organization=cast.organization, subject=subject, name="profitrate", kind="number")
    Deliverable.objects.filter(pk=key_visual.pk).update(notes="Between us", custom={"profitrate": 88000})
    Project.objects.filter(pk=key_visual.project_id).update(custom={"profitrate": 88000})
    save_view(
        actor=pat,
        organization=cast.organization,
        name="Nils pays late",
        page="projects",
        query="late=1",
        is_shared=True,
    )
    return key_visual


def test_no_door_of_a_client_says_what_the_house_keeps(
    cast: Cast, planned: Deliverable, browser_of: Callable[[str], Client]
) -> None:
    mia = browser_of("mia")
    api = f"/api/v1/projects/{planned.project_id}"
    asked = [
        *(
            "/dashboard",
            "/my-work",
            "/projects",
            "/inbox",
            "/api/v1/views",
            "/api/v1/custom-fields",
            "/api/v1/projects",
        ),
        *(f"/projects/{planned.project_id}{part}" for part in ("", "/board", "/activity")),
        *(f"/deliverables/{planned.pk}{part}" for part in ("", "/facts", "/stages", "/diary")),
        *(api, f"{api}/grid", f"{api}/grid?deliverable={planned.pk}", f"{api}/activity"),
        *(f"/api/v1/deliverables/{planned.pk}", "/api/v1/search?q=profitrate", "/api/v1/me"),
    ]
    found = {address: mia.get(address) for address in asked}
    assert {address: answer.status_code for address, answer in found.items()} == dict.fromkeys(asked, 200)
    told = {(address, secret) for address, one in found.items() for secret in SECRETS if secret in one.content.decode()}
    assert told - {("/api/v1/search?q=profitrate", "profitrate")} == set()


def test_no_door_of_a_client_says_what_the_house_said_to_itself(
    cast: Cast, key_visual: Deliverable, browser_of: Callable[[str], Client]
) -> None:
    """Comments, answers, names of files, numbers and the first words of what was released in other ones."""
    shown = factories.revision(key_visual, is_released=True)
    pat, rev, art = (cast.actor(who) for who in ("pat", "rev", "art"))

    def say(actor: Actor, text: str, **said: Any) -> Comment:
        return add_comment(actor=actor, revision=shown, said=Said(text=text, mentions=[cast.mia.pk], **said)).comment

    say(rev, "SECRET one")
    asked = say(pat, "Is it warmer?", audience=Audience.CLIENT)
    say(art, "SECRET two", parent=asked.pk)
    released = say(rev, "SECRET three")
    factories.attachment(released, "SECRET four.png")
    release_comment(actor=pat, comment=released, client_text="A warmer blue?")
    change_note(actor=art, item=released.item, change=NoteChange(state=State.ADDRESSED))
    change_note(actor=rev, item=released.item, change=NoteChange(state=State.REOPENED, reason="SECRET five"))

    mia, api = browser_of("mia"), "/api/v1"
    asked_for = [
        *("/dashboard", "/inbox?show=all", f"/deliverables/{key_visual.pk}", f"/deliverables/{key_visual.pk}/diary"),
        *(f"{api}/rounds/{shown.pk}/{part}" for part in ("comments", "feedback")),
        *(f"{api}/notifications", f"{api}/projects/{key_visual.project_id}/activity", f"{api}/search?q=secret"),
        *(f"{api}/comments/{released.pk}", f"{api}/feedback/{released.item.pk}"),
    ]
    found = {address: mia.get(address) for address in asked_for}
    assert {address: answer.status_code for address, answer in found.items()} == dict.fromkeys(asked_for, 200)
    assert [address for address, one in found.items() if "SECRET" in one.content.decode()] == []
    comments = found[f"{api}/rounds/{shown.pk}/comments"].json()["comments"]
    assert [(one["text"], one["note"]["number"]) for one in comments] == [("Is it warmer?", 1), ("A warmer blue?", 2)]
    told = [one["subject"] for one in found[f"{api}/notifications"].json()["results"]]
    assert set(told) == {"Is it warmer?", "A warmer blue?"}


def test_the_house_reads_it_all(cast: Cast, planned: Deliverable, browser_of: Callable[[str], Client]) -> None:
    art = browser_of("art")
    grid: dict[str, Any] = art.get(f"/api/v1/projects/{planned.project_id}/grid").json()
    row = dict(zip(grid["columns"], grid["rows"][0], strict=True))
    assert (row["notes"], row["custom"]) == ("Between us", {"profitrate": 88000})
    assert [one["name"] for one in art.get("/api/v1/views").json()] == ["Nils pays late"]


def test_a_grid_kept_by_a_client_is_not_the_houses(
    cast: Cast, planned: Deliverable, browser_of: Callable[[str], Client]
) -> None:
    """On a shared desk a tag of one must not bring 304 for the other."""
    address = f"/api/v1/projects/{planned.project_id}/grid"
    tag = browser_of("art").get(address)["ETag"]
    assert browser_of("mia").get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(("is_with_client", "read"), [(False, ""), (True, "Mia will hate the blue")])
def test_a_note_is_read_by_clients_where_the_stage_is_with_them(
    cast: Cast, key_visual: Deliverable, is_with_client: bool, read: str
) -> None:
    StageDefinition.objects.filter(name="Internal review").update(is_with_client=is_with_client)
    stage = factories.stage(key_visual, "Internal review")
    for status in ("in_progress", "in_review"):
        change_stage(actor=cast.actor("art"), stage=stage, changes={"status": status})
    request_changes(actor=cast.actor("rev"), stage=stage, note="Mia will hate the blue")
    notes = {
        who: [line.note for line in diary(cast.actor(who), Project.objects.all(), most=1)] for who in ("art", "mia")
    }
    assert notes == {"art": ["Mia will hate the blue"], "mia": [read]}


def test_a_client_reads_their_own_note(cast: Cast, key_visual: Deliverable) -> None:
    stage = factories.stage(key_visual, "Client approval")
    change_stage(actor=cast.actor("pat"), stage=stage, changes={"status": "in_progress", "assignee": cast.mia})
    change_stage(actor=cast.actor("pat"), stage=stage, changes={"status": "in_review"})
    request_changes(actor=cast.actor("mia"), stage=stage, note="Bluer, please")
    assert [line.note for line in diary(cast.actor("mia"), Project.objects.all(), most=1)] == ["Bluer, please"]


@pytest.mark.parametrize(("who", "is_read"), [("mia", False), ("art", True)])
def test_what_was_noticed_of_a_file_is_the_houses(
    key_visual: Deliverable, browser_of: Callable[[str], Client], who: str, is_read: bool
) -> None:
    """It may name rounds that clients never saw."""
    revision = factories.revision(key_visual, is_released=True)
    factories.media_file(revision, step="rendered", notice="The same file as in round 7")
    client, project = browser_of(who), key_visual.project_id
    pages = [client.get(f"{way}/projects/{project}/files").content.decode() for way in ("", "/api/v1")]
    assert ["round 7" in page for page in pages] == [is_read] * 2


@pytest.mark.parametrize("who", ["mia", "art", "rev"])
def test_a_refused_settings_form_shows_nobody_the_house(
    key_visual: Deliverable, browser_of: Callable[[str], Client], who: str
) -> None:
    answer = browser_of(who).post(f"/projects/{key_visual.project_id}/settings", {"name": ""})
    assert (answer.status_code, "Ada Admin" in answer.content.decode()) == (403, False)

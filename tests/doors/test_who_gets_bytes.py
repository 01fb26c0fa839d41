"""Files, zips, exports and the live stream, asked by everybody: who gets the bytes, and which."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from config.asgi import DOORS
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.ids import new_id
from signoff.deliverables.models import Deliverable
from signoff.live.hub import Subscriber
from signoff.live.publish import message_of
from signoff.revisions.storage import storage
from signoff.web.events import subscriber_of
from tests import factories
from tests.cast import Cast
from tests.doors.tables import BYTES, EXPORTED, HEARD, words_of
from tests.doors.walking import signed_in
from tests.doors.world import ASKING
from tests.files import add_round, noise
from tests.web.asgi import ask

pytestmark = pytest.mark.django_db(transaction=True)
SHOWN, NEWEST = noise(900, seed=1), noise(900, seed=2)
WAYS = {"": "/", "api ": "/api/v1/"}


@pytest.fixture
def doors(cast: Cast, key_visual: Deliverable) -> dict[str, tuple[str, bytes]]:
    """Key visual is approved and has two rounds, of which clients see the first: where the bytes are, and which."""
    art, found = cast.actor("art"), {}
    for name, data in (("shown", SHOWN), ("newest", NEWEST)):
        revision = add_round(art, key_visual, data)
        file = revision.files.get()
        thumbnail = factories.rendition(file)
        storage().put(thumbnail.key, _file(data), "image/webp")
        found[f"thumbnail {name}"] = (f"/thumbnails/{thumbnail.pk}", data)
        found[f"original {name}"] = (f"/files/{file.pk}/original", data)
        found[f"api original {name}"] = (f"/api/v1/files/{file.pk}/content", data)
        found[f"zip {name}"] = (f"/rounds/{revision.pk}/archive", data)
        found[f"api zip {name}"] = (f"/api/v1/rounds/{revision.pk}/archive", data)
    Deliverable.objects.update(released_rounds=[1], status="approved")
    for way, before in WAYS.items():
        found[f"{way}approved files"] = (f"{before}projects/{key_visual.project_id}/approved-files", NEWEST)
    return found


def _file(data: bytes) -> Path:
    path = Path(settings.STORAGE["options"]["root"]) / f"given-{new_id()}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def fetched(client: Client, address: str) -> str:
    """What comes at the end of the way: `shown` or `newest` bytes, the words of a refusal, or its status."""
    answer = client.get(address)
    if answer.status_code == 302 and answer["Location"].startswith(("/media/", "/archives/")):
        end = ask("GET", answer["Location"])
        return _named(end.body) if end.status == 200 else str(end.status)
    if answer.status_code == 200:
        return _named(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    return "sign-in" if answer.status_code in (302, 401) else str(answer.status_code)


def _named(body: bytes) -> str:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as read:
            (body,) = (read.read(info) for info in read.infolist())
    return {SHOWN: "shown", NEWEST: "newest"}[body]


@pytest.mark.parametrize("who", ASKING)
def test_each_gets_the_files_that_are_theirs(cast: Cast, doors: dict[str, tuple[str, bytes]], who: str) -> None:
    client = signed_in(cast, who)
    assert {name: fetched(client, address) for name, (address, _) in doors.items()} == words_of(BYTES, who)


def test_a_seal_opens_one_thing_and_none_that_was_changed(cast: Cast, doors: dict[str, tuple[str, bytes]]) -> None:
    """Whoever has an address may fetch by it; an address of another thing cannot be made of it."""
    pat = signed_in(cast, "pat")
    for name in ("original newest", "zip newest", "approved files"):
        address = pat.get(doors[name][0])["Location"]
        kind, token, rest = address.strip("/").split("/", 2)
        assert ask("GET", address).status == 200
        other = "archives" if kind == "media" else "media"
        broken = (f"/{kind}/{token[:-1]}x/{rest}", f"/{other}/{token}/{rest}", f"/{kind}/{token.split(':')[0]}/{rest}")
        assert [ask("GET", one).status for one in broken] == [403] * 3


@pytest.mark.parametrize("who", ASKING)
def test_each_exports_what_is_theirs(cast: Cast, key_visual: Deliverable, who: str) -> None:
    """Names of projects in the workbook: of all that the person sees, and of nothing else."""
    factories.deliverable(factories.project(cast.organization, "Night train", client_team=cast.norra), "Rails")
    factories.deliverable(factories.project(cast.elsewhere, "Second dawn"), "Sun")
    client = signed_in(cast, who)
    assert {name: _exported(client, f"{at}export.xlsx") for name, at in WAYS.items()} == {
        "": words_of(EXPORTED, who)["export"],
        "api ": words_of(EXPORTED, who)["export"],
    }


def _exported(client: Client, address: str) -> str:
    answer = client.get(address)
    if answer.status_code != 200:
        return "sign-in" if answer.status_code in (302, 401) else str(answer.status_code)
    cells = {
        str(cell) for sheet in load_workbook(io.BytesIO(answer.content)) for row in sheet.values for cell in row if cell
    }
    known = {"First light": "kolibri", "Night train": "norra", "Second dawn": "elsewhere"}
    return "+".join(word for name, word in known.items() if name in cells) or "nothing"


@pytest.fixture
def messages(cast: Cast, key_visual: Deliverable) -> dict[str, dict[str, Any]]:
    """One of each kind that goes over the wire: of Kolibri's project, of Norra's, of the house, to pat, to mia."""
    other = factories.project(cast.organization, "Night train", client_team=cast.norra)

    def said(project_id: object) -> dict[str, Any]:
        kinds = {"verb": Verb.STAGE_APPROVED, "actor_kind": "user", "subject_id": key_visual.pk}
        return message_of(Event(organization_id=cast.organization.pk, project_id=project_id, **kinds))

    to = {f"to {who}": said(None) | {"u": str(cast.people[who].pk)} for who in ("pat", "mia")}
    return {"kolibri": said(key_visual.project_id), "norra": said(other.pk), "house": said(None), **to}


@pytest.mark.parametrize("who", ASKING)
def test_each_hears_what_is_theirs(cast: Cast, messages: dict[str, dict[str, Any]], who: str) -> None:
    """By the status of the stream and by what the subscriber that it makes may hear."""
    cookie = _cookie(signed_in(cast, who))
    status = ask("GET", "/events", {"cookie": cookie}, leaves=True).status
    subscriber = subscriber_of([(b"cookie", cookie.encode())])
    heard = {name: _heard(subscriber, message) for name, message in messages.items()}
    assert {"status": str(status), **heard} == words_of(HEARD, who)


def _cookie(client: Client) -> str:
    found = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return f"{settings.SESSION_COOKIE_NAME}={found.value}" if found else ""


def _heard(subscriber: Subscriber | None, message: dict[str, Any]) -> str:
    return "yes" if subscriber and subscriber.may_hear(message) else "no"


def test_every_door_beside_django_is_walked() -> None:
    """What config/asgi.py answers itself; a new one needs a table here. Uploads are told in test_who_sees_what.py."""
    assert set(DOORS) == {"/media/", "/archives/", "/uploads/"}


def test_the_walk_finds_what_is_shown_to_too_many(cast: Cast, doors: dict[str, tuple[str, bytes]]) -> None:
    """The proof that it can fail: a round that somebody shows to the client is another table's."""
    Deliverable.objects.update(released_rounds=[1, 2])
    mia = signed_in(cast, "mia")
    found = {name: fetched(mia, address) for name, (address, _) in doors.items()}
    expected = words_of(BYTES, "mia")
    assert {name for name in found if found[name] != expected[name]} == {
        *(f"{what} newest" for what in ("thumbnail", "original", "api original", "zip", "api zip")),
        "approved files",
        "api approved files",
    }

"""Every door, walked by those who see nothing behind it: nobody, a client of another team, another organisation."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import get_resolver

from signoff.accounts.models import SavedView
from signoff.audit.models import Event
from signoff.sheets.models import ImportBatch
from tests import factories
from tests.doors.operations import operations

OF_ONE = [one for one in operations() if one.is_of_one]
NOT_FOUND = (404, "not_found")


@pytest.fixture
def ids(cast, first_light, key_visual):
    """A row of each kind that an address may name, all of Fieldhouse's, and nothing of Norra's."""
    view = SavedView.objects.create(organization=cast.organization, owner=cast.pat, name="A", page="grid", query="")
    batch = ImportBatch.objects.create(organization=cast.organization, file_name="a.csv")
    revision = factories.revision(key_visual, is_released=True)
    return {
        "project_id": first_light.pk,
        "deliverable_id": key_visual.pk,
        "stage_id": factories.stage(key_visual, "Design").pk,
        "view_id": view.pk,
        "batch_id": batch.pk,
        "round_id": revision.pk,
        "file_id": factories.media_file(revision).pk,
        "kind": "json",
        "decision_id": factories.decision(factories.stage(key_visual, "Design"), revision, cast.pat).pk,
        "delegation_id": factories.delegation(cast.pat, cast.ada, cast.organization).pk,
        "link_id": factories.guest_link(key_visual).pk,
        "comment_id": (comment := factories.comment(revision, audience="client")).pk,
        "item_id": factories.note(comment).pk,
        "attachment_id": factories.attachment(comment).pk,
        "upload_id": factories.upload(key_visual, cast.pat).pk,
    }


def knock(caller, one, ids):
    return caller.call(one.method, one.address(ids), one.body, **one.headers)


def walk(ask, found=OF_ONE):
    """What each operation answers: {name: (status, code)}."""
    responses = {one.name: ask(one) for one in found}
    return {name: (response.status_code, response.json()["code"]) for name, response in responses.items()}


def test_nobody_gets_anything_from_the_api(ids):
    def ask(one):
        path = f"/api/v1{one.address(ids)}"
        return Client().generic(one.method.upper(), path, "{}", "application/json", headers=one.headers)

    assert walk(ask, operations()) == {one.name: (401, "not_signed_in") for one in operations()}


@pytest.mark.parametrize("name", ["stranger", "nils"])
def test_another_organisation_or_team_finds_nothing(caller, ids, name):
    one = caller(name)

    found = walk(lambda operation: knock(one, operation, ids))
    assert found == {operation.name: NOT_FOUND for operation in OF_ONE}
    assert Event.objects.count() == 0


def test_what_is_not_there_looks_the_same_as_what_is_not_seen(caller, ids):
    pat, stranger = caller("pat"), caller("stranger")
    nowhere = {name: uuid.uuid4() if name.endswith("_id") else said for name, said in ids.items()}
    for operation in OF_ONE:
        seen = knock(stranger, operation, ids)
        missing = knock(pat, operation, nowhere)
        assert (seen.status_code, seen.content) == (missing.status_code, missing.content)


def pages(resolver, before=""):
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from pages(one, route)
        elif not route.startswith(("api/", "^")) and "<uuid:" in route:
            yield route


def address_of(route, ids):
    """Rows that no address of the API names are made up: there are none of Fieldhouse's, either."""
    route = re.sub("<(str|slug):[a-z_]+>", "name", route)
    return "/" + re.sub("<uuid:([a-z_]+)>", lambda found: str(ids.get(found[1], uuid.uuid4())), route)


def test_another_organisation_finds_no_page(caller, ids):
    client, found = caller("stranger").client, set()
    for route in pages(get_resolver("config.urls")):
        for method in ("get", "post", "delete"):
            response = getattr(client, method)(address_of(route, ids), headers={"HX-Request": "true"})
            if response.status_code not in (404, 405):  # 405: the page takes another method
                found.add((method, route, response.status_code))

    # Both take back what an event says, and say that there is nothing to take back.
    assert found == {
        ("post", "acts/<uuid:act>/undo", 409),
        ("post", "settings/fields/<uuid:field_id>/restoration", 302),
    }
    assert Event.objects.count() == 0

"""Who gets what at every door: each page and each operation of the API, asked by everybody.

The doors are read from the site map and from the API itself, so a new one fails here until it has a
line in tests/doors/tables.py. Every request is rolled back.
"""

from dataclasses import replace

import pytest
from django.test import Client

from signoff.accounts.models import ApiKey, User
from signoff.web import urls as site
from tests.doors.tables import API, API_SHOWN, GETS, POSTS, column_of
from tests.doors.walking import (
    WRITES,
    address_of,
    asked,
    is_of_round,
    key_of,
    operation_asked,
    operations,
    pages_asked,
    pages_of,
    signed_in,
)
from tests.doors.world import ASKING, World


@pytest.mark.parametrize("who", ASKING)
def test_every_page_shows_to_each_what_is_theirs(world: World, who: str) -> None:
    assert pages_asked(world, who, "get") == column_of(GETS, who)


@pytest.mark.parametrize("who", ASKING)
def test_every_page_takes_from_each_what_they_may(world: World, who: str) -> None:
    assert pages_asked(world, who, "post") == column_of(POSTS, who)


@pytest.mark.parametrize("who", ASKING)
def test_every_operation_answers_each_as_it_should(world: World, who: str) -> None:
    client = signed_in(world.cast, who)
    found = {door[0]: operation_asked(world, client, door).status_code for door in operations()}
    assert found == column_of(API, who)


@pytest.mark.parametrize("who", ASKING)
def test_a_round_that_clients_see_is_read_by_them_and_not_changed(world: World, who: str) -> None:
    client, doors = signed_in(world.cast, who), [door for door in operations() if is_of_round(door)]
    shown = replace(world, ids=world.shown)
    assert {door[0]: operation_asked(shown, client, door).status_code for door in doors} == column_of(API_SHOWN, who)


@pytest.mark.parametrize("who", ["nobody", "ada"])
def test_head_says_no_more_than_get_and_options_breaks_nowhere(world: World, who: str) -> None:
    client = signed_in(world.cast, who)
    for name, parts in pages_of(site.urlpatterns):
        address = address_of(world, name, parts)
        get, head = (asked(client, method, address) for method in ("get", "head"))
        assert (name, head.content, head.status_code in (get.status_code, 405)) == (name, b"", True)
        assert asked(client, "options", address).status_code in (200, 302, 403, 404, 405)
    for name, _, path in operations():
        answer = asked(client, "head", path.format_map(world.ids))
        assert (name, answer.status_code in (401, 405)) == (name, True)


def test_another_houses_ids_are_not_there(world: World) -> None:
    """Sam Stranger may do everything at home; every address that names a thing of Fieldhouse's is 404."""
    client = signed_in(world.cast, "stranger")
    answers = {
        (name, method): asked(client, method, address_of(world, name, parts)).status_code
        for name, parts in pages_of(site.urlpatterns)
        for method in ("get", "post")
        if any(part.endswith("_id") for part in parts) and name != "settings-field-restoration"  # of what is gone
    }
    assert {door: status for door, status in answers.items() if status not in (404, 405)} == {}
    calls = {door[0]: operation_asked(world, client, door).status_code for door in operations() if "{" in door[2]}
    assert calls == dict.fromkeys(calls, 404)


def test_nothing_is_written_without_the_token_of_a_page(world: World) -> None:
    client = signed_in(world.cast, "ada", enforce_csrf_checks=True)
    for name, parts in pages_of(site.urlpatterns):
        if name != "home":
            assert (name, asked(client, "post", address_of(world, name, parts)).status_code) == (name, 403)
    for door in operations():
        if door[1] in WRITES:
            answer = operation_asked(world, client, door)
            assert (door, answer.status_code, answer.json()["code"]) == (door, 403, "csrf_failed")


@pytest.mark.parametrize("scope", ["read", "approve", "export"])
def test_a_narrow_key_writes_nothing_else(world: World, scope: str) -> None:
    """What a key's scope does not name is 403."""
    headers = {"Authorization": f"Bearer {key_of(world, scope)}"}
    formal = {"decide", "send_decision_code", "set_delegation"}
    opened = {"approve": {"approve_stage", "withdraw_approval", "request_changes", *formal}}.get(scope, set())
    kept = {"set_read", "delete_view"}  # one's own inbox, and a view that a key does not see
    kept |= {"drop_upload", "part_addresses", "finish_upload"}  # nor does it see another's uploads
    for door in operations():
        if door[1] in WRITES and door[0] not in opened | kept:
            answer = operation_asked(world, Client(), door, **headers)
            assert (door, answer.status_code) == (door, 403)


def test_a_revoked_key_opens_nothing(world: World) -> None:
    headers = {"Authorization": f"Bearer {key_of(world, 'write')}"}
    ApiKey.objects.update(revoked_at="2026-01-01T00:00:00Z")
    found = {door[0]: operation_asked(world, signed_in(world.cast, "ada"), door, **headers) for door in operations()}
    assert {name: answer.status_code for name, answer in found.items()} == dict.fromkeys(found, 401)


def test_who_has_a_foreign_password_gets_nowhere(world: World) -> None:
    User.objects.filter(pk=world.cast.ada.pk).update(must_change_password=True)
    client = signed_in(world.cast, "ada")
    for door in operations():
        answer = operation_asked(world, client, door)
        assert (door, answer.status_code, answer.json()["code"]) == (door, 403, "password_change_needed")
    for name, parts in pages_of(site.urlpatterns):
        if name not in ("change-password", "sign-out", "branding"):
            answer = asked(client, "get", address_of(world, name, parts))
            assert (name, answer.status_code, answer["Location"]) == (name, 302, "/change-password?first=1")

"""Knocking at every door: the pages of the site map and the operations of the API, with ids and bodies of the world."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from signoff.accounts.actions import issue_api_key
from signoff.api.v1 import api
from signoff.web import urls as site
from tests.cast import Cast
from tests.doors.world import API_BODIES, API_HEADERS, PAGE_BODIES, World

BACKEND = "django.contrib.auth.backends.ModelBackend"
WRITES = ("post", "patch", "put", "delete")


def pages_of(patterns: list[Any]) -> Iterator[tuple[str, list[str]]]:
    """Every name of the site map, with the names of what its address holds."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from pages_of(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield str(one.name), list(one.pattern.converters)


def operations() -> list[tuple[str, str, str]]:
    """(name, method, path) of everything the API can do."""
    paths = api.get_openapi_schema()["paths"]
    return [(one["operationId"], method, path) for path, methods in paths.items() for method, one in methods.items()]


def is_of_round(door: tuple[str, str, str]) -> bool:
    return any(f"{{{one}_id}}" in door[2] for one in ("round", "file", "comment", "item", "attachment"))


def address_of(world: World, name: str, parts: list[str]) -> str:
    said = {part: world.ids[part] for part in parts if part != "name"}
    return reverse(name, kwargs=said | ({"name": world.names[name]} if "name" in parts else {}))


def signed_in(cast: Cast, who: str, **values: Any) -> Client:
    client = Client(**values)
    if who != "nobody":
        client.force_login(cast.people[who], backend=BACKEND)
    return client


def asked(client: Client, method: str, address: str, **said: Any) -> Any:
    """What the door answers; what it did is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address, **said)
        transaction.set_rollback(True)
    return response


def operation_asked(world: World, client: Client, door: tuple[str, str, str], **headers: str) -> Any:
    name, method, path = door
    body = API_BODIES.get(name, {})
    said: dict[str, Any] = {"headers": headers | API_HEADERS.get(name, {})}
    if method != "get":
        said["data"] = body(world) if callable(body) else body
    if method != "get" and name not in ("bulk_import", "attach_file"):  # which take forms
        said["content_type"] = "application/json"
    return asked(client, method, path.format_map(world.ids), **said)


def pages_asked(world: World, who: str, method: str) -> dict[str, int]:
    client, found = signed_in(world.cast, who), {}
    for name, parts in pages_of(site.urlpatterns):
        body = PAGE_BODIES.get(name, {})
        said = {"data": body(world) if callable(body) else body} if method == "post" else {}
        asking = signed_in(world.cast, who) if name == "sign-out" else client
        found[name] = asked(asking, method, address_of(world, name, parts), **said).status_code
    return found


def key_of(world: World, *scopes: str) -> str:
    cast = world.cast
    return issue_api_key(actor=cast.actor("ada"), organization=cast.organization, name="Narrow", scopes=scopes).secret

"""Callers of the API: each of the cast with a session, and keys with scopes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from signoff.accounts.keys import digest_of, new_secret
from signoff.accounts.models import ApiKey, Membership, Role, User
from tests import factories
from tests.cast import Cast


class Caller:
    """Sends JSON, keeps the answer: `caller.get("/me")` gives (status, body)."""

    def __init__(self, client: Client, headers: dict[str, str] | None = None) -> None:
        self.client, self.headers = client, headers or {}

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = {} if method == "get" else {"data": "" if body is None else body, "content_type": "application/json"}
        send = getattr(self.client, method)
        return send(f"/api/v1{path}", headers={**self.headers, **headers}, **data)

    def get(self, path: str, **headers: str) -> Any:
        return _read(self.call("get", path, **headers))

    def post(self, path: str, body: Any = None) -> Any:
        return _read(self.call("post", path, body))

    def patch(self, path: str, body: Any) -> Any:
        return _read(self.call("patch", path, body))

    def delete(self, path: str, body: Any = None) -> Any:
        return _read(self.call("delete", path, body))


def _read(response: Any) -> Any:
    return response.status_code, (response.json() if response.content else None)


@pytest.fixture
def caller(cast: Cast) -> Callable[[str], Caller]:
    """`caller("pat")`: pat at a page, signed in. The CSRF token is the business of test_auth."""

    def of(name: str) -> Caller:
        client = Client()
        client.force_login(cast.people[name], "django.contrib.auth.backends.ModelBackend")
        return Caller(client)

    return of


@pytest.fixture
def keyed(cast: Cast) -> Callable[..., Caller]:
    """`keyed("read")`: a key of Fieldhouse's with these scopes."""

    def of(*scopes: str, role: str = Role.INTEGRATION, **values: Any) -> Caller:
        name = f"Key {next(factories.numbers)}"
        user = User.objects.create(email=f"{name.replace(' ', '')}@keys.example", name=name, is_service=True)
        membership = Membership.objects.create(user=user, organization=cast.organization, role=role)
        secret, prefix = new_secret()
        ApiKey.objects.create(
            membership=membership, name=name, prefix=prefix, digest=digest_of(secret), scopes=list(scopes), **values
        )
        return Caller(Client(), {"Authorization": f"Bearer {secret}"})

    return of

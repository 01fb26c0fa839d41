"""Browsers of the cast: Django's client, signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast
from tests.signed_in import seen


@pytest.fixture
def browser_of(cast: Cast) -> Callable[[str], Client]:
    """`browser_of("pat")`: a client in which this person is signed in."""

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(cast.people[name], backend="django.contrib.auth.backends.ModelBackend")
        seen(client, cast.people[name])
        return client

    return sign_in

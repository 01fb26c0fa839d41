"""For which site a passkey is: the host that people typed, and nothing of what is behind it."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.mark.parametrize(
    ("host", "site"),
    [("tracker.example", "tracker.example"), ("localhost:8034", "localhost"), ("studio.example:443", "studio.example")],
)
def test_a_passkey_belongs_to_the_host_without_its_port(cast: Cast, settings: Any, host: str, site: str) -> None:
    settings.ALLOWED_HOSTS = ["tracker.example", "localhost", "studio.example"]
    said = json.loads(Client().get("/sign-in/passkey", headers={"Host": host}).content)["publicKey"]
    assert (said["rpId"], said["userVerification"], said["allowCredentials"]) == (site, "required", [])

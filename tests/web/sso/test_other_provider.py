"""A provider that others wrote (oidc-provider-mock), in a process of its own: what we ask is what the standard asks."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client

from signoff.accounts.models import User
from signoff.accounts.providers import Provider
from tests.cast import Cast
from tests.openid import onward
from tests.web.sso.test_sign_in import open_house


@pytest.fixture(scope="module")
def keyring() -> Iterator[str]:
    """Its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=2)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def test_the_whole_way_and_the_second_time(client: Client, cast: Cast, keyring: str, settings: Any) -> None:
    team = str(cast.kolibri.pk)
    open_house(cast, sso_rules=[{"group": "kolibri", "role": "client_viewer", "teams": [team]}])
    settings.SSO_PROVIDERS = (Provider("oidc", "Keyring", keyring, "signoff", "secret"),)
    claims = {"email": "nora@fieldhouse.example", "email_verified": True, "name": "Nora New", "groups": ["kolibri"]}
    assert requests.put(f"{keyring}/users/nora", json=claims, timeout=5).status_code == 204
    for _ in range(2):
        browser = Client()
        sent = requests.post(onward(browser, "oidc"), {"sub": "nora"}, allow_redirects=False, timeout=5)
        back = urlsplit(sent.headers["Location"])
        assert browser.get(f"{back.path}?{back.query}")["Location"] == "/dashboard"
    nora = User.objects.get(email="nora@fieldhouse.example")
    member = nora.memberships.get()
    assert (nora.name, member.role, list(member.client_teams.all())) == ("Nora New", "client_viewer", [cast.kolibri])


def test_a_refusal_there_is_a_page_here(client: Client, cast: Cast, keyring: str, settings: Any) -> None:
    settings.SSO_PROVIDERS = (Provider("oidc", "Keyring", keyring, "signoff", "secret"),)
    sent = requests.post(onward(client, "oidc"), {"action": "deny"}, allow_redirects=False, timeout=5)
    back = urlsplit(sent.headers["Location"])
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 403
    assert re.search("Keyring did not sign you in|begun in another browser", answer.content.decode())

"""Everything a token can be besides true: nobody comes in, nothing is made, and the page says so in words."""

import time
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from signoff.accounts.models import User
from tests.cast import Cast
from tests.openid import OTHER_TENANT, TENANT, Authority, Lie, colleague, come_by
from tests.web.sso.test_sign_in import open_house

LIES = {
    "wrong nonce": Lie({"nonce": "another"}),
    "no nonce": Lie(without=["nonce"]),
    "empty nonce": Lie({"nonce": ""}),
    "wrong audience": Lie({"aud": "another application"}),
    "several audiences, not issued to us": Lie({"aud": ["signoff-of-the-tests", "another"]}),
    "several audiences, issued to another": Lie({"aud": ["signoff-of-the-tests", "another"], "azp": "another"}),
    "no audience": Lie(without=["aud"]),
    "other issuer": Lie({"iss": "https://evil.example"}),
    "issuer of another tenant": Lie({"iss": f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0"}),
    "no issuer": Lie(without=["iss"]),
    "expired": Lie({"exp": int(time.time()) - 3600}),
    "never expires": Lie(without=["exp"]),
    "not yet valid": Lie({"nbf": int(time.time()) + 3600}),
    "no subject": Lie(without=["sub"]),
    "alg none": Lie(signing="none"),
    "signature cut off": Lie(signing="unsigned"),
    "signed with the client secret": Lie(signing="secret"),
    "signed with the public key": Lie(signing="public key"),
    "signed with a strange key of a known name": Lie(signing="strange key"),
    "signed with a strange key of a strange name": Lie(signing="strange kid"),
    "no object id": Lie(without=["oid"]),
    "an object id that is two": Lie({"oid": "a:b"}),
    "no tenant": Lie(without=["tid"]),
    "another tenant": Lie({"tid": OTHER_TENANT}),
    "two tenants": Lie({"tid": [TENANT, OTHER_TENANT]}),
}


@pytest.fixture
def nora(cast: Cast, entra: Authority) -> dict[str, Any]:
    open_house(cast)
    entra.people["Nora"] = colleague(1, "nora@fieldhouse.example", "Nora New")
    return entra.people["Nora"]


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in(client: Client, entra: Authority, nora: dict[str, Any], lie: str) -> None:
    entra.lie = LIES[lie]
    answer = come_by(client, entra, "Nora")
    assert (answer.status_code, "You are not signed in" in answer.content.decode()) == (403, True), lie
    assert ("_auth_user_id" in client.session, SocialAccount.objects.count(), User.objects.count()) == (False, 0, 7)
    entra.lie = Lie()
    assert come_by(client, entra, "Nora").status_code == 302


def test_a_clock_that_is_half_a_minute_off_is_none(client: Client, entra: Authority, nora: dict[str, Any]) -> None:
    entra.lie = Lie({"exp": int(time.time()) - 30, "iat": int(time.time()) + 30})
    assert come_by(client, entra, "Nora").status_code == 302


@pytest.mark.parametrize("lie", [Lie(issuer="https://evil.example"), Lie(is_silent=True)])
def test_a_provider_that_answers_wrongly_or_not_is_said_so(
    client: Client, entra: Authority, nora: dict[str, Any], lie: Lie
) -> None:
    address = client.post("/sign-in/entra").content.decode()
    assert "Go on to Microsoft" in address
    entra.lie = lie
    answer = client.post("/sign-in/entra") if lie.issuer else come_by(client, entra, "Nora")
    assert (answer.status_code, "does not answer as it should" in answer.content.decode()) == (503, True)


def test_a_provider_that_is_not_there_is_said_so(client: Client, cast: Cast, settings: Any, entra: Authority) -> None:
    (known,) = settings.SSO_PROVIDERS
    settings.SSO_PROVIDERS = (type(known)("entra", "Microsoft", "http://127.0.0.1:9/x", "a", "b", tenant=TENANT),)
    answer = client.post("/sign-in/entra")
    assert (answer.status_code, "does not answer as it should" in answer.content.decode()) == (503, True)

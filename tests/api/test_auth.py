from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from signoff.accounts.models import ApiKey, Membership

NOT_SIGNED_IN = {
    "type": "urn:signoff:problem:not_signed_in",
    "title": "Send an API key (Authorization: Bearer KEY), or sign in.",
    "status": 401,
    "code": "not_signed_in",
    "detail": "Send an API key (Authorization: Bearer KEY), or sign in.",
}


def test_nobody_is_told_how_to_sign_in(db):
    response = Client().get("/api/v1/me")

    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="signoff"')
    assert (response["Content-Type"], response.json()) == ("application/problem+json", NOT_SIGNED_IN)


@pytest.mark.parametrize("header", ["Bearer ", "Bearer so_nobody", "Basic cGF0OmE=", "Bearer " + "x" * 5000, "schön"])
def test_a_key_that_is_not_one_is_refused_even_with_a_session(caller, header):
    pat = caller("pat")

    assert pat.get("/me", Authorization=header) == (401, NOT_SIGNED_IN)


def test_a_key_acts_as_its_service_user_within_its_scopes(keyed, cast):
    status, me = keyed("read").get("/me")

    assert (status, me["kind"], me["role"], me["scopes"]) == (200, "api_key", "integration", ["read"])
    assert me["permissions"] == ["view"]
    assert me["organization"]["name"] == "Fieldhouse"


def test_a_key_ends_when_it_expires_is_revoked_or_its_user_leaves(keyed):
    expired = keyed("read", expires_at=now() - timedelta(seconds=1))
    revoked = keyed("read", revoked_at=now())
    left = keyed("read")
    Membership.objects.filter(api_keys=ApiKey.objects.get(name=left.get("/me")[1]["label"])).update(is_active=False)

    assert [key.get("/me")[0] for key in (expired, revoked, left)] == [401, 401, 401]


def test_a_session_writes_only_with_the_token_of_its_page(cast, key_visual):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.pat, "django.contrib.auth.backends.ModelBackend")
    path, body = f"/api/v1/deliverables/{key_visual.pk}", {"kind": "Poster"}
    without = client.patch(path, body, content_type="application/json")
    client.cookies["signoff_csrf"] = token = "a" * 32
    with_token = client.patch(path, body, content_type="application/json", headers={"X-CSRFToken": token})

    assert (without.status_code, without.json()["code"]) == (403, "csrf_failed")
    assert (with_token.status_code, with_token.json()["kind"]) == (200, "Poster")


def test_a_key_needs_no_token(keyed, key_visual):
    key = keyed("write")
    key.client.handler.enforce_csrf_checks = True

    assert key.patch(f"/deliverables/{key_visual.pk}", {"kind": "Poster"})[0] == 200


def test_a_person_without_a_membership_is_told_so(caller, cast):
    pat = caller("pat")
    cast.pat.memberships.all().delete()

    status, problem = pat.get("/me")
    assert (status, problem["code"]) == (403, "no_membership")


def test_who_must_change_the_password_does_so_first(caller, cast):
    pat = caller("pat")
    cast.pat.must_change_password = True
    cast.pat.save()

    status, problem = pat.get("/me")
    assert (status, problem["code"]) == (403, "password_change_needed")

"""What the claims of a token make of a person."""

from typing import Any

import pytest

from signoff.access.claims import LONGEST_UID, Identity, identity_from
from signoff.accounts.providers import Provider
from signoff.integrations.openid import TokenRefused

TENANT = "11111111-1111-4111-8111-111111111111"
ENTRA = Provider("entra", "Microsoft", "https://login.example/x", "id", "secret", tenant=TENANT)
OIDC = Provider("oidc", "Keyring", "https://keyring.example", "id", "secret", groups_claim="memberOf")
OURS = ("fieldhouse.example",)


def entra(**claims: Any) -> Identity:
    return identity_from(ENTRA, {"tid": TENANT, "oid": "AB-1", "sub": "s", "iss": "i", **claims})


def oidc(**claims: Any) -> Identity:
    return identity_from(OIDC, {"sub": "1", "iss": "https://keyring.example", **claims})


def test_an_identity_is_never_an_address() -> None:
    assert entra(email="a@fieldhouse.example").uid == f"{TENANT}:ab-1"
    assert oidc(email="a@fieldhouse.example").uid == "https://keyring.example 1"


def test_the_same_subject_of_another_issuer_is_another_person() -> None:
    assert oidc(iss="https://other.example").uid != oidc().uid


def test_a_long_subject_is_kept_as_its_digest_and_two_stay_two() -> None:
    first, second = oidc(sub="a" * 255), oidc(sub="a" * 254 + "b")
    assert (len(first.uid) <= LONGEST_UID, first.uid.startswith("sha256 "), first.uid != second.uid) == (True,) * 3


def test_what_no_database_can_keep_is_not_kept() -> None:
    assert (oidc(name="\x00", sub="\x00").name, oidc(sub="\x00").uid.startswith("sha256 ")) == ("", True)
    assert oidc(name=" Nora  New ").name == "Nora New"
    for oid in ("\x00", "a:b", "a" * 65, "", None, ["a"]):
        with pytest.raises(TokenRefused):
            entra(oid=oid)


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": " Nora@Fieldhouse.Example "}, "nora@fieldhouse.example"),
        ({"preferred_username": "nora@fieldhouse.example"}, "nora@fieldhouse.example"),
        ({"email": "nonsense", "preferred_username": "nora@fieldhouse.example"}, "nora@fieldhouse.example"),
        ({"email": ["nora@fieldhouse.example"]}, ""),
        ({"email": "a@b@fieldhouse.example"}, ""),
        ({"email": "nora@fieldhouse.example\n"}, "nora@fieldhouse.example"),
        ({"email": f"{'a' * 300}@fieldhouse.example"}, ""),
        ({}, ""),
    ],
)
def test_an_address_is_one_or_none(claims: dict[str, Any], address: str) -> None:
    found = entra(**claims)
    assert (found.email, found.vouched_for(OURS)) == (address, bool(address))


@pytest.mark.parametrize("provider", [entra, oidc])
@pytest.mark.parametrize(("verified", "at_oidc"), [(True, True), ("true", True), (False, False), (None, False)])
def test_who_answers_for_an_address(provider: Any, verified: object, at_oidc: bool) -> None:
    """Elsewhere the provider does, for any domain; at Microsoft the tenant, for the organisation's own domains only."""
    ours, theirs = (provider(email=f"a@{domain}", email_verified=verified) for domain in (OURS[0], "x.example"))
    at_entra = provider is entra
    assert (ours.vouched_for(OURS), theirs.vouched_for(OURS)) == (at_entra or at_oidc, at_oidc and not at_entra)


@pytest.mark.parametrize(
    ("claims", "groups"),
    [
        ({"memberOf": ["a", "b"]}, {"a", "b"}),
        ({"memberOf": "a"}, {"a"}),
        ({"memberOf": []}, set()),
        ({"groups": ["a"]}, set()),
        ({}, set()),
        ({"_claim_names": {"memberOf": "src1"}}, None),
        ({"_claim_names": {"other": "src1"}}, set()),
        ({"_claim_names": "memberOf"}, set()),
        ({"hasgroups": True}, set()),
    ],
)
def test_groups_are_told_or_too_many_or_none(claims: dict[str, Any], groups: set[str] | None) -> None:
    assert oidc(**claims).groups == groups

"""Who somebody is, from the claims of an ID token whose signature, issuer, audience, age and nonce were checked. Pure.

An identity is what the provider never gives to anybody else: at Microsoft the tenant and the object id, elsewhere
the issuer and the subject. An address is never one: people change theirs, and others get it.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from signoff.access.errors import ForeignTenant
from signoff.accounts.providers import Provider
from signoff.core.text import BadText, clean_name
from signoff.integrations.openid import TokenRefused

LONGEST_UID = 191  # of allauth's column
OBJECT_ID = re.compile(r"[0-9a-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as a provider knows them. `groups` is None when there were too many to be told.

    `address_is_checked` is the provider's word that the address is theirs; `address_is_native`, that it is one of
    the tenant's own people: see `vouched_for`.
    """

    provider: Provider
    uid: str
    email: str = ""
    name: str = ""
    groups: frozenset[str] | None = frozenset()
    address_is_checked: bool = False
    address_is_native: bool = False

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2]

    def vouched_for(self, domains: Iterable[str]) -> bool:
        """May the address count as this person's own, in an organisation with these domains?

        Most providers say `email_verified`, and answer for it. Microsoft does not check addresses: in a tenant of
        their own anybody can write somebody else's address into their profile (this is known as nOAuth). Two things
        make it safe to believe one here: the token is from the one tenant that was configured, whose administrators
        could as well sign in as anybody of it; and the domain is one that the organisation calls its own. Guests of
        the tenant are not its people, so their addresses count for nothing.
        """
        if not self.email:
            return False
        return self.address_is_native and self.domain in domains if self.provider.is_entra else self.address_is_checked


def identity_from(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    """Raises TokenRefused, or ForeignTenant for a token of another tenant, whoever signed it."""
    return Identity(
        provider=provider,
        uid=_entra_uid(provider, claims) if provider.is_entra else _uid(claims),
        email=_address(provider, claims),
        name=_name(claims.get("name")),
        groups=_groups(claims, provider.groups_claim),
        address_is_checked=claims.get("email_verified") in (True, "true"),
        address_is_native=_is_native(provider, claims),
    )


def _entra_uid(provider: Provider, claims: Mapping[str, Any]) -> str:
    tenant, person = str(claims.get("tid") or "").lower(), str(claims.get("oid") or "").lower()
    if not hmac.compare_digest(tenant.encode(), provider.tenant.encode()):
        raise ForeignTenant()
    if not OBJECT_ID.fullmatch(person):
        raise TokenRefused("Microsoft's answer does not say who you are (the claim oid).")
    return f"{tenant}:{person}"


def _uid(claims: Mapping[str, Any]) -> str:
    issuer, subject = str(claims.get("iss") or ""), str(claims.get("sub") or "")
    if not issuer or not subject:
        raise TokenRefused("The provider's answer does not say who you are (the claim sub).")
    whole = f"{issuer} {subject}"
    return (
        whole if len(whole) <= LONGEST_UID and whole.isprintable() else f"sha256 {sha256(whole.encode()).hexdigest()}"
    )


def _address(provider: Provider, claims: Mapping[str, Any]) -> str:
    """In small letters; at Microsoft the name to sign in with will do where no mailbox is known."""
    names = ("email", "preferred_username") if provider.is_entra else ("email",)
    return next((good for good in (_clean(claims.get(name)) for name in names) if good), "")


def _name(said: object) -> str:
    try:
        return clean_name(said if isinstance(said, str) else "", required=False)
    except BadText:
        return ""


def _clean(said: object) -> str:
    text = said.strip().lower() if isinstance(said, str) else ""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= 254 else ""


def _is_native(provider: Provider, claims: Mapping[str, Any]) -> bool:
    """A member of the tenant, not its guest; and its domain not said to be a foreign one (`xms_edov`)."""
    if not provider.is_entra:
        return False
    is_guest = claims.get("acct") in (1, "1") or provider.tenant not in str(claims.get("idp") or provider.tenant)
    return not is_guest and claims.get("xms_edov", True) in (True, 1, "1", "true", "True")


def _groups(claims: Mapping[str, Any], name: str) -> frozenset[str] | None:
    """Of no group is who comes without the claim: providers leave out an empty list.

    Microsoft tells at most 200; of who has more it says only that there are (`_claim_names`, `hasgroups`).
    """
    if name in claims:
        said = claims[name]
        return frozenset(map(str, said if isinstance(said, list) else [said]))
    elsewhere = claims.get("_claim_names")
    is_told_elsewhere = isinstance(elsewhere, Mapping) and name in elsewhere
    is_too_many = is_told_elsewhere or (name == "groups" and claims.get("hasgroups"))
    return None if is_too_many else frozenset()

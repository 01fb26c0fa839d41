"""What pages show of single sign-on: buttons on the sign-in page, connected accounts on the account page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest

from signoff.access.identities import identities_of
from signoff.accounts.actors import memberships_of, only_house
from signoff.accounts.providers import Provider
from signoff.web.actor import person_of


@dataclass(frozen=True, slots=True)
class Offer:
    """The providers to sign in with; `is_only` when a password would let nobody in."""

    providers: tuple[Provider, ...]
    is_only: bool = False


def offered() -> tuple[Provider, ...]:
    """Every provider whose configuration is whole."""
    return tuple(provider for provider in settings.SSO_PROVIDERS if provider.is_whole)


def find_provider(key: str) -> Provider:
    found = next((provider for provider in offered() if provider.key == key), None)
    if found is None:
        raise Http404
    return found


def sign_in_offer() -> Offer:
    """For the sign-in page, where nobody is known yet."""
    providers = offered()
    house = only_house() if providers else None
    return Offer(providers, is_only=bool(house and house.only_sso))


def account_offer(request: HttpRequest) -> dict[str, Any]:
    """For `account/_ways_in.html`: the connected accounts of whoever looks, and what they could connect."""
    person = person_of(request)
    rows = identities_of(person)
    slugs = list(memberships_of(person).values_list("organization__slug", flat=True))
    names = {provider.key: provider.name for provider in settings.SSO_PROVIDERS}
    taken = {row.provider for row in rows}
    return {
        "identities": [
            {"id": row.pk, "provider": names.get(row.provider, row.provider), "row": row, "key": row.provider}
            for row in rows
        ],
        "connectable": [one for one in offered() if one.key not in taken and any(one.serves(slug) for slug in slugs)],
    }

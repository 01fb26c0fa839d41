"""What admins do with API keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from signoff.accounts.errors import ExpiryInThePast, NoSuchScope
from signoff.accounts.keys import digest_of, new_secret
from signoff.accounts.models import ApiKey, Membership, Organization, Role, User
from signoff.accounts.policy import SCOPES, Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.text import clean_name


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key; `secret` is shown once and kept nowhere."""

    key: ApiKey
    secret: str


@transaction.atomic
def issue_api_key(
    *,
    actor: Actor,
    organization: Organization,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime | None = None,
) -> Issued:
    """Make a key that acts as the organisation's service user, within these scopes.

    Raises BadText, NoSuchScope (also when there is none) or ExpiryInThePast.
    """
    require(actor, Permission.MANAGE_KEYS, organization.pk)
    wanted = _clean_scopes(scopes)
    if expires_at is not None and expires_at <= now():
        raise ExpiryInThePast(field="expires_at")
    secret, prefix = new_secret()
    key = ApiKey.objects.create(
        membership=_service_member(organization),
        name=clean_name(name),
        prefix=prefix,
        digest=digest_of(secret),
        scopes=wanted,
        expires_at=expires_at,
        issued_by=actor.label[:200],
    )
    happening = Happening(Verb.API_KEY_ISSUED, key, data={"prefix": prefix, "scopes": wanted})
    record(happening, actor=actor, organization_id=organization.pk)
    return Issued(key, secret)


@transaction.atomic
def revoke_api_key(*, actor: Actor, key: ApiKey) -> ApiKey:
    """Make a key worthless from now on. It stays in the list, since its acts stay in the record."""
    organization_id = key.membership.organization_id
    require(actor, Permission.MANAGE_KEYS, organization_id)
    key = ApiKey.objects.select_for_update(no_key=True).get(pk=key.pk)
    if key.revoked_at is not None:
        return key
    key.revoked_at = now()
    key.save(update_fields=["revoked_at", "updated_at"])
    happening = Happening(Verb.API_KEY_REVOKED, key, data={"prefix": key.prefix})
    record(happening, actor=actor, organization_id=organization_id)
    return key


def _clean_scopes(scopes: Iterable[str]) -> list[str]:
    given = set(scopes)
    unknown = sorted(given - set(SCOPES))
    if unknown or not given:
        words = f"There is no scope “{unknown[0]}”." if unknown else "Choose what the key may do."
        raise NoSuchScope(f"{words} Scopes are: {', '.join(SCOPES)}.", field="scopes")
    return [scope for scope in SCOPES if scope in given]


def _service_member(organization: Organization) -> Membership:
    """The one service user that all keys of an organisation act as; nobody can sign in as it."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    service = Membership.objects.filter(organization=organization, user__is_service=True, role=Role.INTEGRATION)
    there = service.select_related("user").order_by("id").first()
    if there:
        return there
    address = f"keys@{organization.pk.hex}.invalid"
    user = User.objects.create_user(address, None, name="API keys", is_service=True)
    return Membership.objects.create(user=user, organization=organization, role=Role.INTEGRATION)

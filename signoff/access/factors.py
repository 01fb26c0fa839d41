"""What people prove themselves with beside the password, and who must. The rows and the arithmetic are allauth's."""

from dataclasses import dataclass
from uuid import UUID

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from signoff.accounts.actors import FACTORS
from signoff.accounts.entrance import Records, is_vouched_for
from signoff.accounts.models import Membership
from signoff.core.errors import NotFound

LAST = "last_counter"  # in an app's `data`: the half minute of the newest code that was used
Type = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Factors:
    """What one person has. Recovery codes stand in for the others, and go with the last of them."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int

    @property
    def is_any(self) -> bool:
        return bool(self.app or self.passkeys)


def factors_of(user_id: UUID) -> Factors:
    """One query."""
    rows = list(Authenticator.objects.filter(user_id=user_id).order_by("pk"))
    by_type = {kind: [row for row in rows if row.type == kind] for kind in Type}
    codes = by_type[Type.RECOVERY_CODES]
    return Factors(
        app=next(iter(by_type[Type.TOTP]), None),
        passkeys=by_type[Type.WEBAUTHN],
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else 0,
    )


def own_factor(user_id: UUID, factor_id: int) -> Authenticator:
    """The person's app or passkey with this id. Raises NotFound, also for somebody else's."""
    row = Authenticator.objects.filter(user_id=user_id, type__in=FACTORS, pk=factor_id).first()
    if row is None:
        raise NotFound
    return row


def is_missing(membership: Membership, records: Records) -> bool:
    """Must this person have a second factor here, and has none? A passkey is one.

    Who came by this house's single sign-on was asked by its provider for whatever the provider asks.
    """
    if membership.role not in membership.organization.second_factor_roles or has_factor(membership):
        return False
    return not is_vouched_for(records, membership.organization)


def has_factor(membership: Membership) -> bool:
    """`membership_of` asked along with the row; one that was found otherwise is asked for now."""
    known: bool | None = getattr(membership, "has_factor", None)
    return factors_of(membership.user_id).is_any if known is None else known


def counter_of(secret: str, code: str) -> int | None:
    """The half minute whose code this is, among those that count now."""
    counter: int
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


@transaction.atomic
def spend(app: Authenticator, code: str) -> bool:
    """Use a code that is right; False when it, or a newer one, was used before.

    allauth remembers a code for half a minute in the cache, which is shorter than it counts once a clock may be
    off, and the cache may forget. The newest half minute that was used is kept in the row, and nothing older counts.
    """
    row = Authenticator.objects.select_for_update().get(pk=app.pk)
    counter = counter_of(decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST, 0):
        return False
    row.data[LAST] = counter
    row.save(update_fields=["data"])
    return True

"""Proving an address by a code that was mailed to it. Steps.

Whose address it is makes no difference until the code was right: the same letter goes out whether there is an account
or not. A code works in the browser that asked for it, so reading somebody's letter over their shoulder is not enough.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

from signoff import mails
from signoff.access.limits import Limit, count_try
from signoff.accounts.models import Membership, User
from signoff.core.origin import Origin
from signoff.guests.digests import digest_of, digest_of_code, new_code, new_secret
from signoff.guests.enter import DEVICE_VALID
from signoff.guests.errors import AccountInstead, AddressShut, NoMailServer, WrongCode
from signoff.guests.letters import code_letter
from signoff.guests.models import Deed, Guest, GuestCode, GuestDevice
from signoff.guests.visits import note_visit

VALID = timedelta(minutes=10)
MOST_TRIES = 5
HOUR = 3600
LETTERS = Limit("guest-code-letter", 5, HOUR // 3)  # to one address
LETTERS_A_DAY = Limit("guest-code-letter-day", 20, 24 * HOUR)
LETTERS_FROM = Limit("guest-code-letter-from", 30, HOUR)  # asked for from one address of the network


def send_code(device: GuestDevice, email: str, name: str, origin: Origin) -> None:
    """Mail a new code, which ends the one before in this browser. Raises NoMailServer, MailFailed, TooManyTries."""
    if not mails.is_configured():
        raise NoMailServer()
    count_try([(LETTERS, email), (LETTERS_A_DAY, email), (LETTERS_FROM, origin.home)])
    code = new_code()
    digest = digest_of_code(device.pk, email, code)
    kept = {"email": email, "name": name, "digest": digest}
    anew = {"tries": 0, "expires_at": now() + VALID, "used_at": None}
    GuestCode.objects.update_or_create(device=device, defaults={**kept, **anew})
    mails.deliver(code_letter(device.link, code), email, f"guest-code-{digest}")


def prove(device: GuestDevice, code: str, origin: Origin) -> tuple[Guest, str]:
    """Who they are from now on, and the browser's new secret: what was known before the proof is worth nothing after.

    Call it outside of what a refusal would undo. Raises WrongCode, AccountInstead, AddressShut.
    """
    return _known(device, _used(device, "".join(code.split())), origin)


def _used(device: GuestDevice, code: str) -> GuestCode:
    """A try is counted before it is looked at, by the statement that asks whether there is one left."""
    alive = GuestCode.objects.filter(device=device, used_at=None, expires_at__gt=now())
    if not alive.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise WrongCode(field="code")
    kept = alive.first()
    if kept is None or not constant_time_compare(kept.digest, digest_of_code(device.pk, kept.email, code)):
        raise WrongCode(field="code")
    if not alive.filter(digest=kept.digest).update(used_at=now()):
        raise WrongCode(field="code")
    return kept


@transaction.atomic
def _known(device: GuestDevice, kept: GuestCode, origin: Origin) -> tuple[Guest, str]:
    user, at, secret = _author(device, kept), now(), new_secret()
    guest, is_new = Guest.objects.get_or_create(
        link=device.link, email=kept.email, defaults={"user": user, "name": kept.name, "proven_at": at}
    )
    if not is_new:
        guest.proven_at, guest.user = at, user
        guest.save(update_fields=["proven_at", "user", "updated_at"])
    device.guest, device.proven_at = guest, at
    device.digest, device.expires_at = digest_of(secret), at + DEVICE_VALID
    device.save(update_fields=["guest", "proven_at", "digest", "expires_at", "updated_at"])
    note_visit(device, Deed.PROVED, origin, kept.email)
    return guest, secret


def _author(device: GuestDevice, kept: GuestCode) -> User:
    """The row that comments of this address hang on; made without a password and without a membership, so that nobody
    signs in as it. A person of the house signs in: see AccountInstead."""
    user = User.objects.at(kept.email).first()
    if user is None:
        return User.objects.create_user(kept.email, None, name=kept.name)
    if not user.is_active or user.is_service:
        raise AddressShut()
    if Membership.objects.filter(user=user, organization_id=device.link.organization_id, is_active=True).exists():
        raise AccountInstead()
    return user

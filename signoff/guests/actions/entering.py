"""What guests do to get in, and to be known. There is no actor yet: a link's token, or a browser, asks."""

from signoff.accounts.joining import clean_address
from signoff.core.origin import Origin
from signoff.core.text import clean_name
from signoff.guests import enter, prove
from signoff.guests.models import Guest, GuestDevice


def open_link(
    *, token: str, password: str, origin: Origin, kept: enter.Kept = lambda link_id: ""
) -> tuple[GuestDevice, str]:
    """Let a browser in: its row, and the secret that it keeps; `kept` is the one that it has of a link already.

    Raises LinkShut, LinkFull, TooManyTries.
    """
    return enter.enter(token, password, origin, kept)


def ask_code(*, device: GuestDevice, email: str, name: str, origin: Origin) -> str:
    """Mail the code that proves this address; the address as it is kept.

    Raises BadText, InvalidEmail, NoMailServer, MailFailed, TooManyTries.
    """
    to, called = clean_address(email), clean_name(name)
    prove.send_code(device, to, called, origin)
    return to


def prove_address(*, device: GuestDevice, code: str, origin: Origin) -> tuple[Guest, str]:
    """Who they are from now on in this browser, and its new secret. Raises WrongCode, AccountInstead, AddressShut."""
    return prove.prove(device, code, origin)


def leave(*, device: GuestDevice) -> None:
    """This browser is let in no longer, for who shares it with others."""
    GuestDevice.objects.filter(pk=device.pk).delete()

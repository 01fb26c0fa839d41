"""Signing in and out, as limits and as events. The doors call these steps; who may come in, allauth decides.

One session opens every organisation that the person is active in, without another sign-in. So each of them has the
event: an admin must be able to see who could have looked, and from where. It says nothing of the other ones.
"""

import logging
from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.timezone import now

from signoff.access.known_browsers import KnownBrowser
from signoff.access.limits import Counted, Limit, count_try
from signoff.access.queue import note_failure_later
from signoff.accounts.everywhere import record_everywhere
from signoff.accounts.models import User
from signoff.accounts.sessions import end
from signoff.audit.verbs import Verb
from signoff.core.origin import Origin

log = logging.getLogger(__name__)
MINUTE = 60
FROM_HERE = Limit("sign-in-here", 5, 20 * MINUTE)  # one account, one address or known device
FROM_ADDRESS = Limit("sign-in-address", 30, 5 * MINUTE)  # any accounts; a whole office may share the address
CODES = Limit("codes", 5, 5 * MINUTE)  # one account, by who has its password; a known device has its own
FORGOTTEN = Limit("forgotten", 5, 60 * MINUTE)  # letters to one address; asked for at a known device, counted apart
FORGOTTEN_FROM = Limit("forgotten-address", 30, 60 * MINUTE)
DEAD_LINKS = Limit("dead-links", 30, 5 * MINUTE)  # links of invitations and passwords that open nothing
OF_ACCOUNT = Limit("sign-in-account", 40, 2 * 60 * MINUTE)  # one account, from anywhere


def count_sign_in(email: str, origin: Origin, device: KnownBrowser) -> Counted:
    """Count a try to sign in with a password. Raises TooManyTries.

    Whether there is such an account makes no difference. A device that the person has used has a limit of its own
    in the place of the others, so what strangers do does not keep them out.
    """
    account = email.strip().lower()
    if device.knows(account):
        return count_try([(FROM_HERE, f"{account} on {device.name}")])
    here = (FROM_HERE, f"{account} at {origin.home}")
    return count_try([here, (FROM_ADDRESS, origin.home), (OF_ACCOUNT, account)])


def count_code(user: User, device: KnownBrowser) -> Counted:
    """Count a code of a second factor. Raises TooManyTries; a device of the person's own is not held up by others."""
    return count_try([(CODES, f"{user.pk} on {device.name}" if device.knows(user.email) else str(user.pk))])


def count_forgotten(email: str, origin: Origin, device: KnownBrowser) -> Counted:
    """Count a letter that is asked for, to whomever. Raises TooManyTries."""
    account = email.strip().lower()
    asked = f"{account} on {device.name}" if device.knows(account) else account
    return count_try([(FORGOTTEN, asked), (FORGOTTEN_FROM, origin.home)])


def count_dead_link(origin: Origin) -> Counted:
    """Count a link that opens nothing; one that opens something is never held up. Raises TooManyTries."""
    return count_try([(DEAD_LINKS, origin.home)])


def sign_in_failed(email: str, origin: Origin, *, means: str = "password") -> None:
    """Somebody tried in vain. Known or not, what happens now is the same; a job finds out whom to tell."""
    log.warning("A sign-in failed, from %s.", origin.address or "an unknown address")
    note_failure_later(email.strip().lower()[:254], origin, means, now())


def signed_in(user: User, origin: Origin, means: Sequence[str]) -> None:
    """A session has begun; `means` are what the person proved themselves by."""
    record_everywhere(Verb.SIGNED_IN, user, {"means": list(means), **origin.data})


@transaction.atomic
def signed_out(user: User, session_key: str, origin: Origin) -> None:
    """This session ends; a request that is under way in it cannot bring it back."""
    end(UserSession.objects.filter(user_id=user.pk, session_key=session_key))
    record_everywhere(Verb.SIGNED_OUT, user, origin.data)

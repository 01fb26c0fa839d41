"""Coming in by a link. Steps.

Unknown, revoked, expired and wrongly worded tries take the same way: the same limits, one statement that looks, one
password hashed, one statement that writes. So neither words nor time tell which links there are, or were.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from signoff.access.limits import Limit, count_try
from signoff.accounts.models import Membership
from signoff.core.origin import Origin
from signoff.guests.digests import digest_of, new_secret
from signoff.guests.errors import LinkFull, LinkShut
from signoff.guests.models import Deed, GuestDevice, GuestLink, GuestLinkQuerySet
from signoff.guests.visits import note_refusal, note_visit

Kept = Callable[[UUID], str]
HOUR = 3600
HERE = Limit("guest-link-here", 5, HOUR // 3)  # one link, from one address
FROM_ADDRESS = Limit("guest-link-address", 30, HOUR // 12)  # any links; a whole office may share the address
OF_LINK = Limit("guest-link", 40, 2 * HOUR)  # one link, from anywhere: who has the token, but not the password
DEVICE_VALID = timedelta(days=30)
MOST_TOKEN = 200


def front_of(token: str) -> GuestLink | None:
    """The link, where it shows before a door what is behind: it is open, and asks for no password. One statement."""
    return _open_links().filter(digest=digest_of(token[:MOST_TOKEN]), password="").first()


def enter(token: str, password: str, origin: Origin, kept: Kept = lambda link_id: "") -> tuple[GuestDevice, str]:
    """Let a browser in: its row, and the secret that it keeps; `kept` is the one that it has of a link already.

    Raises LinkShut, LinkFull, TooManyTries.
    """
    digest = digest_of(token[:MOST_TOKEN])
    counted = count_try([(HERE, f"{digest} at {origin.home}"), (FROM_ADDRESS, origin.home), (OF_LINK, digest)])
    link = _open_links().filter(digest=digest).first()
    asked = link.password if link else ""
    is_right = check_password(password, asked or _nobodys())
    if link is None or (asked and not is_right):
        note_refusal(digest, origin)
        raise LinkShut()
    counted.give_back()
    before = kept(link.pk)
    device = device_of(link.pk, before) if before else None
    return (device, before) if device else _let_in(link, origin)


def device_of(link_id: UUID, secret: str) -> GuestDevice | None:
    """The browser that keeps this secret, as long as its link is open. One statement, asked anew at each request.

    Who was given an account in the house, or closed out of Signoff, since they proved themselves, is nobody again.
    """
    here = Membership.objects.filter(user=OuterRef("guest__user_id"), organization=OuterRef("link__organization_id"))
    alive = GuestDevice.objects.filter(link__in=GuestLink.objects.open().filter(pk=link_id), expires_at__gt=now())
    related = ("guest__user", "link__organization", "link__project__organization")
    rows = alive.select_related(*related, "link__deliverable__project__organization", "link__made_by")
    found = rows.annotate(has_account=Exists(here.filter(is_active=True))).filter(digest=digest_of(secret)).first()
    if found and found.guest and (found.has_account or not found.guest.user.is_active):
        found.guest = None
    return found


def _open_links() -> GuestLinkQuerySet:
    related = ("organization", "project", "deliverable__project", "made_by")
    return GuestLink.objects.open().select_related(*related)


@transaction.atomic
def _let_in(link: GuestLink, origin: Origin) -> tuple[GuestDevice, str]:
    """The link is locked while its people are counted, so that two at once are not one too many."""
    GuestLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if link.most_people is not None and people_of(link) >= link.most_people:
        raise LinkFull()
    secret = new_secret()
    device = GuestDevice.objects.create(link=link, digest=digest_of(secret), expires_at=now() + DEVICE_VALID)
    note_visit(device, Deed.OPENED, origin)
    return device, secret


def people_of(link: GuestLink) -> int:
    """How many came by it: those who proved an address, and the browsers of which nobody knows whose they are."""
    unknown = GuestDevice.objects.filter(link=link, guest=None, expires_at__gt=now())
    return unknown.count() + link.guests.count()


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has, for links that have none or are none."""
    return make_password(new_secret())

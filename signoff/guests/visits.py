"""The log of a link: steps that write a line, and nothing else."""

from datetime import timedelta

from django.db import connection
from django.utils.timezone import now

from signoff.core.origin import Origin
from signoff.guests.models import Deed, GuestDevice, GuestVisit

AGAIN = timedelta(minutes=10)  # who reloads a page has not looked twice
# One statement whether there is such a link or not, so that time does not tell.
REFUSED = """
INSERT INTO guests_guestvisit (link_id, what, about, at, address, browser)
SELECT id, %s, '', clock_timestamp(), %s, %s FROM guests_guestlink WHERE digest = %s
"""


def note_visit(device: GuestDevice, what: Deed, origin: Origin, about: str = "") -> None:
    """The guest did this; looking at the same again within minutes is the same look."""
    said = {"link_id": device.link_id, "guest_id": device.guest_id, "what": what, "about": about[:200]}
    lately = GuestVisit.objects.filter(**said, address=origin.address, at__gt=now() - AGAIN)
    if what is Deed.VIEWED and lately.exists():
        return
    GuestVisit.objects.create(**said, address=origin.address, browser=origin.browser)


def note_refusal(digest: str, origin: Origin) -> None:
    """Somebody did not get in by the link of this digest, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSED, [Deed.REFUSED.value, origin.address, origin.browser, digest])

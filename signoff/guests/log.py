"""A link as the house looks at it: who came by it, and what they did. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.utils.timezone import now

from signoff.core.actor import Actor
from signoff.guests.models import Deed, Guest, GuestDevice, GuestLink, GuestLinkQuerySet, GuestVisit

MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """`people` are those who proved an address and the browsers of which nobody knows whose they are."""

    link: GuestLink
    people: int
    last_at: datetime | None


def listed(rows: GuestLinkQuerySet) -> list[Listed]:
    """The newest first, four queries however many there are."""
    links = list(rows.select_related("project", "deliverable__project", "organization").order_by("-id")[:MOST])
    devices = GuestDevice.objects.filter(link__in=links, guest=None, expires_at__gt=now()).order_by()
    unknown = dict(devices.values_list("link_id").annotate(Count("id")))
    known = dict(Guest.objects.filter(link__in=links).order_by().values_list("link_id").annotate(Count("id")))
    visits = GuestVisit.objects.filter(link__in=links).exclude(what=Deed.REFUSED).order_by()
    last = dict(visits.values_list("link_id").annotate(Max("at")))
    return [Listed(one, unknown.get(one.pk, 0) + known.get(one.pk, 0), last.get(one.pk)) for one in links]


def log_of(actor: Actor, link: GuestLink) -> list[GuestVisit]:
    """What was done by this link, the newest first."""
    return list(GuestVisit.objects.visible_to(actor).filter(link=link).select_related("guest").order_by("-id")[:MOST])

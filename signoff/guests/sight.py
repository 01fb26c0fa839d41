"""From a browser that came by a link to an Actor: the only place that makes one for a guest."""

from uuid import UUID

from signoff.accounts.models import Role
from signoff.core.actor import Actor, ActorKind, Covers
from signoff.guests.models import GuestDevice, GuestLink

SOMEBODY = "Guest"


def actor_of_guest(device: GuestDevice) -> Actor:
    """Who has proved an address may do what the link says; anybody else looks, and is nobody. No query."""
    link, guest = device.link, device.guest
    house = link.organization
    return Actor(
        kind=ActorKind.GUEST,
        label=guest.name if guest else SOMEBODY,
        organization_id=house.pk,
        user_id=guest.user_id if guest else None,
        role=Role.CLIENT_VIEWER,
        scopes=frozenset({f"guest_{link.right}" if guest else "guest_view"}),
        house=house.name if house.hides_names else "",
        named=frozenset({guest.user_id}) if guest and house.hides_names else frozenset(),
        covers=covers_of(link),
    )


def covers_of(link: GuestLink) -> Covers:
    """A project is covered as a whole; around a deliverable only its project's name; a session's link nothing yet."""
    projects, deliverables = _what(link)
    return Covers(
        link_id=link.pk,
        project_ids=projects,
        deliverable_ids=deliverables,
        downloads=link.downloads,
        shows_older=link.shows_older,
        is_watermarked=link.is_watermarked,
    )


def _what(link: GuestLink) -> tuple[tuple[UUID, ...], tuple[UUID, ...] | None]:
    if link.deliverable_id and link.deliverable:
        return (link.deliverable.project_id,), (link.deliverable_id,)
    return ((link.project_id,), None) if link.project_id else ((), ())

"""Who asks, where a page is asked for below a guest's link; and the cookie by which a browser is known there."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from signoff.core.actor import Actor
from signoff.guests.enter import DEVICE_VALID
from signoff.guests.models import GuestDevice


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, where a page is asked for below a link."""

    device: GuestDevice
    actor: Actor

    @property
    def prefix(self) -> str:
        return prefix_of(self.device.link_id)


def visitor_of(request: HttpRequest) -> Visitor | None:
    """None for everybody who does not come by a link."""
    found: Visitor | None = getattr(request, "_signoff_visitor", None)
    return found


def visitor_here(request: HttpRequest) -> Visitor:
    """On pages that only guests have. Raises Http404 for everybody else."""
    found = visitor_of(request)
    if found is None:
        raise Http404
    return found


def prefix_of(link_id: UUID) -> str:
    return f"{settings.BASE_PATH}/g/{link_id}"


def cookie_of(link_id: UUID) -> str:
    return f"{settings.GUEST_COOKIE_NAME}_{link_id.hex[-12:]}"


def keep(response: HttpResponse, link_id: UUID, secret: str) -> HttpResponse:
    """The browser is let in from now on; scripts do not see by what."""
    response.set_cookie(
        cookie_of(link_id),
        secret,
        max_age=DEVICE_VALID,
        path=f"{settings.BASE_PATH}/g",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response

"""Links for guests: making them, what there are, what was done by them. Entering by one has no operation."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Router, Status
from pydantic import AwareDatetime, Field

from signoff.accounts.policy import Permission, require_held
from signoff.api.auth import Request
from signoff.api.v1.named import found
from signoff.api.v1.schemas import Answer, Given
from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable
from signoff.guests import actions
from signoff.guests.log import Listed, listed, log_of
from signoff.guests.models import Deed, Downloads, GuestLink, GuestLinkQuerySet, Right
from signoff.projects.models import Project

router = Router(tags=["guest links"])


class LinkNew(Given):
    """With `is_watermarked` pictures and pages carry the guest's address, and nothing is taken along.

    `password`, `expires_at` and `most_people` may be left out: then the link asks for none, does not end, and lets
    in whoever has it."""

    right: Right = Right.VIEW
    name: str = ""
    password: Annotated[str, Field(max_length=1000)] = ""
    expires_at: AwareDatetime | None = None
    most_people: Annotated[int, Field(ge=1, le=10_000)] | None = None
    downloads: Downloads = Downloads.NEVER
    shows_older: bool = False
    is_watermarked: bool = False

    def draft(self) -> actions.LinkDraft:
        return actions.LinkDraft(**self.dict())


class LinkOut(Answer):
    """`people` are those who proved an address and the browsers of which nobody knows whose they are."""

    id: UUID
    name: str
    project: UUID | None
    deliverable: UUID | None
    right: Right
    has_password: bool
    expires_at: datetime | None
    most_people: int | None
    downloads: Downloads
    shows_older: bool
    is_watermarked: bool
    revoked_at: datetime | None
    made_by: str
    people: int
    last_at: datetime | None


class LinkMade(LinkOut):
    """`address` is said this once; of it only a digest is kept."""

    address: str


class VisitOut(Answer):
    """One line of a link's log. `name` and `email` are empty while nobody knows who it was."""

    what: Deed
    about: str
    name: str
    email: str
    at: datetime
    address: str
    browser: str


@router.get("/deliverables/{uuid:deliverable_id}/links", response=list[LinkOut])
def deliverable_links(request: Request, deliverable_id: UUID) -> list[dict[str, object]]:
    """The links to this deliverable, the newest first; those that ended, too."""
    row = found(Deliverable.objects.visible_to(request.auth), deliverable_id)
    return [_out(one) for one in listed(_rows(request.auth).filter(deliverable=row))]


@router.post("/deliverables/{uuid:deliverable_id}/links", response={201: LinkMade})
def make_deliverable_link(request: Request, deliverable_id: UUID, payload: LinkNew) -> Status[dict[str, object]]:
    """A link that opens this deliverable to whoever has it."""
    rows = Deliverable.objects.visible_to(request.auth).select_related("project")
    row = found(rows, deliverable_id)
    link, address = actions.make_link(actor=request.auth, draft=payload.draft(), deliverable=row)
    return Status(201, _one(request.auth, link) | {"address": address})


@router.get("/projects/{uuid:project_id}/links", response=list[LinkOut])
def project_links(request: Request, project_id: UUID) -> list[dict[str, object]]:
    """The links to this project as a whole, the newest first; those that ended, too."""
    row = found(Project.objects.visible_to(request.auth), project_id)
    return [_out(one) for one in listed(_rows(request.auth).filter(project=row))]


@router.post("/projects/{uuid:project_id}/links", response={201: LinkMade})
def make_project_link(request: Request, project_id: UUID, payload: LinkNew) -> Status[dict[str, object]]:
    """A link that opens all that clients see of this project to whoever has it."""
    row = found(Project.objects.visible_to(request.auth), project_id)
    link, address = actions.make_link(actor=request.auth, draft=payload.draft(), project=row)
    return Status(201, _one(request.auth, link) | {"address": address})


@router.get("/links/{uuid:link_id}", response=LinkOut)
def link(request: Request, link_id: UUID) -> dict[str, object]:
    return _one(request.auth, _link(request.auth, link_id))


@router.delete("/links/{uuid:link_id}", response={204: None})
def revoke_link(request: Request, link_id: UUID) -> Status[None]:
    """Nobody gets in by it any more, and who is in is out with their next step. Its log stays."""
    actions.revoke_link(actor=request.auth, link=_link(request.auth, link_id))
    return Status(204, None)


@router.post("/links/{uuid:link_id}/renewal", response=LinkMade)
def renew_link(request: Request, link_id: UUID) -> dict[str, object]:
    """A new address; the one before ends, and so does every browser that came by it."""
    row, address = actions.renew_link(actor=request.auth, link=_link(request.auth, link_id))
    return _one(request.auth, row) | {"address": address}


@router.get("/links/{uuid:link_id}/visits", response=list[VisitOut])
def link_visits(request: Request, link_id: UUID) -> list[dict[str, object]]:
    """What was done by it, the newest first; the last 200 lines."""
    found_visits = log_of(request.auth, _link(request.auth, link_id))
    return [
        {
            "what": one.what,
            "about": one.about,
            "name": one.guest.name if one.guest else "",
            "email": one.guest.email if one.guest else "",
            "at": one.at,
            "address": one.address,
            "browser": one.browser,
        }
        for one in found_visits
    ]


def _rows(actor: Actor) -> GuestLinkQuerySet:
    require_held(actor, Permission.SHARE_LINK)
    return GuestLink.objects.visible_to(actor)


def _link(actor: Actor, link_id: UUID) -> GuestLink:
    """The row first: what is not there is not there for those, either, who may not look."""
    row: GuestLink = found(GuestLink.objects.visible_to(actor).select_related("organization"), link_id)
    require_held(actor, Permission.SHARE_LINK)
    return row


def _one(actor: Actor, link: GuestLink) -> dict[str, object]:
    return _out(listed(GuestLink.objects.visible_to(actor).filter(pk=link.pk))[0])


def _out(one: Listed) -> dict[str, object]:
    link = one.link
    return {
        "id": link.pk,
        "name": link.name,
        "project": link.project_id,
        "deliverable": link.deliverable_id,
        "right": link.right,
        "has_password": bool(link.password),
        "expires_at": link.expires_at,
        "most_people": link.most_people,
        "downloads": link.downloads,
        "shows_older": link.shows_older,
        "is_watermarked": link.is_watermarked,
        "revoked_at": link.revoked_at,
        "made_by": link.made_by_label,
        "people": one.people,
        "last_at": one.last_at,
    }

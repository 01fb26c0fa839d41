"""Making links for guests, changing, renewing and revoking them."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import now

from signoff import mails
from signoff.accounts.joining import clean_address
from signoff.accounts.policy import Permission, require
from signoff.audit.record import Happening, record
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.text import clean_name
from signoff.deliverables.models import Deliverable
from signoff.guests.digests import digest_of, new_secret
from signoff.guests.errors import BadChoice, BadExpiry, LinkRevoked, OneSubject
from signoff.guests.letters import address_of, link_letter
from signoff.guests.models import Downloads, GuestLink, Right
from signoff.projects.errors import ProjectArchived
from signoff.projects.models import Project

MOST_PASSWORD = 1000


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """What a link is to let people do, and under which conditions."""

    right: str = Right.VIEW
    name: str = ""
    password: str = ""
    expires_at: datetime | None = None
    most_people: int | None = None
    downloads: str = Downloads.NEVER
    shows_older: bool = False
    is_watermarked: bool = False


@transaction.atomic
def make_link(
    *, actor: Actor, draft: LinkDraft, deliverable: Deliverable | None = None, project: Project | None = None
) -> tuple[GuestLink, str]:
    """A link to one deliverable or project, and its address, which nothing keeps: it is said this once.

    Raises NotAllowed, OneSubject, BadChoice, BadExpiry, BadText, ProjectArchived.
    """
    around = deliverable.project if deliverable else project
    if around is None or (deliverable and project):
        raise OneSubject()
    require(actor, Permission.SHARE_LINK, around.organization_id)
    if around.is_archived:
        raise ProjectArchived()
    token = new_secret()
    link = GuestLink.objects.create(
        organization_id=around.organization_id,
        deliverable=deliverable,
        project=project,
        digest=digest_of(token),
        made_by_id=actor.user_id,
        made_by_label=actor.label,
        **_clean(draft),
    )
    _say(Verb.LINK_MADE, actor, link)
    return link, address_of(token)


@transaction.atomic
def revoke_link(*, actor: Actor, link: GuestLink) -> GuestLink:
    """Nobody gets in by it any more, and who is in is out with their next step. Twice is once. Raises NotAllowed."""
    row = _lock(actor, link)
    if row.revoked_at is None:
        row.revoked_at = now()
        row.save(update_fields=["revoked_at", "updated_at"])
        _say(Verb.LINK_REVOKED, actor, row)
    return row


@transaction.atomic
def renew_link(*, actor: Actor, link: GuestLink) -> tuple[GuestLink, str]:
    """A new address; the one before ends, and so does every browser that came by it. What was said and done stays.

    Raises NotAllowed, LinkRevoked.
    """
    row = _lock(actor, link)
    if row.revoked_at:
        raise LinkRevoked()
    token = new_secret()
    row.digest = digest_of(token)
    row.save(update_fields=["digest", "updated_at"])
    row.devices.all().delete()
    _say(Verb.LINK_RENEWED, actor, row)
    return row, address_of(token)


def send_link(*, actor: Actor, link: GuestLink, address: str, email: str) -> None:
    """Mail the address of a link that was made or renewed just now. Raises NotAllowed, BadAddress, MailFailed."""
    require(actor, Permission.SHARE_LINK, link.organization_id)
    to = clean_address(email)
    mails.deliver(link_letter(link, address), to, f"guest-link-{link.digest}-{to}")


def _lock(actor: Actor, link: GuestLink) -> GuestLink:
    require(actor, Permission.SHARE_LINK, link.organization_id)
    rows = GuestLink.objects.select_related("organization", "project", "deliverable__project", "made_by")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=link.pk)


def _clean(draft: LinkDraft) -> dict[str, object]:
    if draft.right not in Right.values or draft.downloads not in Downloads.values:
        raise BadChoice(field="right" if draft.right not in Right.values else "downloads")
    if draft.expires_at is not None and draft.expires_at <= now():
        raise BadExpiry(field="expires_at")
    if draft.most_people is not None and not 1 <= draft.most_people <= 10_000:
        raise BadChoice("Say how many people, from 1 to 10,000.", field="most_people")
    password = draft.password[:MOST_PASSWORD]
    return {
        "right": draft.right,
        "name": clean_name(draft.name, most=120, required=False),
        "password": make_password(password) if password else "",
        "expires_at": draft.expires_at,
        "most_people": draft.most_people,
        "downloads": draft.downloads,
        "shows_older": draft.shows_older,
        "is_watermarked": draft.is_watermarked,
    }


def _say(verb: Verb, actor: Actor, link: GuestLink) -> None:
    """Links are access, so admins read of them in the audit list; the work itself has not changed."""
    around = link.deliverable.project_id if link.deliverable else link.project_id
    happening = Happening(verb, link, around, link.deliverable_id, data={"right": link.right})
    record(happening, actor=actor, organization_id=link.organization_id)

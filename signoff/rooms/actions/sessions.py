"""Planning a session: what it is called, for whom it is, when it begins. Its agenda is in `agenda.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from signoff.accounts.models import Membership, Organization, User
from signoff.accounts.models import Role as MemberRole
from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import ChangedMeanwhile, set_fields
from signoff.core.errors import Invalid, NotFound
from signoff.core.text import clean_name, clean_text
from signoff.deliverables.models import Deliverable
from signoff.feedback.models import Audience
from signoff.rooms.agenda import check_one_client, locked_session, put, tell_room
from signoff.rooms.announce_session import announce_session
from signoff.rooms.errors import SessionNotPlanned
from signoff.rooms.models import Attendance, ReviewSession, Role, SessionStatus
from signoff.rooms.people import person_acting

MOST_WORDS = 5_000
MOST_MINUTES = 240
CHANGEABLE = ("name", "description", "audience", "owner", "starts_at", "minutes_per_item", "is_frozen")


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """What a session begins with. Without an owner it is whose who plans it."""

    name: str
    description: str = ""
    audience: str = Audience.INTERNAL
    owner: User | None = None
    starts_at: datetime | None = None
    minutes_per_item: int = 5
    is_frozen: bool = False
    deliverables: list[Deliverable] = field(default_factory=list)


@transaction.atomic
def add_session(*, actor: Actor, organization: Organization, draft: SessionDraft) -> ReviewSession:
    """Plan a session; whoever owns it is its host. Nobody is told before it opens, or before they are invited.

    Raises NotAllowed, BadText, Invalid, NotFound, OtherClient, TooManyItems.
    """
    require(actor, Permission.HOLD_SESSION, organization.pk)
    wanted = _cleaned(actor, {name: getattr(draft, name) for name in CHANGEABLE if name != "owner"})
    owner = _owner(actor, draft.owner) if draft.owner else person_acting(actor)
    session = ReviewSession.objects.create(organization=organization, owner=owner, **wanted)
    if owner:
        Attendance.objects.create(session=session, user=owner, role=Role.HOST, is_invited=True)
    put(session, seen(actor, [row.pk for row in draft.deliverables]))
    announce_session(Verb.SESSION_ADDED, actor, session)
    return session


@transaction.atomic
def change_session(
    *, actor: Actor, session: ReviewSession, changes: Mapping[str, object], version: int | None = None
) -> ReviewSession:
    """Say it anew. With the `version` that was seen, a change in between is refused.

    Raises NotAllowed, SessionConcluded, ChangedMeanwhile, BadText, Invalid, OtherClient.
    """
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = locked_session(session)
    if version is not None and version != session.version:
        raise ChangedMeanwhile(current=current_of(session))
    wanted = _cleaned(actor, changes)
    owner = wanted.get("owner")
    if isinstance(owner, User):
        wanted["owner"] = _owner(actor, owner)
    change = set_fields(session, wanted)
    if not change:
        return session
    if session.is_for_clients:
        check_one_client(session)
    session.version += 1
    session.save()
    if "owner" in change.values:
        _new_host(session)
    tell_room(actor, session)
    announce_session(Verb.SESSION_CHANGED, actor, session, changes=change.values)
    return session


@transaction.atomic
def remove_session(*, actor: Actor, session: ReviewSession) -> None:
    """Take away what was only planned. Raises NotAllowed, SessionConcluded, SessionNotPlanned."""
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = locked_session(session)
    if session.status != SessionStatus.PLANNED:
        raise SessionNotPlanned()
    announce_session(Verb.SESSION_REMOVED, actor, session)
    session.delete()


def current_of(session: ReviewSession) -> dict[str, object]:
    """How it stands, for who was late."""
    plain = ("name", "description", "audience", "minutes_per_item", "is_frozen", "version")
    return {name: getattr(session, name) for name in plain}


def seen(actor: Actor, ids: list[UUID]) -> list[Deliverable]:
    """The deliverables with these ids, in their order. Raises NotFound where the actor does not see one of them."""
    rows = Deliverable.objects.visible_to(actor).select_related("project").in_bulk(ids)
    if len(rows) != len(set(ids)):
        raise NotFound()
    return [rows[one] for one in ids]


def _cleaned(actor: Actor, said: Mapping[str, object]) -> dict[str, object]:
    found = {name: value for name, value in said.items() if name in CHANGEABLE}
    if "name" in found:
        found["name"] = clean_name(str(found["name"]))
    if "description" in found:
        found["description"] = clean_text(str(found["description"]), field="description", most=MOST_WORDS)
    if found.get("audience", Audience.INTERNAL) not in Audience.values:
        raise Invalid("A session is internal or for the client.", field="audience")
    minutes = found.get("minutes_per_item", 5)
    if not isinstance(minutes, int) or not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(f"Between 1 and {MOST_MINUTES} minutes an item.", field="minutes_per_item")
    return found


def _owner(actor: Actor, wanted: User) -> User:
    """Somebody of the house. Raises NotFound."""
    house = Membership.objects.visible_to(actor).people().exclude(role=MemberRole.CLIENT_VIEWER)
    if not house.filter(user=wanted).exists():
        raise NotFound()
    return wanted


def _new_host(session: ReviewSession) -> None:
    """Whoever owns it is the host; who was, is a co-host now."""
    session.attendances.filter(role=Role.HOST).update(role=Role.COHOST)
    if session.owner:
        given = {"role": Role.HOST, "is_invited": True}
        Attendance.objects.update_or_create(session=session, user=session.owner, defaults=given)

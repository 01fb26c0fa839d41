"""The agenda: what stands on it, in which order, in which round and why."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import set_fields
from signoff.core.errors import NotFound
from signoff.core.text import clean_name, clean_text
from signoff.deliverables.models import Deliverable
from signoff.revisions.models import Revision
from signoff.rooms.actions.sessions import MOST_WORDS, seen
from signoff.rooms.agenda import locked_session, put, tell_room
from signoff.rooms.announce_session import announce_session
from signoff.rooms.errors import BadOrder, UnknownItem
from signoff.rooms.models import ReviewSession, SessionItem
from signoff.rooms.people import may_lead

MOST_REASON = 300


@transaction.atomic
def add_items(*, actor: Actor, session: ReviewSession, deliverables: Sequence[Deliverable]) -> list[SessionItem]:
    """Put deliverables at the end of the agenda; those that are on it stay where they are. The new items.

    Raises NotAllowed, SessionConcluded, NotFound, OtherClient, TooManyItems.
    """
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = locked_session(session)
    items = put(session, seen(actor, [row.pk for row in deliverables]))
    if items:
        names = [str(one.deliverable) for one in items]
        _announce(actor, session, (None, ", ".join(names)[:500]))
    return items


@transaction.atomic
def change_item(*, actor: Actor, item: SessionItem, changes: Mapping[str, object]) -> SessionItem:
    """Say why it is looked at (`reason`), pin a round of it (`revision`, None for the newest), or write down what to
    say (`speaker_notes`), which only who leads the session may, and reads.

    Raises NotAllowed, SessionConcluded, NotFound, BadText.
    """
    require(actor, Permission.HOLD_SESSION, item.session.organization_id)
    session = locked_session(item.session)
    wanted = _cleaned(actor, session, item, changes)
    item = SessionItem.objects.select_related("deliverable", "session").get(pk=item.pk)
    change = set_fields(item, wanted)
    if change:
        item.save()
        told = {name: pair for name, pair in change.values.items() if name != "speaker_notes"}
        if told:
            _announce(actor, session, (None, str(item)))
    return item


@transaction.atomic
def remove_item(*, actor: Actor, item: SessionItem) -> None:
    """Take it off the agenda. Raises NotAllowed, SessionConcluded."""
    require(actor, Permission.HOLD_SESSION, item.session.organization_id)
    session = locked_session(item.session)
    if session.items.filter(pk=item.pk).delete()[0]:
        _announce(actor, session, (str(item.deliverable), None))


@transaction.atomic
def order_items(*, actor: Actor, session: ReviewSession, order: Sequence[UUID]) -> None:
    """`order` names every item once, in the order that is wanted. Raises NotAllowed, SessionConcluded, BadOrder."""
    require(actor, Permission.HOLD_SESSION, session.organization_id)
    session = locked_session(session)
    rows = {row.pk: row for row in session.items.all()}
    if len(order) != len(rows) or set(order) != set(rows):
        raise BadOrder()
    moved = [rows[one] for place, one in enumerate(order, 1) if rows[one].position != place]
    for place, one in enumerate(order, 1):
        rows[one].position = place
    if moved:
        SessionItem.objects.bulk_update(moved, ["position"])
        _announce(actor, session, (None, "order"))


def _cleaned(
    actor: Actor, session: ReviewSession, item: SessionItem, changes: Mapping[str, object]
) -> dict[str, object]:
    wanted: dict[str, object] = {}
    if "reason" in changes:
        wanted["reason"] = clean_name(str(changes["reason"]), field="reason", most=MOST_REASON, required=False)
    if "speaker_notes" in changes:
        if not may_lead(actor, session):
            raise UnknownItem("Only who leads the session has notes in it.", field="speaker_notes")
        wanted["speaker_notes"] = clean_text(str(changes["speaker_notes"]), field="speaker_notes", most=MOST_WORDS)
    if "revision" in changes:
        wanted["revision"] = _revision(actor, item, changes["revision"])
    return wanted


def _revision(actor: Actor, item: SessionItem, wanted: object) -> Revision | None:
    if wanted is None:
        return None
    row = Revision.objects.visible_to(actor).filter(pk=_id_of(wanted), deliverable=item.deliverable_id).first()
    if row is None:
        raise NotFound()
    return row


def _id_of(wanted: object) -> UUID:
    """Raises NotFound for what is neither a round nor the id of one."""
    if isinstance(wanted, Revision):
        return wanted.pk
    if isinstance(wanted, UUID):
        return wanted
    raise NotFound()


def _announce(actor: Actor, session: ReviewSession, items: tuple[object, object]) -> None:
    tell_room(actor, session)
    announce_session(Verb.SESSION_CHANGED, actor, session, changes={"agenda": items})

"""The audit page's list: who came in, who could not, what was changed about people, keys and settings, what left.

For admins. Rows are found by `audited_events`, an index that holds these verbs only, from the newest on; so a page
costs the same whether the work below it has a thousand events or a million.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from signoff.accounts.models import Membership
from signoff.accounts.policy import Permission, require
from signoff.activity.trail_words import Change, changes_of, said_of
from signoff.audit.models import Event
from signoff.audit.verbs import ALL_AUDITED, AUDITED
from signoff.core.actor import Actor
from signoff.core.ids import first_id_at

MOST = 50
AT_ONCE = 1000  # rows of an export that are held in memory


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; empty is everything. `who` is a membership, `until` itself is left out."""

    who: UUID | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the list says it. `browser` is what the browser called itself."""

    id: UUID
    at: datetime
    verb: str
    who: str
    who_id: UUID | None
    text: str
    changes: list[Change]
    address: str
    browser: str


def trail(actor: Actor, wanted: Wanted, *, before: UUID | None = None, most: int = MOST) -> list[Entry]:
    """The newest that are older than `before`. Raises NotAllowed. At most two queries."""
    require(actor, Permission.READ_AUDIT)
    return [entry_of(event) for event in _page(_found(actor, wanted), before, most)]


def whole_trail(actor: Actor, wanted: Wanted, *, until: UUID) -> Iterator[Entry]:
    """All that is older than `until`, from the newest on, a thousand at a time. Raises NotAllowed at once."""
    require(actor, Permission.READ_AUDIT)
    return _all(_found(actor, wanted), until)


def entry_of(event: Event) -> Entry:
    return Entry(
        id=event.pk,
        at=event.created_at,
        verb=event.verb,
        who=event.actor_label,
        who_id=event.actor_user_id,
        text=said_of(event),
        changes=changes_of(event),
        address=str(event.data.get("ip", "")),
        browser=str(event.data.get("browser", "")),
    )


def _all(events: QuerySet[Event], until: UUID) -> Iterator[Entry]:
    before: UUID | None = until
    while before:
        rows = _page(events, before, AT_ONCE)
        yield from map(entry_of, rows)
        before = rows[-1].pk if len(rows) == AT_ONCE else None


def _page(events: QuerySet[Event], before: UUID | None, most: int) -> list[Event]:
    older = events.filter(pk__lt=before) if before else events
    return list(older.order_by("-pk")[:most])


def _found(actor: Actor, wanted: Wanted) -> QuerySet[Event]:
    verbs = [str(verb) for verb in AUDITED.get(wanted.kind, ALL_AUDITED)]
    events = Event.objects.filter(Q(organization_id=actor.organization_id), verb__in=verbs)
    if wanted.since:
        events = events.filter(pk__gte=first_id_at(wanted.since))
    if wanted.until:
        events = events.filter(pk__lt=first_id_at(wanted.until))
    if wanted.who:
        events = events.filter(_about(actor, wanted.who))
    return events.filter(_says(wanted.words)) if wanted.words else events


def _about(actor: Actor, membership_id: UUID) -> Q:
    """What this person did, and what was done to them or tried in their name."""
    member = Membership.objects.visible_to(actor).filter(pk=membership_id).first()
    if member is None:
        return Q(pk__isnull=True)
    return Q(actor_user_id=member.user_id) | Q(subject_id__in=[member.user_id, member.pk])


def _says(words: str) -> Q:
    places = ("actor_label", "subject_label", "data__ip", "data__email")
    return Q(*((f"{place}__icontains", words) for place in places), _connector=Q.OR)

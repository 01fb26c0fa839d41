"""What came of a session: what was decided on each item while it was open, what was said and settled, who was there.

Read from decisions, notes and minutes as they are, through what the actor sees; nothing is written down twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import now

from signoff.accounts.names import shown_name
from signoff.audit.models import Event
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.deliverables.models import StageStatus
from signoff.feedback.models import Comment, Kind, State
from signoff.reviews.models import Decision
from signoff.rooms.models import Attendance, ReviewSession, SessionItem

SETTLED = (State.VERIFIED, State.WONT_FIX, State.SUPERSEDED)
RESULTS = {
    Verb.STAGE_APPROVED: StageStatus.APPROVED,
    Verb.STAGE_CHANGES_REQUESTED: StageStatus.CHANGES_REQUESTED,
}
OF_CHOICE = {
    "approve": StageStatus.APPROVED,
    "approve_with_changes": StageStatus.APPROVED,
    "request_changes": StageStatus.CHANGES_REQUESTED,
}


@dataclass(slots=True)
class Outcome:
    """One item. `result` is a status, empty where nothing was decided; `words` are the reasons that were given."""

    item: SessionItem
    result: str = ""
    is_with_changes: bool = False
    people: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    opened: int = 0
    closed: int = 0

    @property
    def is_reached(self) -> bool:
        return self.item.shown_at is not None


@dataclass(frozen=True, slots=True)
class Summary:
    outcomes: list[Outcome]
    people: list[Attendance]
    must_fix: int
    questions: int
    took: timedelta

    @property
    def decided(self) -> int:
        return sum(bool(one.result) for one in self.outcomes)

    @property
    def opened(self) -> int:
        return sum(one.opened for one in self.outcomes)

    @property
    def closed(self) -> int:
        return sum(one.closed for one in self.outcomes)

    @property
    def not_reached(self) -> list[Outcome]:
        return [one for one in self.outcomes if not one.is_reached]


def summary_of(actor: Actor, session: ReviewSession) -> Summary:
    """Seven queries, however long the agenda is. Of an open session, as far as it has come."""
    related = ("deliverable__project", "revision", "session")
    items = list(session.items.visible_to(actor).select_related(*related).order_by("position"))
    found = {item.deliverable_id: Outcome(item) for item in items}
    since, until = session.opened_at or now(), session.concluded_at or now()
    _add_events(session, found, since, until)
    _add_decisions(actor, found, since, until)
    must_fix, questions = _add_notes(actor, found, since, until)
    people = list(session.attendances.select_related("user").order_by("-joined_at", "created_at"))
    return Summary(list(found.values()), people, must_fix, questions, until - since)


def _add_events(session: ReviewSession, found: Mapping[UUID, Outcome], since: datetime, until: datetime) -> None:
    """Approvals of one click, and changes that were asked for: the last one of each item."""
    rows = Event.objects.filter(organization_id=session.organization_id, deliverable_id__in=list(found))
    for event in rows.filter(verb__in=list(RESULTS), created_at__range=(since, until)).order_by("id"):
        if event.deliverable_id:
            found[event.deliverable_id].result = RESULTS[Verb(event.verb)]


def _add_decisions(actor: Actor, found: Mapping[UUID, Outcome], since: datetime, until: datetime) -> None:
    rows = Decision.objects.visible_to(actor).filter(deliverable_id__in=list(found), decided_at__range=(since, until))
    for one in rows.order_by("number"):
        outcome = found[one.deliverable_id]
        name = shown_name(actor, one.user_id, one.user_label)
        if name not in outcome.people:
            outcome.people.append(name)
        if one.reason:
            outcome.words.append(one.reason)
        if one.result in OF_CHOICE:
            outcome.result = OF_CHOICE[one.result]
            outcome.is_with_changes = one.result == "approve_with_changes"


def _add_notes(actor: Actor, found: Mapping[UUID, Outcome], since: datetime, until: datetime) -> tuple[int, int]:
    """How many notes each item opened and closed; how many of those opened must be fixed, and how many ask."""
    rows = Comment.objects.visible_to(actor).filter(
        revision__deliverable__in=list(found), parent=None, removed_at=None, item__isnull=False
    )
    is_new = Q(created_at__range=(since, until))
    counts = (
        rows.order_by()
        .values("revision__deliverable")
        .annotate(
            opened=Count("pk", filter=is_new),
            closed=Count("pk", filter=Q(item__state__in=SETTLED, item__state_since__range=(since, until))),
            must_fix=Count("pk", filter=is_new & Q(item__is_must_fix=True)),
            questions=Count("pk", filter=is_new & Q(item__kind=Kind.QUESTION)),
        )
    )
    must_fix = questions = 0
    for row in counts:
        outcome = found[row["revision__deliverable"]]
        outcome.opened, outcome.closed = row["opened"], row["closed"]
        must_fix, questions = must_fix + row["must_fix"], questions + row["questions"]
    return must_fix, questions

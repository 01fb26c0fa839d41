"""How the studio does: what is open, due and late, by status, and the week ahead. Three queries in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, Q

from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, DeliverableQuerySet, DeliverableStatus
from signoff.insight.mine import AT_WORK
from signoff.projects.models import Project, ProjectStatus

D = DeliverableStatus
SHOWN = (D.DELIVERED, D.APPROVED, D.IN_REVIEW, D.CHANGES_REQUESTED, D.IN_PROGRESS, D.NOT_STARTED)
DAYS = 7
MOST = 300


@dataclass(frozen=True, slots=True)
class Health:
    """`by_status` has the statuses that work moves through, the furthest first; `rounds` is None until one is known."""

    active_projects: int
    open: int
    due_this_week: int
    late: int
    rounds: float | None
    by_status: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_status)

    @property
    def parts(self) -> list[tuple[str, float]]:
        """Each status with its per cent of all."""
        return [(status, 100 * count / self.total) for status, count in self.by_status if count]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week ahead; `load` is its part of the busiest day's, in per cent."""

    day: date
    rows: Sequence[Deliverable]
    load: int


def health_of(actor: Actor, today: date) -> Health:
    """The figures of all current projects that the actor sees. Two queries."""
    projects = Project.objects.visible_to(actor).current().filter(status=ProjectStatus.ACTIVE).count()
    rows = _current(actor)
    is_open = Q(status__in=(D.NOT_STARTED, D.IN_PROGRESS, D.IN_REVIEW, D.CHANGES_REQUESTED))
    done = Q(status__in=(D.APPROVED, D.DELIVERED), round__gt=0)
    figures = rows.aggregate(
        open=Count("pk", filter=is_open),
        week=Count("pk", filter=is_open & Q(due_on__gte=today, due_on__lt=today + timedelta(days=DAYS))),
        late=Count("pk", filter=is_open & Q(due_on__lt=today)),
        rounds=Avg("round", filter=done),
        **{status: Count("pk", filter=Q(status=status)) for status in SHOWN},
    )
    by_status = [(str(status), int(figures[status])) for status in SHOWN]
    return Health(projects, figures["open"], figures["week"], figures["late"], figures["rounds"], by_status)


def week_of(actor: Actor, today: date) -> list[Day]:
    """Today and the six days after it, with what is due on each. One query."""
    days = [today + timedelta(days=n) for n in range(DAYS)]
    due = _current(actor).open().filter(due_on__range=(days[0], days[-1])).exclude(status=D.ON_HOLD)
    found = list(due.select_related("project__client_team").order_by("due_on", "project_id", "position")[:MOST])
    by_day = {day: [row for row in found if row.due_on == day] for day in days}
    most = max((len(rows) for rows in by_day.values()), default=0) or 1
    return [Day(day, rows, round(100 * len(rows) / most)) for day, rows in by_day.items()]


def _current(actor: Actor) -> DeliverableQuerySet:
    """Deliverables of projects that are neither archived, finished nor stopped."""
    return Deliverable.objects.visible_to(actor).filter(project__archived_on__isnull=True, project__status__in=AT_WORK)

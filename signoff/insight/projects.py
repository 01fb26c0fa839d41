"""The list of projects: filtered, sorted, a page at a time, each with how far it is. Three queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OrderBy, OuterRef, Q, Value, When

from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, DeliverableStatus
from signoff.projects.models import Project, ProjectQuerySet, ProjectStatus

PAGE = 50
SORTS: dict[str, OrderBy] = {
    "due": F("due_on").asc(nulls_last=True),
    "name": F("name").asc(),
    "job_number": F("job_number").asc(),
    "newest": F("created_at").desc(),
    "client_team": F("client_team__name").asc(nulls_last=True),
}
D = DeliverableStatus
# The furthest first, as the meter is drawn.
ORDER = (D.DELIVERED, D.APPROVED, D.IN_REVIEW, D.CHANGES_REQUESTED, D.IN_PROGRESS, D.NOT_STARTED)
DONE = (D.APPROVED, D.DELIVERED)
OVER = (ProjectStatus.COMPLETED, ProjectStatus.CANCELLED)  # listed last, whatever the order


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """What the page's address asks for; empty means any. Archived projects show only when asked for."""

    text: str = ""
    status: str = ""
    team: UUID | None = None
    owner: UUID | None = None
    is_late: bool = False
    is_archived: bool = False
    sort: str = "due"
    page: int = 1


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project, with how many deliverables have which status, and how many are late."""

    project: Project
    counts: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.get(status, 0) for status in ORDER)

    @property
    def done(self) -> int:
        return sum(self.counts.get(status, 0) for status in DONE)

    @property
    def parts(self) -> list[tuple[str, float]]:
        """Each status that occurs with its per cent; what is on hold or cancelled does not count."""
        shown = [(str(status), self.counts.get(status, 0)) for status in ORDER]
        return [(status, 100 * count / self.total) for status, count in shown if count]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    rows: Sequence[ProjectRow]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def project_page(actor: Actor, wanted: ProjectFilter, today: date) -> ProjectPage:
    """One page of the projects that the actor sees; a page beyond the last is the last."""
    found = _asked(Project.objects.visible_to(actor), wanted, today, actor)
    total = found.count()
    page = max(1, min(wanted.page, max(1, -(-total // PAGE))))
    order = SORTS.get(wanted.sort, SORTS["due"])
    over = Case(When(status__in=OVER, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = found.select_related("client_team", "owner").order_by(over, order, "-created_at", "pk")
    projects = list(rows[(page - 1) * PAGE : page * PAGE])
    counts, late = _figures(actor, projects, today)
    return ProjectPage([ProjectRow(p, counts.get(p.pk, {}), late.get(p.pk, 0)) for p in projects], total, page)


def _asked(projects: ProjectQuerySet, wanted: ProjectFilter, today: date, actor: Actor) -> ProjectQuerySet:
    asked = Q(archived_on__isnull=not wanted.is_archived)
    if wanted.text:
        asked &= Q(name__icontains=wanted.text) | Q(job_number__icontains=wanted.text) | Q(tags__contains=[wanted.text])
    if wanted.status:
        asked &= Q(status=wanted.status)
    if wanted.team:
        asked &= Q(client_team_id=wanted.team)
    if wanted.owner:
        asked &= Q(owner_id=wanted.owner)
    if wanted.is_late:
        late = Deliverable.objects.visible_to(actor).late(today).filter(project=OuterRef("pk"))
        asked &= Q(due_on__lt=today, status__in=("draft", "active", "on_hold")) | Q(Exists(late))
    return projects.filter(asked)


def _figures(
    actor: Actor, projects: Sequence[Project], today: date
) -> tuple[dict[UUID, dict[str, int]], dict[UUID, int]]:
    """How many deliverables of each project have each status, and how many are late. One query."""
    is_open = ~Q(status__in=(D.APPROVED, D.DELIVERED, D.CANCELLED, D.ON_HOLD))
    rows = Deliverable.objects.visible_to(actor).filter(project__in=[p.pk for p in projects])
    overdue = Count("pk", filter=is_open & Q(due_on__lt=today))
    grouped = rows.order_by().values("project_id", "status").annotate(count=Count("pk"), overdue=overdue)
    counts: dict[UUID, dict[str, int]] = {}
    late: dict[UUID, int] = {}
    for one in grouped:
        counts.setdefault(one["project_id"], {})[one["status"]] = one["count"]
        late[one["project_id"]] = late.get(one["project_id"], 0) + one["overdue"]
    return counts, late

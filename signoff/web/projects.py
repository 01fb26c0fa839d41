"""A project's pages: its head, the grid and the diary. The board and the settings have modules of their own."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from signoff.accounts.models import Membership, Role
from signoff.accounts.names import shown_person
from signoff.accounts.policy import Permission, can
from signoff.activity.feed import Line, diary
from signoff.core.actor import Actor
from signoff.deliverables.board import count_by_status
from signoff.deliverables.models import Deliverable, DeliverableStatus, Stage, StageStatus
from signoff.deliverables.progress import legal_moves
from signoff.pipelines.models import ApprovalType, StageTemplate
from signoff.projects.models import CustomField, Project
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.frame import Frame
from signoff.web.render import render

FACES = 4
A_PAGE = 60
DONE = (DeliverableStatus.DELIVERED, DeliverableStatus.APPROVED)
METER = (
    DeliverableStatus.DELIVERED,
    DeliverableStatus.APPROVED,
    DeliverableStatus.IN_REVIEW,
    DeliverableStatus.CHANGES_REQUESTED,
    DeliverableStatus.IN_PROGRESS,
)
KINDS = ("status", "dates", "other")
NOBODY_HERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Person:
    """Who works on the project, as the head shows them."""

    name: str
    initials: str
    hue: int
    is_client: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every page of a project."""

    project: Project
    counts: dict[str, int]
    people: list[Person]
    import_url: str
    may_add: bool
    may_edit: bool

    @property
    def total(self) -> int:
        """What is on hold or cancelled does not count, here as in the list of projects."""
        return sum(self.counts[status] for status in (*METER, DeliverableStatus.NOT_STARTED))

    @property
    def done(self) -> int:
        return sum(self.counts[status] for status in DONE)

    @property
    def status(self) -> str:
        return "archived" if self.project.is_archived else self.project.status

    @property
    def parts(self) -> list[tuple[str, float]]:
        """The meter: each status with its share in percent."""
        whole = self.total or 1
        return [(status, round(100 * self.counts[status] / whole, 2)) for status in METER if self.counts[status]]

    @property
    def words(self) -> str:
        """The same for who hears it."""
        labels = dict(DeliverableStatus.choices)
        some = [f"{number} {labels[status].lower()}" for status, number in self.counts.items() if number]
        return ": ".join(filter(None, [_("%(total)d deliverables") % {"total": self.total}, ", ".join(some)]))


def project_of(request: HttpRequest, project_id: UUID) -> Project:
    """The project of this address, with what its head needs. 404 for what one cannot see."""
    rows = Project.objects.visible_to(actor_of(request)).select_related("client_team", "owner", "pipeline")
    return get_object_or_404(rows, pk=project_id)


def head_of(actor: Actor, project: Project) -> Head:
    """Two queries, however much is in the project."""
    return Head(
        project=project,
        counts=count_by_status(project.pk),
        people=people_of(actor, project),
        import_url=_import_url(project) if can(actor, Permission.IMPORT_SHEET) else "",
        may_add=can(actor, Permission.EDIT_DELIVERABLE) and not project.is_archived,
        may_edit=can(actor, Permission.EDIT_PROJECT),
    )


def people_of(actor: Actor, project: Project) -> list[Person]:
    """Its owner first, then who has a deliverable or a stage of it, as far as the actor sees them. One query."""
    rows = Deliverable.objects.visible_to(actor).filter(project=project, assignee__isnull=False)
    stages = Stage.objects.visible_to(actor).filter(deliverable__project=project, assignee__isnull=False)
    working = rows.order_by().values("assignee").union(stages.order_by().values("assignee"))
    seen = Membership.objects.visible_to(actor).select_related("user").filter(is_active=True)
    found = seen.filter(user__in=working) | seen.filter(user=project.owner_id or NOBODY_HERE)
    members = sorted(found, key=lambda one: (one.user_id != project.owner_id, one.user.name))
    people = [_person(actor, member) for member in members]
    return list(dict.fromkeys(people)) if actor.house else people  # the house once, however many work for it


def _person(actor: Actor, member: Membership) -> Person:
    user = shown_person(actor, member.user) or member.user
    return Person(user.name, user.initials, user.hue, member.role == Role.CLIENT_VIEWER)


def _import_url(project: Project) -> str:
    try:
        return f"{reverse('import')}?project={project.pk}"
    except NoReverseMatch:
        return ""


def crumbs_of(project: Project) -> list[list[str]]:
    """Projects, its client team's projects, itself."""
    try:
        projects = reverse("projects")
    except NoReverseMatch:
        projects = reverse("dashboard")
    team = project.client_team
    middle = [[team.name, f"{projects}?team={team.pk}"]] if team else []
    return [[_("Projects"), projects], *middle, [project.name, ""]]


@require_safe
@signed_in
def grid(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The grid draws itself from the API; the page brings its head and what this person may."""
    actor, project = actor_of(request), project_of(request, project_id)
    context = {
        "head": head_of(actor, project),
        "crumbs": crumbs_of(project),
        "tab": "grid",
        "props": _grid_props(request, actor, project),
    }
    return render(request, "projects/grid.html", context)


def _grid_props(request: HttpRequest, actor: Actor, project: Project) -> dict[str, object]:
    fields = CustomField.objects.visible_to(actor).filter(subject=CustomField.Subject.DELIVERABLE)
    pipeline = project.pipeline
    stages = StageTemplate.objects.visible_to(actor).filter(pipeline=pipeline).count() if pipeline else 0
    return {
        "project": project.pk,
        "name": project.name,
        "me": member_of(request).user_id,
        "may": may_of(actor, project),
        "moves": {s: {a: legal_moves(s, a) for a in ApprovalType.values} for s in StageStatus.values},
        "fields": [{"key": one.key, "name": one.name, "kind": one.kind, "choices": one.choices} for one in fields],
        "links": {"deliverable": deliverable_link(), "import": _import_url(project)},
        "pipeline": {"name": pipeline.name if pipeline else "", "stages": stages},
    }


def may_of(actor: Actor, project: Project) -> dict[str, bool]:
    """What the page offers; the actions ask again."""
    is_open = not project.is_archived
    return {
        "edit": is_open and can(actor, Permission.EDIT_DELIVERABLE),
        "work": is_open and can(actor, Permission.WORK_ON_STAGE),
        "approve": is_open and can(actor, Permission.APPROVE_STAGE),
        "approveNamed": is_open and can(actor, Permission.APPROVE_WHERE_NAMED),
        "save": can(actor, Permission.SAVE_VIEW),
        "share": can(actor, Permission.SHARE_VIEW),
        "import": is_open and can(actor, Permission.IMPORT_SHEET) and bool(_import_url(project)),
    }


def deliverable_link() -> str:
    """The address of a deliverable's page with ID in its place."""
    try:
        return reverse("deliverable", args=[NOBODY_HERE]).replace(str(NOBODY_HERE), "ID")
    except NoReverseMatch:
        return "#ID"


@require_safe
@signed_in
def activity(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """The job diary, newest first; `before` is the last line of the page before."""
    actor, project = actor_of(request), project_of(request, project_id)
    kind = request.GET.get("kind", "")
    lines = _lines(request, actor, project)
    shown = [line for line in lines if kind not in KINDS or line.kind == kind]
    context = {
        "days": _days(shown),
        "older": lines[-1].id if len(lines) == A_PAGE else None,
        "kind": kind,
        "project": project,
        "deliverable_link": deliverable_link(),
    }
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true":
        return render(request, "projects/_diary.html", context)
    head = {"head": head_of(actor, project), "crumbs": crumbs_of(project), "tab": "activity"}
    return render(request, "projects/activity.html", context | head)


def _lines(request: HttpRequest, actor: Actor, project: Project) -> list[Line]:
    try:
        before = UUID(request.GET["before"])
    except (KeyError, ValueError):
        before = None
    here = Project.objects.visible_to(actor).filter(pk=project.pk)
    return diary(actor, here, before=before, most=A_PAGE, vocabulary=Frame(request).vocabulary)


def _days(lines: list[Line]) -> list[tuple[date, list[Line]]]:
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: localtime(line.at).date())]

"""Loading the demo studio: once, in one transaction, with dates counted from today."""

from collections.abc import Sequence
from random import Random

from django.db import connection, transaction
from django.utils.timezone import now

from signoff.accounts.models import Organization, SavedView
from signoff.deliverables.models import Deliverable
from signoff.ops.demo.approvers import name_approvers
from signoff.ops.demo.clock import Clock
from signoff.ops.demo.diary import Diary
from signoff.ops.demo.house import found_custom_fields, found_organization, found_pipelines, found_teams, hire
from signoff.ops.demo.house_rules import SHARED_VIEWS
from signoff.ops.demo.jobs import House, Job
from signoff.ops.demo.people import FIELDHOUSE, NORTHLIGHT, HousePlan
from signoff.ops.demo.plan import ProjectPlan
from signoff.ops.demo.sessions import plan_sessions
from signoff.ops.demo.sign_ins import come_and_go
from signoff.ops.demo.work import ardent, kolibri, maren, norra, northlight
from signoff.ops.tasks import take_demo_files
from signoff.projects.models import Project

SEED = 20418
WORK: list[tuple[HousePlan, Sequence[ProjectPlan]]] = [
    (FIELDHOUSE, (*kolibri.PROJECTS, *ardent.PROJECTS, *maren.PROJECTS, *norra.PROJECTS)),
    (NORTHLIGHT, northlight.PROJECTS),
]
ONE_AT_A_TIME = 7_264_466_437
A_BATCH = 8  # deliverables whose files are drawn by one job
SLOW = ("Film", "Audio")


@transaction.atomic
def load_demo_studio() -> bool:
    """Make Fieldhouse Studio and Northlight Post with people, work and five weeks of history; files follow by jobs.

    Does nothing, and says False, when Fieldhouse is there already. Two loads at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    if Organization.objects.filter(slug=FIELDHOUSE.slug).exists():
        return False
    clock = Clock(now(), Random(SEED))
    for plan, projects in WORK:
        _load(plan, projects, clock)
    return True


def _load(plan: HousePlan, projects: Sequence[ProjectPlan], clock: Clock) -> None:
    organization = found_organization(plan)
    teams = found_teams(plan, organization)
    crew = hire(plan, organization, teams, clock)
    house = House(
        clock=clock,
        diary=Diary(clock, organization.pk),
        organization=organization,
        crew=crew,
        teams=teams,
        pipelines=found_pipelines(plan, organization, crew),
        fields=found_custom_fields(organization) if plan is FIELDHOUSE else [],
    )
    opened = {project.job_number: Job(house, project).play() for project in projects}
    house.diary.write()
    name_approvers(opened, crew.users)
    come_and_go(plan, organization, crew, clock)
    _draw_later(opened)
    if plan is FIELDHOUSE:
        _share_views(house, opened)
        plan_sessions(organization, opened, crew.users, clock)


def _draw_later(projects: dict[str, Project]) -> None:
    """The files follow in the worker, so that the studio opens at once: pictures first, films after them."""
    order = {project.pk: number for number, project in enumerate(projects.values())}
    rows = list(Deliverable.objects.filter(project__in=order, round__gt=0).order_by("position"))
    rows.sort(key=lambda row: (row.kind in SLOW, order[row.project_id]))
    for start in range(0, len(rows), A_BATCH):
        take_demo_files.defer(wanted=[(str(row.pk), row.round) for row in rows[start : start + A_BATCH]])


def _share_views(house: House, projects: dict[str, Project]) -> None:
    SavedView.objects.bulk_create(
        SavedView(
            organization=house.organization,
            owner=house.crew.users[owner],
            name=name,
            page=page,
            project_id=projects[job_number].pk if job_number else None,
            query=query,
            is_shared=True,
        )
        for owner, name, page, job_number, query in SHARED_VIEWS
    )

"""Opening one of the demo's projects and letting its weeks pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from signoff.accounts.models import ClientTeam, Organization
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import set_fields
from signoff.core.text import slug_of
from signoff.deliverables.actions.stages import check_stage_change
from signoff.deliverables.announce_stage import told_of, verb_of
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.deliverables.move import Moving
from signoff.deliverables.start import DeliverableDraft, start_deliverables
from signoff.notifications.models import Notification
from signoff.ops.demo.clock import A_DAY, Clock
from signoff.ops.demo.diary import Diary
from signoff.ops.demo.house_rules import COLOUR_SPACES, PIPELINES_OF
from signoff.ops.demo.moves import Step, moves_of
from signoff.ops.demo.plan import ProjectPlan, RowPlan
from signoff.ops.demo.story import Crew, Story
from signoff.pipelines.models import PipelineTemplate
from signoff.projects.custom import clean_custom, merged
from signoff.projects.models import CustomField, Project, ProjectStatus

TIMES = ("created_at", "updated_at")
ROW_FIELDS = ("status", "held", "priority", "due_on", "round", "delivered_at", "version", *TIMES)
STAGE_FIELDS = (
    *("status", "status_since", "approved_at", "approved_by_id", "assignee_id", "due_on", "version"),
    *TIMES,
)
CLIENT = "client"


@dataclass(frozen=True, slots=True)
class House:
    """One organisation, founded, and what its projects need of it."""

    clock: Clock
    diary: Diary
    organization: Organization
    crew: Crew
    teams: dict[str, ClientTeam]
    pipelines: dict[str, PipelineTemplate]
    fields: list[CustomField]


class Job:
    """One project of the tables, from its opening to today."""

    def __init__(self, house: House, plan: ProjectPlan) -> None:
        self.house, self.plan = house, plan
        self.clock, self.crew, self.diary = house.clock, house.crew, house.diary
        self.owner = house.crew.actors[plan.owner]
        self.steps = PIPELINES_OF[house.organization.slug][plan.pipeline]
        opens = self.clock.today + timedelta(days=min(plan.starts, -2))
        self.opened = self.clock.opening_of(opens) + self.clock.random.uniform(10, 90)

    def play(self) -> Project:
        """Open it, plan it, work on it, close it if it is closed. Returns the saved project."""
        project = self._open()
        rows = start_deliverables(project, [self._draft(row) for row in self.plan.rows])
        movings = self._with_stages(rows)
        self._note_added(project, rows)
        if project.status != ProjectStatus.DRAFT:  # clients do not see drafts, so nobody tells them of one
            self._name_clients(movings)
        for row, moving in zip(self.plan.rows, movings, strict=True):
            self._live(row, moving)
        self._save(movings)
        self._close(project)
        opened, changed = self.clock.moment(self.opened), self.diary.last_of(project.pk)
        Project.objects.filter(pk=project.pk).update(created_at=opened, updated_at=changed or opened)
        return project

    def _open(self) -> Project:
        plan = self.plan
        is_draft = plan.status == ProjectStatus.DRAFT
        project = Project.objects.create(
            organization=self.house.organization,
            job_number=plan.job_number,
            name=plan.name,
            slug=slug_of(plan.name),
            client_team=self.house.teams[plan.team],
            owner=self.crew.users[plan.owner],
            pipeline=self.house.pipelines[plan.pipeline],
            status=ProjectStatus.DRAFT if is_draft else ProjectStatus.ACTIVE,
            brief=plan.brief,
            starts_on=self.clock.day(plan.starts),
            due_on=self.clock.day(plan.due),
            tags=plan.tags,
            custom=self._custom(),
            source=plan.source,
        )
        by = self.crew.actors["robot"] if plan.source == "api" else self.owner
        tell = {project.owner_id: Notification.Reason.ASSIGNED} if project.owner_id else {}
        opened = self.clock.moment(self.opened)
        self.diary.note(opened, by, Happening(Verb.PROJECT_OPENED, project, project.pk), tell)
        return project

    def _custom(self) -> dict[str, object]:
        """The table's values; a number in a date field counts days from today."""
        if not self.house.fields:
            return {}
        fields = [field for field in self.house.fields if field.subject == CustomField.Subject.PROJECT]
        given: dict[str, object] = {"account-lead": self.owner.user_id, **self.plan.custom}
        if "first-insertion" in given:
            given["first-insertion"] = self.clock.day(int(str(given["first-insertion"])))
        return merged({}, clean_custom(fields, given))

    def _draft(self, row: RowPlan) -> DeliverableDraft:
        """The deliverable as it was planned at first: one date in four has moved since then."""
        random = self.clock.random
        due = self.clock.day(row.due)
        if random.random() < 0.25:
            due -= timedelta(days=random.randint(2, 6))
        is_remark = StageStatus.CHANGES_REQUESTED in row.stages
        return DeliverableDraft(
            name=row.name,
            kind=row.kind,
            specification=row.specification,
            language=row.language,
            market=row.market,
            due_on=due,
            rounds_included=row.included,
            assignee=self.crew.users[row.maker],
            notes="" if is_remark else row.note,
            custom=self._row_custom(row),
        )

    def _row_custom(self, row: RowPlan) -> dict[str, object]:
        if not self.house.fields:
            return {}
        given: dict[str, object] = {"colour-space": COLOUR_SPACES.get(row.kind)}
        seconds = [word for word in row.name.split() if word.isdigit()]
        if row.kind in ("Film", "Audio") and seconds:
            given["running-time-s"] = seconds[0]
        if row.kind in ("Out of home", "Packaging"):
            given["legal-line"] = True
            given["media-agency-ref"] = f"MA-{self.clock.random.randint(1000, 9999)}"
        fields = [field for field in self.house.fields if field.subject == CustomField.Subject.DELIVERABLE]
        return merged({}, clean_custom(fields, given))

    def _with_stages(self, rows: Sequence[Deliverable]) -> list[Moving]:
        """The rows with their stages, each with its date and, where the maker does it, its maker."""
        people = {user.pk: user for user in self.crew.users.values()}
        movings = {row.pk: Moving(row, []) for row in rows}
        found = Stage.objects.filter(deliverable__in=rows).select_related("definition").order_by("position")
        for stage in found:
            moving = movings[stage.deliverable_id]
            stage.deliverable = moving.deliverable
            stage.assignee = people[stage.assignee_id] if stage.assignee_id else None
            if self.steps[len(moving.stages)][2] == "maker":
                stage.assignee = moving.deliverable.assignee
            moving.stages.append(stage)
        for row, moving in zip(self.plan.rows, movings.values(), strict=True):
            self._plan_dates(self.clock.day(row.due), moving)
        return list(movings.values())

    def _plan_dates(self, due: date, moving: Moving) -> None:
        for stage, step in zip(reversed(moving.stages), reversed(self.steps), strict=True):
            stage.due_on = due
            due -= timedelta(days=step[3])

    def _note_added(self, project: Project, rows: Sequence[Deliverable]) -> None:
        at = self.clock.moment(self.opened + 25)
        act = self.clock.id_at(at, 0)
        for row in rows:
            tell = {row.assignee_id: Notification.Reason.ASSIGNED} if row.assignee_id else {}
            self.diary.note(at, self.owner, Happening(Verb.DELIVERABLE_ADDED, row, project.pk, row.pk), tell, act)

    def _name_clients(self, movings: Sequence[Moving]) -> None:
        """One edit of the owner: who approves for the client."""
        at = self.clock.moment(self.opened + 55)
        act = self.clock.id_at(at, 0)
        for row, moving in zip(self.plan.rows, movings, strict=True):
            key = self.plan.clients.get(row.kind, self.plan.clients[""])
            stages = [s for s, step in zip(moving.stages, self.steps, strict=True) if step[2] == CLIENT and key]
            for stage in stages:
                self._assign(at, act, moving, stage, key)

    def _assign(self, at: datetime, act: UUID, moving: Moving, stage: Stage, key: str) -> None:
        wanted = {"assignee": self.crew.users[key]}
        check_stage_change(self.owner, moving, stage, wanted)
        change = set_fields(stage, wanted)
        stage.version += 1
        row = moving.deliverable
        data = {**change.data, "stage": str(stage.definition)}
        happening = Happening(verb_of(change, stage), stage, row.project_id, row.pk, change.values, data)
        self.diary.note(at, self.owner, happening, told_of(change, moving, stage), act)

    def _live(self, row: RowPlan, moving: Moving) -> None:
        steps = [Step(approval, whose) for _, approval, whose, _ in self.steps]
        moving.deliverable.round = row.round
        moves = moves_of(row, steps, self.plan.team)
        begins = self.opened + 80 + self.clock.random.uniform(0.1, 2.5) * A_DAY
        Story(self.clock, self.diary, self.crew, self.plan, row, moving).tell(moves, begins)

    def _save(self, movings: Sequence[Moving]) -> None:
        added = self.clock.moment(self.opened + 25)
        stages = [stage for moving in movings for stage in moving.stages]
        rows = [moving.deliverable for moving in movings]
        for row in (*rows, *stages):
            row.created_at = added
        for stage in stages:
            stage.updated_at = max(stage.status_since, added) if stage.status != StageStatus.NOT_STARTED else added
        for row in rows:
            row.updated_at = self.diary.last_of(row.pk) or added
        _update(rows, ROW_FIELDS)
        _update(stages, STAGE_FIELDS)

    def _close(self, project: Project) -> None:
        plan = self.plan
        if plan.status not in (ProjectStatus.DRAFT, ProjectStatus.ACTIVE):
            ends = self.clock.opening_of(self.clock.day(plan.due)) if plan.due < 0 else self.clock.ago(2.5)
            self._change(Verb.PROJECT_CHANGED, project, {"status": plan.status}, ends + 120)
        if plan.archived is not None:
            day = self.clock.day(plan.archived)
            self._change(Verb.PROJECT_ARCHIVED, project, {"archived_on": day}, self.clock.opening_of(day) + 200)
        project.save()

    def _change(self, verb: Verb, project: Project, wanted: dict[str, object], minute: float) -> None:
        change = set_fields(project, wanted)
        by: Actor = self.owner
        happening = Happening(verb, project, project.pk, None, change.values, change.data)
        self.diary.note(self.clock.moment(minute), by, happening, {})


def _update(rows: Sequence[Deliverable] | Sequence[Stage], columns: Sequence[str]) -> None:
    """Save these columns of many rows, times that Django sets by itself included; faster than `bulk_update`."""
    sets = ", ".join(f"{name} = %s" for name in columns)
    values = [[*(getattr(row, name) for name in columns), row.pk] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {rows[0]._meta.db_table} SET {sets} WHERE id = %s", values)

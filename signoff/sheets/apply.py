"""Writing a plan down, in one transaction, and telling. Steps; no permission is asked here."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models

from signoff.accounts.models import ClientTeam, Organization
from signoff.activity.announce import announce_all
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import plain
from signoff.core.tables import count_anew, insert_rows, overwrite_rows
from signoff.deliverables.models import Deliverable, Stage
from signoff.pipelines.models import StageDefinition
from signoff.projects.models import CustomField, Project
from signoff.sheets.house import DELIVERABLE_FACTS, PROJECT_FACTS, STAGE_FACTS, Facts
from signoff.sheets.models import ImportBatch
from signoff.sheets.packing import plain_facts
from signoff.sheets.plan import DeliverablePlan, Plan, ProjectPlan, StagePlan
from signoff.sheets.settle import ACTOR, NOW

# An import has its own way back; a general undo leaves its events alone.
OWN_WAY_BACK = {"needs_withdrawal": True}
SILENT = frozenset({"status", "status_since", "approved_at", "approved_by_id", "delivered_at"})


class Writing:
    """One plan being written, at one time, by one actor. `trace` is what undo will need."""

    def __init__(self, plan: Plan, actor: Actor, batch: ImportBatch, act: UUID, at: datetime) -> None:
        self.plan, self.actor, self.batch, self.act, self.at = plan, actor, batch, act, at
        self.organization: Organization = batch.organization
        self.trace: dict[str, Any] = {"created": {}, "changed": {}}

    def write(self) -> dict[str, Any]:
        """Everything, in the order in which tables point at each other; returns the trace."""
        self._teams_and_fields()
        self._projects()
        self._deliverables()
        self._stages()
        self._announce()
        return self.trace

    # --- rows ------------------------------------------------------------------------------------
    def _teams_and_fields(self) -> None:
        used = {plan.new.get("client_team_id") for plan in self.plan.projects}
        teams = [team for team in self.plan.teams if team.id in used]
        self.teams = [ClientTeam(pk=t.id, organization=self.organization, name=t.name) for t in teams]
        ClientTeam.objects.bulk_create(self.teams)
        CustomField.objects.bulk_create(self.plan.fields)
        self.trace["created"]["client_teams"] = [str(team.id) for team in teams]
        self.trace["created"]["fields"] = [str(field.pk) for field in self.plan.fields]

    def _projects(self) -> None:
        new = [plan for plan in self.plan.projects if plan.old is None]
        extra = {"organization_id": self.organization.pk}
        self._insert(Project, "projects", [(plan.id, plan.new | extra) for plan in new])
        changed = [(plan.old, plan.new) for plan in self.plan.projects if plan.old and plan.new]
        self._overwrite(Project, "projects", PROJECT_FACTS, changed)

    def _deliverables(self) -> None:
        new = [plan for plan in self.plan.deliverables if plan.old is None]
        self._insert(Deliverable, "deliverables", [(plan.id, plan.new) for plan in new])
        changed = [(plan.old, plan.new) for plan in self.plan.deliverables if plan.old and plan.new]
        self._overwrite(Deliverable, "deliverables", DELIVERABLE_FACTS, changed)

    def _stages(self) -> None:
        stages = [(plan, stage) for plan in self.plan.deliverables for stage in plan.stages]
        new = [(s.id, s.new | {"deliverable_id": plan.id}) for plan, s in stages if s.old is None]
        insert_rows(Stage, [self._row(pk, facts) for pk, facts in new])
        count_anew(len(new), Deliverable, Stage)
        changed = [(stage.old, stage.new) for _, stage in stages if stage.old]
        self._overwrite(Stage, "stages", STAGE_FACTS, changed)

    def _insert(self, model: type[models.Model], name: str, rows: list[tuple[UUID, Facts]]) -> None:
        insert_rows(model, [self._row(pk, facts) for pk, facts in rows])
        self.trace["created"][name] = [str(pk) for pk, _ in rows]

    def _overwrite(
        self, model: type[models.Model], name: str, facts: list[str], rows: Iterable[tuple[Facts | None, Facts]]
    ) -> None:
        changed, before = [], []
        for old, new in rows:
            assert old is not None
            version = {"version": old["version"] + 1} if "version" in facts else {}
            both = {key: self._value(value) for key, value in (old | new | version).items()}
            changed.append({key: both[key] for key in facts} | {"updated_at": self.at})
            before.append(plain_facts(old))
        overwrite_rows(model, changed)
        self.trace["changed"][name] = before

    def _row(self, pk: UUID, facts: Facts) -> dict[str, Any]:
        row = {name: self._value(value) for name, value in facts.items()}
        return {"id": pk, "created_at": self.at, "updated_at": self.at, **row}

    def _value(self, value: Any) -> Any:
        if value is NOW:
            return self.at
        return self.actor.user_id if value is ACTOR else value

    # --- telling -----------------------------------------------------------------------------------
    def _announce(self) -> None:
        happenings = [
            *(Happening(Verb.CLIENT_TEAM_ADDED, team) for team in self.teams),
            *(Happening(Verb.CUSTOM_FIELD_ADDED, field) for field in self.plan.fields),
            *(one for plan in self.plan.projects for one in self._of_project(plan)),
            *(one for plan in self.plan.deliverables for one in self._of_deliverable(plan)),
            Happening(Verb.IMPORT_APPLIED, self.batch, data={"counts": self.plan.counts()}),
        ]
        announce_all(
            [(one, {}) for one in happenings],
            actor=self.actor,
            organization_id=self.organization.pk,
            act=self.act,
        )

    def _of_project(self, plan: ProjectPlan) -> Iterable[Happening]:
        facts = {**(plan.old or {}), **plan.new}
        subject = Project(pk=plan.id, job_number=facts["job_number"], name=facts["name"])
        if plan.old is None:
            yield Happening(Verb.PROJECT_OPENED, subject, plan.id)
        elif plan.new:
            changes, data = self._changes(plan.old, plan.new, frozenset())
            yield Happening(Verb.PROJECT_CHANGED, subject, plan.id, None, changes, data)

    def _of_deliverable(self, plan: DeliverablePlan) -> Iterable[Happening]:
        name = plan.new.get("name") or (plan.old or {}).get("name", "")
        subject = Deliverable.from_db("default", ["id", "name"], [plan.id, name])  # no defaults to work out
        if plan.old is None:
            yield Happening(Verb.DELIVERABLE_ADDED, subject, plan.project.id, plan.id)
            return
        changes, data = self._changes(plan.old, plan.new, SILENT)
        if changes or (plan.new and not plan.stages):
            yield Happening(Verb.DELIVERABLE_CHANGED, subject, plan.project.id, plan.id, changes, data)
        for stage in plan.stages:
            yield self._of_stage(plan, subject, stage)

    def _of_stage(self, plan: DeliverablePlan, deliverable: Deliverable, stage: StagePlan) -> Happening:
        assert stage.old is not None
        name = self.stage_names[stage.definition_id]
        subject = Stage(pk=stage.id, deliverable=deliverable, definition=StageDefinition(name=name))
        changes, data = self._changes(stage.old, stage.new, SILENT - {"status"})
        return Happening(Verb.STAGE_CHANGED, subject, plan.project.id, plan.id, changes, {**data, "stage": name})

    @cached_property
    def stage_names(self) -> dict[UUID, str]:
        here = StageDefinition.objects.filter(organization=self.organization)
        return dict(here.values_list("id", "name"))

    def _changes(
        self, old: Facts, new: Facts, silent: frozenset[str]
    ) -> tuple[dict[str, tuple[object, object]], dict[str, object]]:
        """What an event says: {field: (old, new)}, and the names of the people and teams in it."""
        changed = {f: v for f, v in new.items() if f not in silent and old[f] != v}
        labels = {
            f.removesuffix("_id"): [self.plan.names.get(old[f], ""), self.plan.names.get(v, "")]
            for f, v in changed.items()
            if f.endswith("_id")
        }
        changes = {f.removesuffix("_id"): (plain(old[f]), plain(self._value(v))) for f, v in changed.items()}
        return changes, {**OWN_WAY_BACK, **({"labels": labels} if labels else {})}

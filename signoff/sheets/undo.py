"""Taking an import back: only whole, and only while nobody has worked on what it made. Steps."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.timezone import now

from signoff.accounts.models import ClientTeam
from signoff.activity.announce import announce_all
from signoff.audit.models import Event
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.core.tables import overwrite_rows
from signoff.deliverables.models import Deliverable, Stage
from signoff.projects.models import CustomField, Project
from signoff.sheets.apply import OWN_WAY_BACK
from signoff.sheets.models import ImportBatch
from signoff.sheets.packing import typed_facts

MODELS: dict[str, type[models.Model]] = {"projects": Project, "deliverables": Deliverable, "stages": Stage}
MOST_NAMED = 20


class Undoing:
    """One batch being taken back. The caller holds the organisation's import lock."""

    def __init__(self, batch: ImportBatch, trace: dict[str, Any]) -> None:
        self.batch, self.created, self.changed = batch, trace["created"], trace["changed"]
        self.new_projects = _ids(self.created["projects"])
        self.new_deliverables = _ids(self.created["deliverables"])
        self.old_projects = {UUID(facts["id"]) for facts in self.changed["projects"]}
        self.old_deliverables = {UUID(facts["id"]) for facts in self.changed["deliverables"]}
        self.old_deliverables |= {UUID(facts["deliverable_id"]) for facts in self.changed["stages"]}

    def lock(self) -> None:
        projects = Project.objects.filter(pk__in=self.new_projects | self.old_projects)
        list(projects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        deliverables = Deliverable.objects.filter(pk__in=self.new_deliverables | self.old_deliverables)
        list(deliverables.select_for_update().order_by("pk").values_list("pk"))

    def touched(self) -> list[str]:
        """The names of what somebody has worked on since; each change of anything leaves an event."""
        act = self.batch.act
        assert act is not None
        applied = Event.objects.filter(act=act, verb=Verb.IMPORT_APPLIED).values_list("id", flat=True)
        since = Event.objects.filter(project_id__in=self._projects(), created_at__gte=self.batch.applied_at)
        since = since.exclude(act=act)
        if first := applied.first():
            since = since.filter(id__gt=first)
        names: dict[str, None] = {}
        for deliverable_id, project_id, label in since.values_list("deliverable_id", "project_id", "subject_label"):
            if self._is_ours(deliverable_id, project_id):
                names[label] = None
        names.update(dict.fromkeys(self._moved()))
        return list(names)

    def _projects(self) -> set[UUID]:
        here = Deliverable.objects.filter(pk__in=self.old_deliverables | self.new_deliverables)
        return (
            self.new_projects | self.old_projects | set(here.values_list("project_id", flat=True).order_by().distinct())
        )

    def _is_ours(self, deliverable_id: UUID | None, project_id: UUID | None) -> bool:
        if project_id in self.new_projects:
            return True
        if deliverable_id is not None:
            return deliverable_id in self.new_deliverables or deliverable_id in self.old_deliverables
        return project_id in self.old_projects

    def _moved(self) -> Iterable[str]:
        """Rows whose version is not the one that the import gave them."""
        wanted = dict.fromkeys(self.new_deliverables, 1)
        wanted |= {UUID(f["id"]): f["version"] + 1 for f in self.changed["deliverables"]}
        rows = Deliverable.objects.filter(pk__in=wanted).values_list("id", "version", "name")
        found = {pk: (version, name) for pk, version, name in rows}
        for pk, version in wanted.items():
            if pk not in found:
                yield "a deliverable that was removed"
            elif found[pk][0] != version:
                yield found[pk][1]

    def write(self, actor: Actor) -> None:
        at = now()
        for name, model in MODELS.items():
            rows = [typed_facts(model, facts) | {"updated_at": at} for facts in self.changed[name]]
            rows = [row | ({"version": row["version"] + 2} if "version" in row else {}) for row in rows]
            overwrite_rows(model, rows)
        happenings = list(self._happenings())
        Deliverable.objects.filter(pk__in=self.new_deliverables).delete()
        Project.objects.filter(pk__in=self.new_projects).delete()
        self._remove_fields_and_teams()
        self.batch.state, self.batch.undone_at, self.batch.trace = ImportBatch.State.UNDONE, at, None
        self.batch.save(update_fields=["state", "undone_at", "trace", "updated_at"])
        announce_all(
            [(one, {}) for one in happenings],
            actor=actor,
            organization_id=self.batch.organization_id,
            act=new_id(),
        )

    def _remove_fields_and_teams(self) -> None:
        """What the import added to the organisation goes too, unless somebody uses it by now."""
        for field in CustomField.objects.filter(pk__in=self.created["fields"]):
            here = Deliverable.objects.filter(project__organization=self.batch.organization_id)
            if not here.filter(custom__has_key=field.key).exists():
                field.delete()
        unused = ClientTeam.objects.filter(pk__in=self.created["client_teams"], projects=None, members=None)
        unused.delete()

    def _happenings(self) -> Iterable[Happening]:
        data = {**OWN_WAY_BACK, "act": str(self.batch.act)}
        deliverables = Deliverable.objects.only("id", "name", "project_id")
        for row in deliverables.filter(pk__in=self.new_deliverables):
            yield Happening(Verb.DELIVERABLE_REMOVED, row, row.project_id, row.pk, data=data)
        for row in deliverables.filter(pk__in=self.old_deliverables):
            yield Happening(Verb.DELIVERABLE_CHANGED, row, row.project_id, row.pk, data=data)
        projects = Project.objects.only("id", "name", "job_number")
        for project in projects.filter(pk__in=self.old_projects):
            yield Happening(Verb.PROJECT_CHANGED, project, project.pk, data=data)
        yield Happening(Verb.IMPORT_UNDONE, self.batch, data=data)


def _ids(found: Iterable[str]) -> set[UUID]:
    return {UUID(one) for one in found}

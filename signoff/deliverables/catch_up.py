"""What a pipeline's edit means for deliverables that are at work: which would change, and how. No writing here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from signoff.core.actor import Actor
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.pipelines.models import PipelineTemplate, StageTemplate


@dataclass(slots=True)
class CatchUp:
    """One open deliverable beside its pipeline as it is now."""

    deliverable: Deliverable
    added: list[StageTemplate] = field(default_factory=list)
    removed: list[Stage] = field(default_factory=list)  # not started yet, so nothing is lost
    kept: list[Stage] = field(default_factory=list)  # gone from the pipeline, but work was done on them
    changed: list[tuple[Stage, StageTemplate]] = field(default_factory=list)  # place or approval type

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def behind(actor: Actor, pipeline: PipelineTemplate) -> list[CatchUp]:
    """The open deliverables of a pipeline that differ from it, as the actor sees them. Three queries."""
    templates = list(StageTemplate.objects.filter(pipeline=pipeline).select_related("definition"))
    rows = (
        Deliverable.objects.visible_to(actor)
        .open()
        .filter(pipeline=pipeline, project__archived_on__isnull=True)
        .select_related("project")
        .prefetch_related("stages__definition")
        .order_by("project__job_number", "position")
    )
    compared = (compare(row, list(row.stages.all()), templates) for row in rows)
    return [one for one in compared if one]


def compare(row: Deliverable, stages: Sequence[Stage], templates: Sequence[StageTemplate]) -> CatchUp:
    """How one deliverable's stages differ from the pipeline's. Pure."""
    result = CatchUp(row)
    there = {stage.definition_id: stage for stage in stages}
    wanted = {template.definition_id: template for template in templates}
    for template in templates:
        stage = there.get(template.definition_id)
        if stage is None:
            result.added.append(template)
        elif _differs(stage, template):
            result.changed.append((stage, template))
    for stage in stages:
        if stage.definition_id not in wanted:
            untouched = stage.status in (StageStatus.NOT_STARTED, StageStatus.SKIPPED)
            (result.removed if untouched else result.kept).append(stage)
    return result


def _differs(stage: Stage, template: StageTemplate) -> bool:
    return (stage.position, stage.approval_type) != (template.position, template.approval_type)

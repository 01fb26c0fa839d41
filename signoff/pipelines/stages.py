"""The ordered stages of a pipeline: checking a list of them, and putting it in place of the one before. Steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from signoff.accounts.models import Membership, User
from signoff.core.errors import NotFound
from signoff.pipelines.errors import BadStages
from signoff.pipelines.models import ApprovalType, PipelineTemplate, StageDefinition, StageTemplate

MOST_STAGES, MOST_DAYS = 30, 365


@dataclass(frozen=True, slots=True)
class StageDraft:
    """One stage as it shall be; its place is its place in the list."""

    definition: StageDefinition
    approval_type: str
    assignee: User | None = None
    days: int | None = None


def check_stages(organization_id: UUID, drafts: Sequence[StageDraft], there: Sequence[StageTemplate]) -> None:
    """Raises BadStages, with `definition` naming the stage; NotFound for a definition of others.

    What a stage has already may stay: an archived definition, somebody whose access was closed.
    """
    if any(draft.definition.organization_id != organization_id for draft in drafts):
        raise NotFound()
    if not drafts:
        raise BadStages("A pipeline has at least one stage. Add one from the library.", field="stages")
    if len(drafts) > MOST_STAGES:
        raise BadStages(f"At most {MOST_STAGES} stages, these are {len(drafts)}.", field="stages")
    known = {stage.definition_id: stage for stage in there}
    people = _people(organization_id, drafts)
    seen: set[UUID] = set()
    for draft in drafts:
        words = _trouble(draft, known.get(draft.definition.pk), people, seen)
        if words:
            raise BadStages(words, field="stages", definition=str(draft.definition.pk))
        seen.add(draft.definition.pk)


def set_stages(pipeline: PipelineTemplate, drafts: Sequence[StageDraft]) -> bool:
    """Make these the pipeline's stages; rows that stay keep their id. True when anything changed."""
    there = {stage.definition_id: stage for stage in pipeline.stages.all()}
    wanted = {draft.definition.pk for draft in drafts}
    gone = [stage.pk for key, stage in there.items() if key not in wanted]
    changed = bool(gone)
    StageTemplate.objects.filter(pk__in=gone).delete()
    for position, draft in enumerate(drafts, 1):
        stage = there.get(draft.definition.pk) or StageTemplate(pipeline=pipeline, definition=draft.definition)
        changed = _set_stage(stage, position, draft) or changed
    return changed


def described(pipeline: PipelineTemplate) -> list[dict[str, object]]:
    """The stages in order as an event keeps them. One query."""
    stages = StageTemplate.objects.filter(pipeline=pipeline).select_related("definition", "assignee")
    return [
        {
            "definition": str(stage.definition_id),
            "name": stage.definition.name,
            "approval_type": stage.approval_type,
            "assignee": str(stage.assignee or ""),
            "days": stage.days,
        }
        for stage in stages
    ]


def _set_stage(stage: StageTemplate, position: int, draft: StageDraft) -> bool:
    wanted = (position, draft.approval_type, draft.assignee.pk if draft.assignee else None, draft.days)
    if (stage.position, stage.approval_type, stage.assignee_id, stage.days) == wanted:
        return False
    stage.position, stage.approval_type, stage.assignee_id, stage.days = wanted
    stage.save()
    return True


def _trouble(draft: StageDraft, now: StageTemplate | None, people: set[UUID], seen: set[UUID]) -> str:
    name = draft.definition.name
    if draft.definition.pk in seen:
        return f"“{name}” is in this pipeline twice. A deliverable passes each stage once."
    if draft.definition.archived_on and now is None:
        return f"“{name}” is archived in the library. Restore it there first."
    if draft.approval_type not in ApprovalType.values:
        return f"“{name}”: the approval is none, simple or formal."
    if draft.days is not None and not 1 <= draft.days <= MOST_DAYS:
        return f"“{name}”: 1 to {MOST_DAYS} working days, or nothing."
    kept = now is not None and draft.assignee is not None and now.assignee_id == draft.assignee.pk
    if draft.assignee and draft.assignee.pk not in people and not kept:
        return f"“{name}”: {draft.assignee.name} has no access here any more. Choose somebody else."
    return ""


def _people(organization_id: UUID, drafts: Sequence[StageDraft]) -> set[UUID]:
    asked = {draft.assignee.pk for draft in drafts if draft.assignee}
    if not asked:
        return set()
    members = Membership.objects.people().filter(organization_id=organization_id, user_id__in=asked)
    return set(members.values_list("user_id", flat=True))

"""What people do with pipelines. What an edit means for deliverables at work is asked of `deliverables.catch_up`."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from signoff.accounts.models import Organization
from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.changes import Change, ChangedMeanwhile, set_fields
from signoff.core.constraints import refused_as
from signoff.core.text import clean_name
from signoff.pipelines.errors import DefaultPipelineStays, PipelineArchived, PipelineTaken
from signoff.pipelines.models import PipelineTemplate
from signoff.pipelines.stages import StageDraft, check_stages, described, set_stages

MOST_NAME = 80
TAKEN = {"one_pipeline_of_a_name": PipelineTaken(field="name")}


@transaction.atomic
def add_pipeline(
    *, actor: Actor, organization: Organization, name: str, stages: Sequence[StageDraft]
) -> PipelineTemplate:
    """Add a pipeline; an organisation's first becomes its default. Raises BadText, PipelineTaken or BadStages."""
    require(actor, Permission.EDIT_PIPELINES, organization.pk)
    check_stages(organization.pk, stages, [])
    return _add(actor, organization.pk, clean_name(name, most=MOST_NAME), stages)


@transaction.atomic
def change_pipeline(
    *, actor: Actor, pipeline: PipelineTemplate, name: str, stages: Sequence[StageDraft], version: int | None = None
) -> PipelineTemplate:
    """Give a pipeline this name and these stages. Deliverables at work stay as they are.

    `version` is the one the person saw; None does not ask. Raises ChangedMeanwhile (with the stages
    as they are now), PipelineArchived, BadText, PipelineTaken or BadStages.
    """
    pipeline = _lock(actor, pipeline)
    before = described(pipeline)
    if version is not None and version != pipeline.version:
        raise ChangedMeanwhile(current={"name": pipeline.name, "version": pipeline.version, "stages": before})
    if pipeline.archived_on:
        raise PipelineArchived()
    check_stages(pipeline.organization_id, stages, list(pipeline.stages.all()))
    change = set_fields(pipeline, {"name": clean_name(name, most=MOST_NAME)})
    if set_stages(pipeline, stages):
        change.values["stages"] = (before, described(pipeline))
    return _save(actor, pipeline, change)


@transaction.atomic
def copy_pipeline(*, actor: Actor, pipeline: PipelineTemplate) -> PipelineTemplate:
    """Add another pipeline with the same stages, named after this one."""
    require(actor, Permission.EDIT_PIPELINES, pipeline.organization_id)
    stages = [
        StageDraft(stage.definition, stage.approval_type, stage.assignee, stage.days)
        for stage in pipeline.stages.select_related("definition", "assignee")
    ]
    return _add(actor, pipeline.organization_id, _free_name(pipeline), stages)


@transaction.atomic
def make_default(*, actor: Actor, pipeline: PipelineTemplate) -> PipelineTemplate:
    """Projects opened from now on get this pipeline unless they say another. Raises PipelineArchived."""
    require(actor, Permission.EDIT_PIPELINES, pipeline.organization_id)
    _lock_organization(pipeline)
    pipeline = PipelineTemplate.objects.select_for_update(no_key=True).get(pk=pipeline.pk)
    if pipeline.archived_on:
        raise PipelineArchived()
    change = set_fields(pipeline, {"is_default": True})
    if change:
        others = PipelineTemplate.objects.filter(organization_id=pipeline.organization_id, is_default=True)
        change.labels["replaces"] = list(others.values_list("name", flat=True))
        others.update(is_default=False)
    return _save(actor, pipeline, change)


@transaction.atomic
def archive_pipeline(*, actor: Actor, pipeline: PipelineTemplate) -> PipelineTemplate:
    """Choose it no more for anything new. What uses it goes on using it. Raises DefaultPipelineStays."""
    pipeline = _lock(actor, pipeline)
    if pipeline.is_default:
        raise DefaultPipelineStays()
    return _archive(actor, pipeline, pipeline.archived_on or localdate(), Verb.PIPELINE_REMOVED)


@transaction.atomic
def restore_pipeline(*, actor: Actor, pipeline: PipelineTemplate) -> PipelineTemplate:
    """Take a pipeline out of the archive."""
    return _archive(actor, _lock(actor, pipeline), None, Verb.PIPELINE_CHANGED)


def _lock(actor: Actor, pipeline: PipelineTemplate) -> PipelineTemplate:
    require(actor, Permission.EDIT_PIPELINES, pipeline.organization_id)
    _lock_organization(pipeline)
    return PipelineTemplate.objects.select_for_update(no_key=True).get(pk=pipeline.pk)


def _lock_organization(pipeline: PipelineTemplate) -> None:
    """First, always: which one is the default is a question about all of them."""
    Organization.objects.select_for_update(no_key=True).get(pk=pipeline.organization_id)


def _add(actor: Actor, organization_id: UUID, name: str, stages: Sequence[StageDraft]) -> PipelineTemplate:
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization_id)
    is_first = not PipelineTemplate.objects.filter(organization=organization, is_default=True).exists()
    pipeline = PipelineTemplate(organization=organization, name=name, is_default=is_first)
    with refused_as(TAKEN):
        pipeline.save(force_insert=True)
    set_stages(pipeline, stages)
    data = {"stages": described(pipeline)}
    announce(Verb.PIPELINE_ADDED, actor=actor, subject=pipeline, organization_id=organization.pk, data=data)
    return pipeline


def _archive(actor: Actor, pipeline: PipelineTemplate, on: date | None, verb: Verb) -> PipelineTemplate:
    return _save(actor, pipeline, set_fields(pipeline, {"archived_on": on}), verb)


def _save(
    actor: Actor, pipeline: PipelineTemplate, change: Change, verb: Verb = Verb.PIPELINE_CHANGED
) -> PipelineTemplate:
    if not change:
        return pipeline
    pipeline.version += 1
    columns = [name for name in change.values if name != "stages"]
    with refused_as(TAKEN):
        pipeline.save(update_fields=[*columns, "version", "updated_at"])
    announce(
        verb,
        actor=actor,
        subject=pipeline,
        organization_id=pipeline.organization_id,
        changes=change.values,
        data=change.data,
    )
    return pipeline


def _free_name(pipeline: PipelineTemplate) -> str:
    """`Campaign copy`, `Campaign copy 2`."""
    base = f"{pipeline.name[: MOST_NAME - 10]} copy"
    names = PipelineTemplate.objects.filter(organization_id=pipeline.organization_id)
    taken = {name.casefold() for name in names.values_list("name", flat=True)}
    number, name = 1, base
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    return name

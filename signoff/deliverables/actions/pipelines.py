"""Bringing deliverables at work up to their pipeline after it was edited."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from signoff.accounts.policy import Permission, require
from signoff.activity.announce import announce_all
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.deliverables.catch_up import CatchUp, compare
from signoff.deliverables.models import Stage
from signoff.deliverables.move import Moving, lock_all, refresh_status
from signoff.deliverables.start import stages_of, templates_of
from signoff.notifications.notify import Telling
from signoff.pipelines.models import PipelineTemplate


@transaction.atomic
def bring_up_to_date(*, actor: Actor, pipeline: PipelineTemplate, deliverable_ids: Sequence[UUID]) -> int:
    """Give these deliverables the pipeline's stages as they are now; returns how many changed.

    Stages on which work was done stay, even when the pipeline has them no more.
    """
    require(actor, Permission.EDIT_DELIVERABLE, pipeline.organization_id)
    templates = templates_of(pipeline)
    happenings: list[tuple[Happening, Telling]] = []
    for moving in lock_all(list(deliverable_ids)):
        if moving.deliverable.pipeline_id != pipeline.pk or moving.deliverable.project.is_archived:
            continue
        difference = compare(moving.deliverable, moving.stages, templates)
        if difference:
            happenings.append((_apply(moving, difference), {}))
    if happenings:
        announce_all(happenings, actor=actor, organization_id=pipeline.organization_id)
    return len(happenings)


def _apply(moving: Moving, difference: CatchUp) -> Happening:
    row = moving.deliverable
    Stage.objects.filter(pk__in=[stage.pk for stage in difference.removed]).delete()
    for stage, template in difference.changed:
        stage.position, stage.approval_type = template.position, template.approval_type
        stage.version += 1
        stage.save(update_fields=["position", "approval_type", "version", "updated_at"])
    Stage.objects.bulk_create(stages_of([row], difference.added))
    moving.stages[:] = Stage.objects.filter(deliverable=row).order_by("position")
    refresh_status(moving)
    data = {
        "added": [str(template.definition) for template in difference.added],
        "removed": [str(stage.definition) for stage in difference.removed],
        "pipeline": str(row.pipeline_id),
    }
    return Happening(Verb.DELIVERABLE_CHANGED, row, row.project_id, row.pk, {}, data)

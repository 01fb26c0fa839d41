"""Starting deliverables: the rows and their stages. Steps, used by actions here, by sheets and by intake."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, Q, Value
from django.utils.timezone import now

from signoff.accounts.models import User
from signoff.core.tables import count_anew
from signoff.core.text import clean_name, clean_text, free_slug, slug_of
from signoff.deliverables.models import Deliverable, Priority, Stage, StageStatus
from signoff.pipelines.models import PipelineTemplate, StageTemplate
from signoff.projects.models import Project

ROWS_A_TIME = 2_000
FALLBACK = "deliverable"  # the slug of a name without any Latin letter or digit
FEW = 20


@dataclass(frozen=True, slots=True)
class DeliverableDraft:
    """What is known of a deliverable when it is added; only its name must be."""

    name: str
    slug: str = ""
    kind: str = ""
    specification: str = ""
    language: str = ""
    market: str = ""
    priority: str = Priority.NORMAL
    due_on: date | None = None
    rounds_included: int | None = None
    assignee: User | None = None
    notes: str = ""
    custom: Mapping[str, object] = field(default_factory=dict)


def start_deliverables(
    project: Project, drafts: Sequence[DeliverableDraft], pipeline: PipelineTemplate | None = None
) -> list[Deliverable]:
    """Rows and stages for the drafts, at the end of the project, in a fixed number of statements.

    The caller holds the project's row locked (slugs and positions are given out here) and has
    cleaned `custom`. Raises BadText. The deliverables come with their project set.
    """
    pipeline = pipeline or project.pipeline
    slugs, last = _slugs_and_last(project.pk, drafts)
    rows = []
    for index, draft in enumerate(drafts, 1):
        slug = free_slug(draft.slug or slug_of(draft.name), slugs, fallback=FALLBACK)
        slugs.add(slug)
        rows.append(_row(project, pipeline, draft, slug, last + index))
    Deliverable.objects.bulk_create(rows, batch_size=ROWS_A_TIME)
    Stage.objects.bulk_create(stages_of(rows, templates_of(pipeline)), batch_size=ROWS_A_TIME)
    count_anew(len(rows), Deliverable, Stage)
    return rows


def templates_of(pipeline: PipelineTemplate | None) -> list[StageTemplate]:
    """The pipeline's steps in order, with their definitions. One query."""
    if pipeline is None:
        return []
    return list(StageTemplate.objects.filter(pipeline=pipeline).select_related("definition"))


def stages_of(deliverables: Iterable[Deliverable], templates: Sequence[StageTemplate]) -> list[Stage]:
    """Unsaved stages, one per step, for each deliverable."""
    at = now()
    return [
        Stage(
            deliverable=deliverable,
            definition_id=template.definition_id,
            position=template.position,
            approval_type=template.approval_type,
            assignee_id=template.assignee_id,
            status=StageStatus.NOT_STARTED,
            status_since=at,
        )
        for deliverable in deliverables
        for template in templates
    ]


def _row(
    project: Project, pipeline: PipelineTemplate | None, draft: DeliverableDraft, slug: str, position: int
) -> Deliverable:
    return Deliverable(
        project=project,
        pipeline=pipeline,
        name=clean_name(draft.name),
        slug=slug,
        kind=clean_name(draft.kind, field="kind", most=80, required=False),
        specification=clean_name(draft.specification, field="specification", most=300, required=False),
        language=clean_name(draft.language, field="language", most=80, required=False),
        market=clean_name(draft.market, field="market", most=80, required=False),
        priority=draft.priority,
        due_on=draft.due_on,
        rounds_included=draft.rounds_included,
        assignee=draft.assignee,
        notes=clean_text(draft.notes, field="notes"),
        custom=dict(draft.custom),
        position=position,
    )


def _slugs_and_last(project_id: UUID, drafts: Sequence[DeliverableDraft]) -> tuple[set[str], int]:
    """The slugs that may clash with those of the drafts, and the last position given out. One query."""
    bases = {draft.slug or slug_of(draft.name) or FALLBACK for draft in drafts}
    may_clash = Q()
    if len(bases) <= FEW:  # in a big project it is cheaper to ask for these few than to read them all
        for base in bases:
            may_clash |= Q(slug__startswith=base)
    found = Deliverable.objects.filter(project_id=project_id).aggregate(
        slugs=ArrayAgg("slug", filter=may_clash, default=Value([])), last=Max("position")
    )
    return set(found["slugs"]), found["last"] or 0

"""Settings: the list of pipelines, and what is done to one as a whole. Its stages are edited in `editor`."""

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts.policy import Permission
from signoff.core.actor import Actor
from signoff.core.errors import Conflict
from signoff.deliverables.models import Deliverable
from signoff.pipelines import actions
from signoff.pipelines.models import PipelineTemplate
from signoff.projects.models import Project
from signoff.web.actor import actor_of
from signoff.web.settings.page import done, open_to, page, refused


@open_to(Permission.EDIT_PIPELINES)
def pipelines(request: HttpRequest) -> HttpResponseBase:
    rows = list(with_uses(actor_of(request)).prefetch_related("stages__definition").order_by("-is_default", "name"))
    context = {
        "rows": [row for row in rows if row.archived_on is None],
        "archived": [row for row in rows if row.archived_on],
    }
    return page(request, "pipelines", "settings-pipelines", context)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def default(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    row = find(request, pipeline_id)
    try:
        actions.make_default(actor=actor_of(request), pipeline=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-pipelines")
    said = _("Projects opened from now on get %(name)s unless they say another.") % {"name": row.name}
    return done(request, said, "settings-pipeline", row.pk)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def copies(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    made = actions.copy_pipeline(actor=actor_of(request), pipeline=find(request, pipeline_id))
    return done(request, _("This is the copy. Name it and change what differs."), "settings-pipeline", made.pk)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def archive(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    row = find(request, pipeline_id)
    try:
        actions.archive_pipeline(actor=actor_of(request), pipeline=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-pipeline", row.pk)
    undo = reverse("settings-pipeline-restoration", args=[row.pk])
    return done(request, _("%(name)s is archived.") % {"name": row.name}, "settings-pipelines", undo=undo)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def restoration(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    row = actions.restore_pipeline(actor=actor_of(request), pipeline=find(request, pipeline_id))
    return done(request, _("%(name)s is back.") % {"name": row.name}, "settings-pipelines")


def find(request: HttpRequest, pipeline_id: UUID) -> PipelineTemplate:
    return get_object_or_404(PipelineTemplate.objects.visible_to(actor_of(request)), pk=pipeline_id)


def with_uses(actor: Actor) -> QuerySet[PipelineTemplate]:
    """With `open_projects` and `open_deliverables`: how many use it now, as this actor sees them."""
    projects = Project.objects.visible_to(actor).current().filter(pipeline=OuterRef("pk"))
    deliverables = Deliverable.objects.visible_to(actor).open().filter(pipeline=OuterRef("pk"))
    here = deliverables.filter(Q(project__archived_on__isnull=True))
    return PipelineTemplate.objects.visible_to(actor).annotate(
        open_projects=_count(projects), open_deliverables=_count(here)
    )


def _count(rows: QuerySet[Project] | QuerySet[Deliverable]) -> Coalesce:
    counted = rows.order_by().values("pipeline").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)

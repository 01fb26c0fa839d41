"""Settings: open deliverables that differ from their edited pipeline, and bringing the chosen ones up to date."""

from itertools import pairwise
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.accounts.policy import Permission
from signoff.deliverables import actions
from signoff.deliverables.catch_up import CatchUp, behind
from signoff.deliverables.models import Deliverable
from signoff.pipelines.models import PipelineTemplate
from signoff.web.actor import actor_of
from signoff.web.render import render
from signoff.web.settings.page import done, open_to, page
from signoff.web.settings.pipelines import find

SHOWN_MOST = 500


@open_to(Permission.EDIT_PIPELINES)
def deliverables(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    """Which differ, and how. `?part=notice` is the line above the editor."""
    pipeline = find(request, pipeline_id)
    if request.method == "POST":
        return _update(request, pipeline)
    rows = behind(actor_of(request), pipeline)
    shown = [(one, is_reordered(one)) for one in rows[:SHOWN_MOST]]
    context = {"pipeline": pipeline, "rows": shown, "number": len(rows)}
    if request.GET.get("part") == "notice":
        return render(request, "settings/_behind_notice.html", context)
    return page(request, "pipeline_deliverables", "settings-pipelines", context)


def _update(request: HttpRequest, pipeline: PipelineTemplate) -> HttpResponseBase:
    """All that differ, or those that were ticked; ids that the person cannot see are not there."""
    actor = actor_of(request)
    if request.POST.get("which") == "all":
        chosen = [one.deliverable.pk for one in behind(actor, pipeline)]
    else:
        ticked = [one for one in map(_uuid, request.POST.getlist("deliverable")) if one]
        chosen = list(Deliverable.objects.visible_to(actor).filter(pk__in=ticked).values_list("pk", flat=True))
    number = actions.bring_up_to_date(actor=actor, pipeline=pipeline, deliverable_ids=chosen)
    said = ngettext("%(number)s deliverable is up to date.", "%(number)s deliverables are up to date.", number)
    if not number:
        said = _("Nothing was ticked that still differs.")
    return done(request, said % {"number": number}, "settings-pipeline", pipeline.pk)


def is_reordered(one: CatchUp) -> bool:
    """Do the stages that stay come in another order? (New ones between them only push them on.)"""
    pairs = sorted((stage.position, template.position) for stage, template in one.changed)
    approvals = any(stage.approval_type != template.approval_type for stage, template in one.changed)
    says_nothing_else = not (one.added or one.removed or approvals)
    return says_nothing_else or any(before[1] > after[1] for before, after in pairwise(pairs))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""Settings: the pipeline editor. The form holds the stages in order; a step of editing is made by the page's island,
or, without scripts, by a button that sends the form and gets it back changed and not yet saved.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from signoff.accounts.models import Membership, Role, User
from signoff.accounts.policy import Permission
from signoff.core.actor import Actor
from signoff.core.errors import Conflict, Invalid
from signoff.pipelines import actions
from signoff.pipelines.models import PipelineTemplate, StageDefinition
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.editor_form import Row, Typed, drafts_of, edit_form, rows_of, typed_form
from signoff.web.settings.page import done, open_to, page
from signoff.web.settings.pipelines import find, with_uses


@open_to(Permission.EDIT_PIPELINES)
def new_pipeline(request: HttpRequest) -> HttpResponseBase:
    """Starts with the stages of the default pipeline, since most differ little from it."""
    library = _library(request)
    if request.method != "POST":
        default = PipelineTemplate.objects.visible_to(actor_of(request)).filter(is_default=True).first()
        return _page(request, None, Typed("", rows_of(default)), library)
    typed = typed_form(request.POST, library)
    if edit_form(request.POST, typed, library):
        return _page(request, None, typed, library)
    try:
        stages = drafts_of(actor_of(request), typed)
        made = actions.add_pipeline(
            actor=actor_of(request), organization=member_of(request).organization, name=typed.name, stages=stages
        )
    except (Invalid, Conflict) as refusal:
        typed.mark(refusal)
        return _page(request, None, typed, library, status=422)
    return done(request, _("%(name)s is added.") % {"name": made.name}, "settings-pipeline", made.pk)


@open_to(Permission.EDIT_PIPELINES)
def pipeline(request: HttpRequest, pipeline_id: UUID) -> HttpResponseBase:
    row = find(request, pipeline_id)
    library = _library(request)
    if request.method != "POST":
        return _page(request, row, Typed(row.name, rows_of(row), str(row.version)), library)
    typed = typed_form(request.POST, library)
    if edit_form(request.POST, typed, library):
        return _page(request, row, typed, library)
    try:
        stages = drafts_of(actor_of(request), typed)
        version = int(typed.version) if typed.version.isdecimal() and len(typed.version) < 10 else None
        actions.change_pipeline(actor=actor_of(request), pipeline=row, name=typed.name, stages=stages, version=version)
    except (Invalid, Conflict) as refusal:
        typed.mark(refusal)
        return _page(request, row, typed, library, status=409 if typed.theirs else 422)
    return done(request, _("%(name)s is saved.") % {"name": typed.name}, "settings-pipeline", row.pk)


def _page(
    request: HttpRequest, row: PipelineTemplate | None, typed: Typed, library: list[StageDefinition], status: int = 200
) -> HttpResponseBase:
    others = list(with_uses(actor_of(request)).filter(archived_on__isnull=True).order_by("-is_default", "name"))
    in_use = {one.definition.pk for one in typed.rows}
    rows = [Row(one, one.approval_type) for one in library if one.archived_on is None]
    context = {
        "pipeline": row,
        "typed": typed,
        "library": [(one, one.definition.pk in in_use) for one in rows],
        "people": _people(actor_of(request)),
        "pipelines": others,
        "uses": next((one for one in others if row and one.pk == row.pk), None),
        "theirs": _in_words(typed.theirs),
    }
    return page(request, "pipeline", "settings-pipelines", context, status=status)


def _library(request: HttpRequest) -> list[StageDefinition]:
    return list(StageDefinition.objects.visible_to(actor_of(request)).order_by("name"))


def _people(actor: Actor) -> list[User]:
    """Who can be a stage's assignee: the house, not its clients."""
    members = Membership.objects.visible_to(actor).people().exclude(role=Role.CLIENT_VIEWER)
    return [member.user for member in members.select_related("user").order_by("user__name")]


def _in_words(theirs: Mapping[str, Any] | None) -> str:
    """How the pipeline stands now: `Concept, Design, Client approval`."""
    return ", ".join(stage["name"] for stage in theirs["stages"]) if theirs else ""

"""Settings: the library of stages that pipelines are made of."""

from uuid import UUID

from django import forms
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts.policy import Permission
from signoff.pipelines import actions
from signoff.pipelines.models import ApprovalType, StageDefinition, StageTemplate
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import done, open_to, page, refusals_in
from signoff.web.settings.stage_icons import icon_of


class StageForm(forms.Form):
    name = forms.CharField()
    approval_type = forms.ChoiceField(choices=ApprovalType.choices, initial=ApprovalType.NONE)
    is_with_client = forms.BooleanField(required=False)


@open_to(Permission.EDIT_PIPELINES)
def stages(request: HttpRequest) -> HttpResponseBase:
    form = StageForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            made = actions.add_definition(
                actor=actor_of(request), organization=member_of(request).organization, **form.cleaned_data
            )
            return done(request, _("%(name)s is in the library.") % {"name": made.name}, "settings-stages")
    rows = _visible(request).order_by(F("archived_on").asc(nulls_first=True), "name")
    context = {"form": form, "rows": [(row, icon_of(row)) for row in rows]}
    return page(request, "stages", "settings-stages", context, status=422 if form.errors else 200)


@open_to(Permission.EDIT_PIPELINES)
def stage(request: HttpRequest, definition_id: UUID) -> HttpResponseBase:
    row = _find(request, definition_id)
    form = StageForm(request.POST) if request.method == "POST" else StageForm(initial=vars(row))
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            saved = actions.change_definition(actor=actor_of(request), definition=row, changes=form.cleaned_data)
            return done(request, _("%(name)s is saved.") % {"name": saved.name}, "settings-stages")
    return page(request, "stage", "settings-stages", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def archive(request: HttpRequest, definition_id: UUID) -> HttpResponseBase:
    row = actions.archive_definition(actor=actor_of(request), definition=_find(request, definition_id))
    undo = reverse("settings-stage-restoration", args=[row.pk])
    return done(request, _("%(name)s is archived.") % {"name": row.name}, "settings-stages", undo=undo)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def restoration(request: HttpRequest, definition_id: UUID) -> HttpResponseBase:
    row = actions.restore_definition(actor=actor_of(request), definition=_find(request, definition_id))
    return done(request, _("%(name)s is back.") % {"name": row.name}, "settings-stages")


def _visible(request: HttpRequest) -> QuerySet[StageDefinition]:
    """With `pipelines`: in how many it is."""
    uses = StageTemplate.objects.filter(definition=OuterRef("pk")).order_by().values("definition")
    count = Subquery(uses.annotate(number=Count("pk")).values("number"))
    return StageDefinition.objects.visible_to(actor_of(request)).annotate(pipelines=Coalesce(count, 0))


def _find(request: HttpRequest, definition_id: UUID) -> StageDefinition:
    return get_object_or_404(_visible(request), pk=definition_id)

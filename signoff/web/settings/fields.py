"""Settings: custom fields of projects and deliverables."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts.policy import Permission
from signoff.core.errors import Conflict
from signoff.projects import actions
from signoff.projects.models import CustomField
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import done, open_to, page, refusals_in, refused


class ChangedFieldForm(forms.Form):
    name = forms.CharField()
    choices = forms.CharField(required=False)

    def clean_choices(self) -> list[str]:
        return str(self.cleaned_data["choices"]).splitlines()


class FieldForm(ChangedFieldForm):
    subject = forms.ChoiceField(choices=CustomField.Subject.choices, initial=CustomField.Subject.DELIVERABLE)
    kind = forms.ChoiceField(choices=CustomField.Kind.choices, initial=CustomField.Kind.TEXT)


@open_to(Permission.EDIT_PIPELINES)
def fields(request: HttpRequest) -> HttpResponseBase:
    form = FieldForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            made = actions.add_custom_field(
                actor=actor_of(request), organization=member_of(request).organization, **form.cleaned_data
            )
            return done(request, _("%(name)s is added.") % {"name": made.name}, "settings-fields")
    rows = list(CustomField.objects.visible_to(actor_of(request)))
    tables = [
        (subject, label, [row for row in rows if row.subject == subject])
        for subject, label in CustomField.Subject.choices
    ]
    context = {"form": form, "tables": tables, "has_rows": bool(rows)}
    return page(request, "fields", "settings-fields", context, status=422 if form.errors else 200)


@open_to(Permission.EDIT_PIPELINES)
def field(request: HttpRequest, field_id: UUID) -> HttpResponseBase:
    row = _find(request, field_id)
    now = {"name": row.name, "choices": "\n".join(row.choices)}
    form = ChangedFieldForm(request.POST) if request.method == "POST" else ChangedFieldForm(initial=now)
    if form.is_bound and form.is_valid():
        changes = form.cleaned_data if row.kind == CustomField.Kind.CHOICE else {"name": form.cleaned_data["name"]}
        with refusals_in(form):
            saved = actions.change_custom_field(actor=actor_of(request), field=row, changes=changes)
            return done(request, _("%(name)s is saved.") % {"name": saved.name}, "settings-fields")
    return page(request, "field", "settings-fields", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def place(request: HttpRequest, field_id: UUID) -> HttpResponseBase:
    """One place up or down in its table."""
    row = _find(request, field_id)
    order = list(
        CustomField.objects.visible_to(actor_of(request)).filter(subject=row.subject).values_list("pk", flat=True)
    )
    there = order.index(row.pk)
    order.remove(row.pk)
    order.insert(max(there - 1, 0) if request.POST.get("move") == "up" else there + 1, row.pk)
    actions.order_custom_fields(
        actor=actor_of(request), organization=member_of(request).organization, subject=row.subject, order=order
    )
    return done(request, _("%(name)s is moved.") % {"name": row.name}, "settings-fields")


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def removal(request: HttpRequest, field_id: UUID) -> HttpResponseBase:
    row = _find(request, field_id)
    actions.remove_custom_field(actor=actor_of(request), field=row)
    undo = reverse("settings-field-restoration", args=[row.pk])
    said = _("%(name)s is shown no more. Its values are kept.") % {"name": row.name}
    return done(request, said, "settings-fields", undo=undo)


@require_POST
@open_to(Permission.EDIT_PIPELINES)
def restoration(request: HttpRequest, field_id: UUID) -> HttpResponseBase:
    here = member_of(request).organization
    try:
        row = actions.restore_custom_field(actor=actor_of(request), organization=here, field_id=field_id)
    except Conflict as refusal:
        return refused(request, refusal, "settings-fields")
    return done(request, _("%(name)s is back with its values.") % {"name": row.name}, "settings-fields")


def _find(request: HttpRequest, field_id: UUID) -> CustomField:
    return get_object_or_404(CustomField.objects.visible_to(actor_of(request)), pk=field_id)

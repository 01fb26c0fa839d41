"""A project's settings: what it is called, whose it is, when it is due, which pipeline it has; the archive."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import View

from signoff.accounts.models import ClientTeam, Membership, User
from signoff.accounts.policy import Permission, require_held
from signoff.core.actor import Actor
from signoff.core.errors import Conflict, Invalid, SignoffError
from signoff.pipelines.models import PipelineTemplate
from signoff.projects.actions import archive_project, change_project, restore_project
from signoff.projects.models import CustomField, Project, ProjectStatus
from signoff.web.actor import actor_of, signed_in
from signoff.web.projects import crumbs_of, head_of, project_of
from signoff.web.render import render

CUSTOM = "custom-"
Kind = CustomField.Kind


class ProjectForm(forms.Form):
    """The fields of a project that people set; its custom fields are added by name."""

    name = forms.CharField(max_length=200)
    job_number = forms.CharField(max_length=60)
    slug = forms.CharField(max_length=80)
    client_team = forms.ModelChoiceField(ClientTeam.objects.none(), required=False)
    owner = forms.ModelChoiceField(User.objects.none(), required=False)
    pipeline = forms.ModelChoiceField(PipelineTemplate.objects.none(), required=False)
    status = forms.ChoiceField(choices=ProjectStatus.choices)
    starts_on = forms.DateField(required=False)
    due_on = forms.DateField(required=False)
    tags = forms.CharField(max_length=1000, required=False)
    brief = forms.CharField(max_length=20_000, required=False)

    def __init__(self, actor: Actor, project: Project, data: Any = None) -> None:
        super().__init__(data, initial=_initial(project))
        self.custom = list(CustomField.objects.visible_to(actor).filter(subject=CustomField.Subject.PROJECT))
        people = Membership.objects.visible_to(actor).people().values("user")
        self.fields["owner"].queryset = User.objects.filter(pk__in=people).order_by("name")  # type: ignore[attr-defined]
        teams = ClientTeam.objects.visible_to(actor)
        self.fields["client_team"].queryset = teams  # type: ignore[attr-defined]
        pipelines = PipelineTemplate.objects.visible_to(actor)
        self.fields["pipeline"].queryset = pipelines  # type: ignore[attr-defined]
        for one in self.custom:
            self.fields[CUSTOM + one.key] = _field_of(one, self.fields["owner"])
            self.initial[CUSTOM + one.key] = project.custom.get(one.key)

    def clean_tags(self) -> list[str]:
        return [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]

    def changes(self) -> dict[str, object]:
        """What `change_project` takes."""
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith(CUSTOM)}
        custom = {one.key: _plain(self.cleaned_data.get(CUSTOM + one.key)) for one in self.custom}
        return said | ({"custom": custom} if custom else {})

    @property
    def custom_fields(self) -> Iterable[tuple[CustomField, forms.BoundField]]:
        return [(one, self[CUSTOM + one.key]) for one in self.custom]


def _initial(project: Project) -> dict[str, object]:
    plain = ("name", "job_number", "slug", "status", "starts_on", "due_on", "brief")
    linked = {name: getattr(project, f"{name}_id") for name in ("client_team", "owner", "pipeline")}
    return {name: getattr(project, name) for name in plain} | linked | {"tags": ", ".join(project.tags)}


def _field_of(field: CustomField, owner: forms.Field) -> forms.Field:
    match field.kind:
        case Kind.NUMBER:
            return forms.FloatField(required=False)
        case Kind.DATE:
            return forms.DateField(required=False)
        case Kind.CHECKBOX:
            return forms.BooleanField(required=False)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=[("", ""), *((one, one) for one in field.choices)], required=False)
        case Kind.PERSON:
            people = owner.queryset  # type: ignore[attr-defined]
            return forms.ModelChoiceField(people, required=False)
        case _:
            return forms.CharField(max_length=2_000, required=False)


def _plain(value: object) -> object:
    """As the actions keep custom values: JSON."""
    if isinstance(value, User):
        return str(value.pk)
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value.isoformat() if hasattr(value, "isoformat") else value


@method_decorator(signed_in, name="dispatch")
class Settings(View):
    def get(self, request: HttpRequest, project_id: UUID) -> HttpResponse:
        project = project_of(request, project_id)
        require_held(actor_of(request), Permission.EDIT_PROJECT, project.organization_id)
        return self._page(request, project, ProjectForm(actor_of(request), project))

    def post(self, request: HttpRequest, project_id: UUID) -> HttpResponseBase:
        actor, project = actor_of(request), project_of(request, project_id)
        require_held(actor, Permission.EDIT_PROJECT, project.organization_id)  # a refused form shows the house's people
        form = ProjectForm(actor, project, request.POST)
        if form.is_valid() and _saved(actor, project, form):
            return redirect(f"{reverse('project-settings', args=[project.pk])}?saved=1")
        return self._page(request, project_of(request, project_id), form, status=422)

    def _page(self, request: HttpRequest, project: Project, form: ProjectForm, status: int = 200) -> HttpResponse:
        saved = {"title": _("Settings saved"), "text": project.name, "tone": "ok"} if "saved" in request.GET else None
        context = {
            "head": head_of(actor_of(request), project),
            "crumbs": crumbs_of(project),
            "tab": "settings",
            "form": form,
            "toast": saved if status == 200 else None,
        }
        return render(request, "projects/settings.html", context, status=status)


def _saved(actor: Actor, project: Project, form: ProjectForm) -> bool:
    """Saves; what the action refuses becomes an error at the field it names."""
    try:
        change_project(actor=actor, project=project, changes=form.changes())
    except (Invalid, Conflict) as error:
        form.add_error(_field_in(form, error), error.message)
        return False
    return True


def _field_in(form: ProjectForm, error: SignoffError) -> str | None:
    name = str(error.detail.get("field", ""))
    name = name.replace("custom.", CUSTOM)
    return name if name in form.fields else None


@require_POST
@signed_in
def archive(request: HttpRequest, project_id: UUID) -> HttpResponseBase:
    """Into the archive, or with `restore` out of it."""
    actor, project = actor_of(request), project_of(request, project_id)
    act = restore_project if request.POST.get("restore") == "1" else archive_project
    act(actor=actor, project=project)
    return redirect("project-settings", project_id=project.pk)

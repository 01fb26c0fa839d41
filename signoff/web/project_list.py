"""All projects: the list with its filters in the address, and the form that opens a new one."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from signoff.accounts.models import ClientTeam, Membership, Role, SavedView, User
from signoff.accounts.policy import Permission, require_held
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed, SignoffError
from signoff.insight.projects import PAGE, ProjectFilter, project_page
from signoff.pipelines.models import PipelineTemplate
from signoff.projects.actions import ProjectDraft, open_project
from signoff.projects.models import ProjectStatus
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import heard, is_htmx
from signoff.web.choices import id_named
from signoff.web.errors import status_of
from signoff.web.render import render
from signoff.web.saved_views import saved_views

SORTS = (
    ("due", gettext_lazy("Due first")),
    ("name", gettext_lazy("Name")),
    ("job_number", gettext_lazy("Number")),
    ("newest", gettext_lazy("Newest first")),
    ("client_team", gettext_lazy("Client")),
)
NEW = (ProjectStatus.ACTIVE, ProjectStatus.DRAFT)


@require_safe
@signed_in
def projects(request: HttpRequest) -> HttpResponse:
    """The page; for htmx only its list."""
    actor = actor_of(request)
    context = {**_list(request, actor), "heard_later": heard("2s")}
    if request.headers.get("HX-Target") == "projects":
        return render(request, "projects/_list.html", context)
    context |= {
        "project_statuses": ProjectStatus.values,
        "teams": ClientTeam.objects.visible_to(actor).filter(archived_on__isnull=True),
        "owners": _owners(actor),
        "sorts": SORTS,
        "views": saved_views(actor, SavedView.Page.PROJECTS),
        "view_page": SavedView.Page.PROJECTS,
    }
    return render(request, "projects/list.html", context)


def _list(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    said = request.GET
    wanted = filter_of(said)
    found = project_page(actor, wanted, localdate())
    without_page = {key: value for key, value in said.items() if key != "page" and value}
    return {
        "projects": found,
        "wanted": wanted,
        "query": urlencode(without_page),
        "is_filtered": wanted != ProjectFilter(sort=wanted.sort, page=wanted.page),
        "first": (found.page - 1) * PAGE + 1,
    }


def filter_of(said: QueryDict) -> ProjectFilter:
    """What the address asks for; what it says wrongly filters nothing."""
    page = said.get("page", "")
    return ProjectFilter(
        text=said.get("q", "").replace("\x00", "").strip(),
        status=said.get("status", "").replace("\x00", ""),
        team=id_named(said.get("team", "")),
        owner=id_named(said.get("owner", "")),
        is_late=said.get("late") == "1",
        is_archived=said.get("archived") == "1",
        sort=said.get("sort", "due"),
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


class ProjectForm(forms.Form):
    """What may be said of a project when it is opened. Meaning is checked by the action."""

    job_number = forms.CharField(max_length=60)
    name = forms.CharField(max_length=200)
    client_team = forms.ModelChoiceField(ClientTeam.objects.none(), required=False)
    owner = forms.ModelChoiceField(User.objects.none(), required=False)
    pipeline = forms.ModelChoiceField(PipelineTemplate.objects.none(), required=False)
    status = forms.ChoiceField(choices=[(one.value, one.label) for one in NEW], initial=ProjectStatus.ACTIVE)
    starts_on = forms.DateField(required=False)
    due_on = forms.DateField(required=False)
    brief = forms.CharField(required=False, max_length=20_000)

    def __init__(self, data: Any, actor: Actor, **values: Any) -> None:
        super().__init__(data, **values)
        teams = ClientTeam.objects.visible_to(actor).filter(archived_on__isnull=True)
        self.choose("client_team", teams)
        self.choose("owner", _owners(actor))
        self.choose("pipeline", PipelineTemplate.objects.visible_to(actor).in_use())

    def choose(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def refuse(self, error: SignoffError) -> None:
        """A refusal of the action at the field that it names, or above the form."""
        field = str(error.detail.get("field", ""))
        self.add_error(field if field in self.fields else None, error.message)


@require_http_methods(["GET", "POST"])
@signed_in
def new_project(request: HttpRequest) -> HttpResponse:
    """The form, in a dialog or as a page; a good one opens the project and goes there. Raises NotAllowed."""
    actor = actor_of(request)
    require_held(actor, Permission.OPEN_PROJECT)
    if request.method == "GET":
        return _new_form(request, ProjectForm(None, actor, initial=_initial(actor)))
    form = ProjectForm(request.POST, actor)
    if not form.is_valid():
        return _new_form(request, form, 422)
    try:
        project = open_project(
            actor=actor, organization=member_of(request).organization, draft=ProjectDraft(**form.cleaned_data)
        )
    except NotAllowed:
        raise
    except SignoffError as error:
        form.refuse(error)
        return _new_form(request, form, status_of(error))
    address = reverse("project", args=[project.pk])
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address, "HX-Trigger": Verb.PROJECT_OPENED})
    return redirect(address)


def _initial(actor: Actor) -> dict[str, Any]:
    """Who opens it owns it, and the default pipeline is chosen."""
    default = PipelineTemplate.objects.visible_to(actor).in_use().filter(is_default=True).first()
    return {"owner": actor.user_id, "pipeline": default, "status": ProjectStatus.ACTIVE}


def _new_form(request: HttpRequest, form: ProjectForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "title": _("New project")}
    if not is_htmx(request):
        return render(request, "projects/new.html", context, status=status)
    response = render(request, "projects/_new.html", context, status=status)
    if status >= 400:
        response.headers["HX-Retarget"] = "#dialog"
    return response


def _owners(actor: Actor) -> Any:
    """The people of the house: who may own a project, as far as the actor reads their names."""
    if actor.house:
        return User.objects.none()
    house = Membership.objects.visible_to(actor).people().exclude(role=Role.CLIENT_VIEWER)
    return User.objects.filter(pk__in=house.values("user_id")).order_by("name")

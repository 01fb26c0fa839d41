"""Views that somebody named: a page and the filters of its address."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from signoff.accounts.actions import remove_view, save_view
from signoff.accounts.models import SavedView, SavedViewQuerySet
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.projects.models import Project
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.choices import id_named
from signoff.web.frame import view_url


@require_POST
@signed_in
def views(request: HttpRequest) -> HttpResponse:
    """Saves the filters of a page under a name; the same name of the same person is replaced."""
    actor, said = actor_of(request), request.POST
    project = id_named(said.get("project", ""))
    if project:
        get_object_or_404(Project.objects.visible_to(actor), pk=project)
    view = save_view(
        actor=actor,
        organization=member_of(request).organization,
        name=said.get("name", ""),
        page=said.get("page", ""),
        query=said.get("query", ""),
        project_id=project,
        is_shared=bool(said.get("is_shared")),
    )
    if not is_htmx(request):
        return back(request, view_url(view))
    response = HttpResponse(status=204, headers={"HX-Redirect": view_url(view)})
    return saying(response, Verb.VIEW_SAVED, toast_of(_("View “%(name)s” saved") % {"name": view.name}))


@require_POST
@signed_in
def removal(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Takes a saved view away. Raises Http404 for what the person does not see."""
    actor = actor_of(request)
    view = get_object_or_404(SavedView.objects.visible_to(actor), pk=view_id)
    remove_view(actor=actor, view=view)
    page = reverse("my-work" if view.page == SavedView.Page.WORK else "projects")
    if not is_htmx(request):
        return back(request, page)
    return HttpResponse(status=204, headers={"HX-Redirect": page})


def saved_views(actor: Actor, page: str) -> SavedViewQuerySet:
    """The views of one page that the actor sees: their own first."""
    return SavedView.objects.visible_to(actor).filter(page=page).order_by("is_shared", "name")

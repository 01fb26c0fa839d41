"""The page behind a guest's link: what is shown, who asks, by when; or the gate, which looks the same for a link that
asks for a password and for one that opens nothing."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from signoff.accounts.errors import NoMembership
from signoff.core.errors import SignoffError
from signoff.core.origin import origin_of
from signoff.deliverables.models import Deliverable
from signoff.guests import actions
from signoff.guests.enter import device_of, front_of
from signoff.guests.models import GuestLink
from signoff.guests.sight import covers_of
from signoff.projects.models import Project
from signoff.web.actor import actor_of
from signoff.web.errors import status_of
from signoff.web.render import render
from signoff.web.visitor import cookie_of, keep, prefix_of


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class Front(View):
    """GET changes nothing: programs that look for danger in mails open every link. The token stands in this address
    only, so what is opened from here on is not told it by the browser."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = front_of(token)
        if link and device_of(link.pk, _kept(request, link.pk)):
            return HttpResponseRedirect(f"{prefix_of(link.pk)}/")
        return _page(request, link)

    def post(self, request: HttpRequest, token: str) -> HttpResponseBase:
        said = request.POST.get("password", "")[:1000]
        try:
            origin, kept = origin_of(request.META), partial(_kept, request)
            device, secret = actions.open_link(token=token, password=said, origin=origin, kept=kept)
        except SignoffError as error:
            return _page(request, front_of(token), error.message, status_of(error))
        return keep(HttpResponseRedirect(f"{prefix_of(device.link_id)}/"), device.link_id, secret)


def _kept(request: HttpRequest, link_id: UUID) -> str:
    return request.COOKIES.get(cookie_of(link_id), "")


def _page(request: HttpRequest, link: GuestLink | None, problem: str = "", status: int = 200) -> HttpResponse:
    if link is None:
        return render(request, "guest/gate.html", {"problem": problem}, status=status)
    context = {"link": link, "house": link.organization, "problem": problem, "own": _own(request, link)}
    return render(request, "guest/front.html", context | about(link), status=status)


def about(link: GuestLink) -> dict[str, Any]:
    """What it opens, who asks, by when, how many things it is about."""
    covers = covers_of(link)
    rows = Deliverable.objects.filter(project__in=covers.project_ids)
    if covers.deliverable_ids is not None:
        rows = rows.filter(pk__in=covers.deliverable_ids)
    due = link.deliverable.due_on if link.deliverable else link.project.due_on if link.project else None
    who = "" if link.organization.hides_names else link.made_by_label
    return {"subject": link.subject, "who": who, "due": due, "count": rows.count()}


def _own(request: HttpRequest, link: GuestLink) -> str:
    """Where who is signed in finds the same with their account; empty for everybody else."""
    try:
        actor = actor_of(request) if request.user.is_authenticated else None
    except NoMembership:
        actor = None
    if actor is None:
        return ""
    if link.deliverable_id and Deliverable.objects.visible_to(actor).filter(pk=link.deliverable_id).exists():
        return reverse("deliverable", args=[link.deliverable_id])
    if link.project_id and Project.objects.visible_to(actor).filter(pk=link.project_id).exists():
        return reverse("project", args=[link.project_id])
    return ""

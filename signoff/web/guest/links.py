"""Links for guests, as the house makes and watches them: of a deliverable or project, and one link's log."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signoff.accounts.policy import Permission, require_held
from signoff.core.errors import SignoffError
from signoff.deliverables.models import Deliverable
from signoff.guests import actions
from signoff.guests.log import listed, log_of
from signoff.guests.models import Deed, Downloads, GuestLink, Right
from signoff.mails import is_configured
from signoff.projects.models import Project
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.errors import status_of
from signoff.web.render import render
from signoff.web.shown import zone_of

RIGHTS = {
    Right.VIEW: gettext_lazy("Look"),
    Right.COMMENT: gettext_lazy("Look and comment"),
    Right.DECIDE: gettext_lazy("Look, comment and decide"),
}
TAKING = {
    Downloads.NEVER: gettext_lazy("No downloads"),
    Downloads.APPROVED: gettext_lazy("Downloads once approved"),
    Downloads.ALWAYS: gettext_lazy("Downloads"),
}
DEEDS = {
    Deed.OPENED: gettext_lazy("opened the link"),
    Deed.PROVED: gettext_lazy("proved their address"),
    Deed.VIEWED: gettext_lazy("looked at"),
    Deed.COMMENTED: gettext_lazy("said something about"),
    Deed.DECIDED: gettext_lazy("decided on"),
    Deed.DOWNLOADED: gettext_lazy("took files of"),
    Deed.REFUSED: gettext_lazy("was not let in"),
}


class LinkForm(forms.Form):
    right = forms.ChoiceField(choices=list(RIGHTS.items()))
    name = forms.CharField(max_length=120, required=False)
    password = forms.CharField(max_length=1000, required=False, strip=False)
    expires_on = forms.DateField(required=False)
    most_people = forms.IntegerField(required=False, min_value=1, max_value=10_000)
    downloads = forms.ChoiceField(choices=list(TAKING.items()))
    shows_older = forms.BooleanField(required=False)
    is_watermarked = forms.BooleanField(required=False)
    email = forms.EmailField(required=False, max_length=254)

    def draft(self, request: HttpRequest) -> actions.LinkDraft:
        """A day that is named counts to its end, where who names it is."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("email", "expires_on")}
        day, zone = self.cleaned_data["expires_on"], zone_of(member_of(request))
        ends = datetime.combine(day + timedelta(days=1), time(), zone) if day else None
        return actions.LinkDraft(expires_at=ends, **said)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_deliverable(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    rows = Deliverable.objects.visible_to(actor_of(request)).select_related("project__organization")
    return _links(request, deliverable=get_object_or_404(rows, pk=deliverable_id))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def of_project(request: HttpRequest, project_id: UUID) -> HttpResponse:
    rows = Project.objects.visible_to(actor_of(request)).select_related("organization")
    return _links(request, project=get_object_or_404(rows, pk=project_id))


@require_safe
@signed_in
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """What was done by it."""
    row = _find(request, link_id)
    context = {"link": row, "visits": log_of(actor_of(request), row), "deeds": DEEDS, "back": _address(row)}
    return render(request, "guest/log.html", context)


@require_POST
@signed_in
def revocation(request: HttpRequest, link_id: UUID) -> HttpResponse:
    row = actions.revoke_link(actor=actor_of(request), link=_find(request, link_id))
    return _shown(request, LinkForm(), deliverable=row.deliverable, project=row.project)


@require_POST
@signed_in
def renewal(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """A new address, which is shown this once."""
    row, address = actions.renew_link(actor=actor_of(request), link=_find(request, link_id))
    return _shown(request, LinkForm(), deliverable=row.deliverable, project=row.project, address=address)


def _links(
    request: HttpRequest, deliverable: Deliverable | None = None, project: Project | None = None
) -> HttpResponse:
    require_held(actor_of(request), Permission.SHARE_LINK)
    if request.method != "POST":
        return _shown(request, LinkForm(), deliverable=deliverable, project=project)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, deliverable=deliverable, project=project, status=422)
    actor = actor_of(request)
    try:
        made, address = actions.make_link(
            actor=actor, draft=form.draft(request), deliverable=deliverable, project=project
        )
    except SignoffError as error:
        form.add_error(None, error.message)
        return _shown(request, form, deliverable=deliverable, project=project, status=status_of(error))
    problem = _sent(request, made, address, form.cleaned_data["email"])
    return _shown(request, LinkForm(), deliverable=deliverable, project=project, address=address, problem=problem)


def _sent(request: HttpRequest, made: GuestLink, address: str, email: str) -> str:
    """Why it could not be mailed; the link is made all the same."""
    try:
        if email:
            actions.send_link(actor=actor_of(request), link=made, address=address, email=email)
    except SignoffError as error:
        return error.message
    return ""


def _shown(
    request: HttpRequest,
    form: LinkForm,
    *,
    deliverable: Deliverable | None,
    project: Project | None,
    address: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """In the page's dialog, or as a page of its own."""
    rows = GuestLink.objects.visible_to(actor_of(request))
    subject = deliverable or project
    context: dict[str, Any] = {
        "form": form,
        "subject": subject,
        "links": listed(rows.filter(deliverable=deliverable) if deliverable else rows.filter(project=project)),
        "address": address,
        "problem": problem,
        "rights": RIGHTS,
        "taking": TAKING,
        "has_mail": is_configured(),
        "action": reverse(
            "deliverable-links" if deliverable else "project-links", args=[subject.pk] if subject else []
        ),
        "back": reverse("deliverable" if deliverable else "project", args=[subject.pk] if subject else []),
    }
    if not is_htmx(request):
        return render(request, "guest/links.html", context, status=status)
    response = render(request, "guest/_links.html", context, status=status)
    response.headers["HX-Retarget"] = "#dialog"
    return response


def _find(request: HttpRequest, link_id: UUID) -> GuestLink:
    related = ("deliverable__project__organization", "project__organization", "organization")
    rows = GuestLink.objects.visible_to(actor_of(request)).select_related(*related)
    found = get_object_or_404(rows, pk=link_id)
    require_held(actor_of(request), Permission.SHARE_LINK)
    return found


def _address(row: GuestLink) -> tuple[str, str]:
    """The links of the same thing, and the word for the way there."""
    if row.deliverable_id:
        return reverse("deliverable-links", args=[row.deliverable_id]), str(row.subject)
    return reverse("project-links", args=[row.project_id]), str(row.subject or _("Links"))

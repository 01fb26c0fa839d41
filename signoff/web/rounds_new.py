"""The dialog that makes a round: what it would be, what it answers, what it asks for. The island fills in the files."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from signoff.accounts.policy import Permission, require_held
from signoff.revisions.announce_round import check_open
from signoff.revisions.coming import coming_round
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.deliverable import find
from signoff.web.render import render


@require_safe
@signed_in
def new(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """The fragment; as an address of its own it is the deliverable's page with the dialog open."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    require_held(actor, Permission.UPLOAD_ROUND, row.project.organization_id)
    check_open(row)
    if not is_htmx(request):
        return HttpResponseRedirect(f"{reverse('deliverable', args=[row.pk])}#new-round")
    context = {"row": row, "coming": coming_round(row), "most_bytes": settings.UPLOAD_MAX_BYTES}
    return render(request, "rounds/_new.html", context)

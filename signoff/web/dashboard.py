"""The first page: what waits, and how the studio does."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from signoff.web.actor import actor_of, signed_in
from signoff.web.render import render


@require_GET
@signed_in
def dashboard(request: HttpRequest) -> HttpResponse:
    actor_of(request)
    return render(request, "dashboard/page.html")

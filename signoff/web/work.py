"""My work: all my open stages by when they are due, filtered by the address, done from the keyboard."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from signoff.accounts.models import SavedView
from signoff.deliverables.models import StageStatus
from signoff.insight.work import WorkFilter, work_of
from signoff.projects.models import Project
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import heard
from signoff.web.choices import id_named
from signoff.web.render import render
from signoff.web.saved_views import saved_views

GROUPS = {
    "late": gettext_lazy("Late"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "later": gettext_lazy("Later"),
    "none": gettext_lazy("Without a date"),
}
OPEN = (StageStatus.NOT_STARTED, StageStatus.IN_PROGRESS, StageStatus.IN_REVIEW, StageStatus.CHANGES_REQUESTED)


@require_safe
@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """The page; for htmx only its list."""
    actor = actor_of(request)
    context = {**_list(request), "heard": heard()}
    if request.headers.get("HX-Target") == "work":
        return render(request, "work/_list.html", context)
    projects = Project.objects.visible_to(actor).current().filter(deliverables__stages__assignee_id=actor.user_id)
    context |= {
        "projects": projects.order_by("name").distinct(),
        "open_statuses": OPEN,
        "views": saved_views(actor, SavedView.Page.WORK),
        "view_page": SavedView.Page.WORK,
    }
    return render(request, "work/page.html", context)


def _list(request: HttpRequest) -> dict[str, Any]:
    said = request.GET
    wanted = WorkFilter(
        text=said.get("q", "").replace("\x00", "").strip(),
        status=said.get("status", ""),
        project=id_named(said.get("project", "")),
        team=id_named(said.get("team", "")),
        is_turn=said.get("turn") == "now",
    )
    work = work_of(actor_of(request), wanted, localdate(), now())
    groups = [(key, GROUPS[key], rows) for key, rows in work.groups]
    query = said.urlencode()
    return {"work": work, "groups": groups, "wanted": wanted, "query": query, "is_filtered": wanted != WorkFilter()}

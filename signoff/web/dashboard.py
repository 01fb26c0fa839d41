"""The first page: what waits for whom looks, and how the studio does. Each card is a fragment that listens."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from signoff.accounts.models import Role
from signoff.core.actor import Actor
from signoff.insight.client_time import client_time
from signoff.insight.health import health_of, week_of
from signoff.insight.projects import ProjectFilter, project_page
from signoff.insight.recent import recent
from signoff.insight.waiting import Kind, waiting_for
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import heard
from signoff.web.render import render
from signoff.web.shown import zone_of
from signoff.web.words import STATUSES

SHOWN_MOST = 8  # of a kind, while all kinds are shown
KINDS = (
    ("all", gettext_lazy("All")),
    (Kind.DECIDE, gettext_lazy("To decide")),
    (Kind.REVIEW, gettext_lazy("To review")),
    (Kind.DO, gettext_lazy("To do")),
    (Kind.OVERDUE, gettext_lazy("Overdue")),
)
GROUPS = {
    Kind.DECIDE: gettext_lazy("Decide"),
    Kind.REVIEW: gettext_lazy("Review"),
    Kind.DO: gettext_lazy("Do"),
    Kind.OVERDUE: gettext_lazy("Overdue in your projects"),
}


@require_safe
@signed_in
def dashboard(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    parts = CLIENT_PARTS if actor.role == Role.CLIENT_VIEWER else PARTS
    context = dict(_around())
    for make in parts.values():
        context |= make(request, actor)
    template = "dashboard/client.html" if actor.role == Role.CLIENT_VIEWER else "dashboard/page.html"
    return render(request, template, {**context, "greeting": greeting_at(_local_hour(request))})


@require_safe
@signed_in
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One card anew. Raises Http404 for a name that this person's dashboard does not have."""
    actor = actor_of(request)
    parts = CLIENT_PARTS if actor.role == Role.CLIENT_VIEWER else PARTS
    if name not in parts:
        raise Http404
    return render(request, f"dashboard/_{name}.html", {**_around(), **parts[name](request, actor), "is_part": True})


def _around() -> dict[str, Any]:
    """What the cards and the head say besides their figures. What is less urgent listens more patiently."""
    today = localdate()
    return {
        "heard": heard(),
        "heard_later": heard("2s"),
        "today": today,
        "weekday": WEEKDAYS[today.weekday()],
        "month": MONTHS[today.month],
        "weekdays": WEEKDAYS_ABBR,
    }


def greeting_at(hour: int) -> str:
    """The words for the hour of the day."""
    if hour < 5 or hour >= 18:
        return _("Good evening")
    return _("Good morning") if hour < 12 else _("Good afternoon")


def _local_hour(request: HttpRequest) -> int:
    return localtime(now(), zone_of(member_of(request))).hour


def _waiting(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    kind = request.GET.get("kind", "all")
    waiting = waiting_for(actor, localdate(), now())
    rows = waiting.of(kind)
    groups = [(key, words, [row for row in rows if row.kind == key]) for key, words in GROUPS.items()]
    kinds = [(key, words, waiting.count(key)) for key, words in KINDS]
    return {
        "kind": kind if kind in set(Kind) else "all",
        "kinds": [one for one in kinds if one[2] or one[0] in ("all", kind)],
        "groups": [(key, words, found) for key, words, found in groups if found],
        "shown_most": SHOWN_MOST,
        "waiting_count": waiting.count("all"),
        "late_count": waiting.count(Kind.OVERDUE),
    }


def _health(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    health = health_of(actor, localdate())
    words = ", ".join(f"{STATUSES[status].word} {count}" for status, count in health.by_status)
    return {"health": health, "words": words}


def _week(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    return {"week": week_of(actor, localdate())}


def _client_time(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    return {"client_time": client_time(actor, now())}


def _activity(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    return {"recent": recent(actor, vocabulary=member_of(request).organization.vocabulary)}


def _projects(request: HttpRequest, actor: Actor) -> Mapping[str, Any]:
    return {"projects": project_page(actor, ProjectFilter(), localdate())}


Part = Callable[[HttpRequest, Actor], Mapping[str, Any]]
PARTS: dict[str, Part] = {
    "waiting": _waiting,
    "client_time": _client_time,
    "activity": _activity,
    "health": _health,
    "week": _week,
}
CLIENT_PARTS: dict[str, Part] = {"waiting": _waiting, "projects": _projects, "activity": _activity}

"""The page of one deliverable: its head, facts, stages and diary, each a fragment that can be asked for anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signoff.accounts.models import Membership, Role
from signoff.accounts.policy import Permission, can
from signoff.activity.feed import diary as diary_lines
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.ids import new_id
from signoff.deliverables.actions import change_deliverable, mark_delivered, undo_act, unmark_delivered
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.insight.recent import with_people
from signoff.pipelines.models import ApprovalType
from signoff.projects.models import Project
from signoff.reviews.offers import Offer, offer_of
from signoff.revisions.models import Revision
from signoff.web.actor import actor_of, member_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.facts import facts_of, people_of
from signoff.web.formal import WORDS, Formal, formal_of
from signoff.web.render import render
from signoff.web.round_tiles import rounds_of

LINES = 25
S = StageStatus
# What a move is called in the menu, where the name of the status alone would puzzle.
MOVE_WORDS = {
    (S.NOT_STARTED, S.APPROVED): gettext_lazy("Mark done"),
    (S.APPROVED, S.IN_PROGRESS): gettext_lazy("Open again"),
    (S.SKIPPED, S.IN_PROGRESS): gettext_lazy("Take up again"),
    (S.SKIPPED, S.NOT_STARTED): gettext_lazy("Not skipped after all"),
    (S.IN_PROGRESS, S.NOT_STARTED): gettext_lazy("Back to not started"),
    (S.IN_REVIEW, S.IN_PROGRESS): gettext_lazy("Back to work"),
    (S.NOT_STARTED, S.IN_PROGRESS): gettext_lazy("Start"),
    **{(status, S.SKIPPED): gettext_lazy("Skip") for status in S},
}


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage as its row shows it. The first open one is the current one, and has the primary button."""

    stage: Stage
    offer: Offer
    is_current: bool
    formal: Formal | None
    may_take: bool
    may_give_back: bool


@require_safe
@signed_in
def page(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    people = people_of(actor, row)
    context = {
        **_head(actor, row),
        **_stages(actor, row, people),
        **_diary(request, actor, row),
        **rounds_of(request, actor, row),
        "facts": facts_of(actor, row, people),
        "before": _neighbour(actor, row, is_next=False),
        "after": _neighbour(actor, row, is_next=True),
        "most_bytes": settings.UPLOAD_MAX_BYTES,
    }
    return render(request, "deliverable/page.html", context)


@require_safe
@signed_in
def stages(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    return stages_card(request, deliverable_id, with_head=True)


@require_safe
@signed_in
def facts(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """Every fact as it is now, each for its own place."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    context = {"row": row, "facts": facts_of(actor, row, people_of(actor, row)), "may_edit": _may_edit(actor, row)}
    return render(request, "deliverable/_facts_anew.html", context)


@require_safe
@signed_in
def diary(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """The diary's card, or with `before` only the lines that are older than that one."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    template = "deliverable/_diary_lines.html" if "before" in request.GET else "deliverable/_diary.html"
    return render(request, template, {"row": row, **_diary(request, actor, row)})


@require_POST
@signed_in
def hold(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """Puts the deliverable on hold, cancels it, or takes it up again (`held` empty)."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    held = request.POST.get("held", "")
    words = {"on_hold": _("%(name)s is on hold"), "cancelled": _("%(name)s is cancelled")}
    if held and held not in words:
        return HttpResponse(status=400)
    act = new_id()
    change_deliverable(actor=actor, deliverable=row, changes={"held": held}, act=act)
    title = words.get(held, _("%(name)s is taken up again")) % {"name": row.name}
    return _done(request, row, Verb.DELIVERABLE_CHANGED, toast_of(title, undo=reverse("act-undo", args=[act])))


@require_http_methods(["POST", "DELETE"])
@signed_in
def delivery(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """POST says that the deliverable is with the client, DELETE (or POST with `taken_back`) takes that back."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    if request.method == "DELETE" or request.POST.get("taken_back"):
        unmark_delivered(actor=actor, deliverable=row)
        return _done(request, row, Verb.DELIVERABLE_CHANGED, toast_of(_("No longer marked as delivered")))
    mark_delivered(actor=actor, deliverable=row)
    title = _("%(name)s is marked as delivered") % {"name": row.name}
    undo = reverse("deliverable-delivery-withdrawal", args=[row.pk])
    return _done(request, row, Verb.DELIVERABLE_CHANGED, toast_of(title, undo=undo))


@require_POST
@signed_in
def delivery_withdrawal(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """The same as DELETE on the delivery, for the toast's Undo."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    unmark_delivered(actor=actor, deliverable=row)
    return _done(request, row, Verb.DELIVERABLE_CHANGED, toast_of(_("No longer marked as delivered")))


@require_POST
@signed_in
def undo(request: HttpRequest, act: UUID) -> HttpResponse:
    """Takes back one act of this person's, or of anybody's for who edits deliverables."""
    undone = undo_act(actor=actor_of(request), act=act)
    kept = _("Kept, because it changed since: %(names)s") % {"names": ", ".join(undone.kept)} if undone.kept else ""
    toast = toast_of(_("Undone") if undone.undone else _("Nothing to undo"), text=kept, tone="info")
    if not is_htmx(request):
        return back(request, reverse("dashboard"))
    return saying(HttpResponse(status=204), Verb.CHANGE_UNDONE, toast)


def find(actor: Actor, deliverable_id: UUID) -> Deliverable:
    """The deliverable, with all that its page says of it. Raises Http404."""
    related = ("project__client_team", "project__owner", "project__organization", "pipeline", "assignee")
    return get_object_or_404(Deliverable.objects.visible_to(actor).select_related(*related), pk=deliverable_id)


def stages_card(request: HttpRequest, deliverable_id: UUID, *, with_head: bool = False) -> HttpResponse:
    """The card of stages as it stands; `with_head` the page's head too, out of band."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    context = {**_head(actor, row), **_stages(actor, row, people_of(actor, row)), "with_head": with_head}
    if with_head:
        context |= {
            "before": _neighbour(actor, row, is_next=False),
            "after": _neighbour(actor, row, is_next=True),
        }
    return render(request, "deliverable/_stages.html", context)


def _head(actor: Actor, row: Deliverable) -> dict[str, Any]:
    return {"row": row, "may_edit": _may_edit(actor, row)}


def _stages(actor: Actor, row: Deliverable, people: Sequence[Membership]) -> dict[str, Any]:
    found = list(
        Stage.objects.visible_to(actor)
        .filter(deliverable=row)
        .select_related("definition", "assignee", "approved_by")
        .order_by("position")
    )
    is_stopped = bool(row.held) or row.project.is_archived
    current = next((stage.pk for stage in found if stage.is_open), None)
    at, newest = now(), Revision.objects.visible_to(actor).filter(deliverable=row).order_by("-round")
    has_formal = any(stage.approval_type == ApprovalType.FORMAL for stage in found)
    formal = formal_of(actor, row, found, newest.first()) if has_formal else {}
    return {
        "stage_rows": [_row(actor, stage, at, is_stopped, stage.pk == current, formal) for stage in found],
        "stages_done": sum(not stage.is_open for stage in found),
        "people": people,
        "clients": {member.user_id for member in people if member.role == Role.CLIENT_VIEWER},
        "is_stopped": is_stopped,
        "moves": MOVE_WORDS,
        **WORDS,
        "now": at,
    }


def _row(
    actor: Actor, stage: Stage, at: datetime, is_stopped: bool, is_current: bool, formal: Mapping[UUID, Formal]
) -> StageRow:
    works = can(actor, Permission.WORK_ON_STAGE) and not can(actor, Permission.EDIT_DELIVERABLE)
    return StageRow(
        stage=stage,
        offer=offer_of(actor, stage, at, is_stopped=is_stopped),
        is_current=is_current,
        formal=formal.get(stage.pk),
        may_take=works and stage.assignee_id is None and stage.is_open,
        may_give_back=works and stage.assignee_id == actor.user_id and stage.is_open,
    )


def _diary(request: HttpRequest, actor: Actor, row: Deliverable) -> dict[str, Any]:
    kind, before = request.GET.get("kind", ""), request.GET.get("before", "")
    try:
        older_than = UUID(before) if before else None
    except ValueError:
        older_than = None
    lines = diary_lines(
        actor,
        Project.objects.visible_to(actor),
        deliverable_id=row.pk,
        before=older_than,
        kind=kind,
        most=LINES + 1,
        vocabulary=member_of(request).organization.vocabulary,
    )
    shown = with_people(actor, lines[:LINES])
    return {"diary": shown, "diary_kind": kind, "has_older": len(lines) > LINES, "today": localdate()}


def _neighbour(actor: Actor, row: Deliverable, *, is_next: bool) -> Deliverable | None:
    """The one before or after it in its project's order."""
    of_project = Deliverable.objects.visible_to(actor).filter(project_id=row.project_id)
    if is_next:
        later = Q(position__gt=row.position) | Q(position=row.position, pk__gt=row.pk)
        return of_project.filter(later).order_by("position", "pk").first()
    earlier = Q(position__lt=row.position) | Q(position=row.position, pk__lt=row.pk)
    return of_project.filter(earlier).order_by("-position", "-pk").first()


def _may_edit(actor: Actor, row: Deliverable) -> bool:
    return can(actor, Permission.EDIT_DELIVERABLE) and not row.project.is_archived


def _done(request: HttpRequest, row: Deliverable, verb: str, toast: dict[str, str]) -> HttpResponse:
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[row.pk]))
    return saying(HttpResponse(status=204), verb, toast, changed=row.pk)

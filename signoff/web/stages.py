"""What is done on the row of a stage: start, hand in, finish, approve, withdraw, request changes, assign, plan.

htmx gets the card of stages where it stands (`HX-Target: stages`), and else only the verb, which the page's
own fragments listen to. A plain form is sent back.
"""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError
from signoff.core.ids import new_id
from signoff.deliverables.actions import change_stage
from signoff.deliverables.models import Stage, StageStatus
from signoff.reviews.actions import approve_stage, request_changes, withdraw_approval
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import back, is_htmx, refused, saying, toast_of
from signoff.web.choices import BadChoice, day_named, person_named
from signoff.web.deliverable import stages_card
from signoff.web.errors import status_of
from signoff.web.render import render


@require_http_methods(["POST", "DELETE"])
@signed_in
def approval(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """POST approves the stage, DELETE takes the approval back."""
    if request.method == "DELETE":
        return _withdraw(request, stage_id)
    actor, stage = _find(request, stage_id)
    undo = reverse("stage-withdrawal", args=[stage.pk])
    toast = toast_of(_("%(stage)s approved") % {"stage": stage.definition}, text=stage.deliverable.name, undo=undo)
    version = _version(request)
    return _answer(
        request, stage, Verb.STAGE_APPROVED, toast, lambda: approve_stage(actor=actor, stage=stage, version=version)
    )


@require_POST
@signed_in
def withdrawal(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """The same as DELETE on the approval, for plain forms and for the toast's Undo."""
    return _withdraw(request, stage_id)


@require_http_methods(["GET", "POST"])
@signed_in
def changes_requested(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """GET is the form for the note, in a dialog or as a page; POST sends the stage back with it."""
    actor, stage = _find(request, stage_id)
    if request.method == "GET":
        return _note_form(request, stage, "", "")
    note = request.POST.get("note", "")
    try:
        request_changes(actor=actor, stage=stage, note=note, version=_version(request))
    except SignoffError as error:
        return _note_form(request, _find(request, stage_id)[1], note, error.message, status_of(error))
    toast = toast_of(_("Changes requested on %(stage)s") % {"stage": stage.definition}, text=stage.deliverable.name)
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[stage.deliverable_id]))
    return saying(HttpResponse(), Verb.STAGE_CHANGES_REQUESTED, toast, changed=stage.deliverable_id)


@require_POST
@signed_in
def status(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Moves the stage by hand to one of its legal statuses."""
    actor, stage = _find(request, stage_id)
    wanted = request.POST.get("status", "")
    if wanted not in StageStatus.values:
        raise BadChoice(field="status")
    act, version = new_id(), _version(request)
    words = {"stage": stage.definition, "status": StageStatus(wanted).label.lower()}
    title = _("%(stage)s is done") if wanted == StageStatus.APPROVED else _("%(stage)s: %(status)s")
    toast = toast_of(title % words, text=stage.deliverable.name, undo=reverse("act-undo", args=[act]))
    changes = {"status": wanted}
    return _answer(
        request,
        stage,
        Verb.STAGE_CHANGED,
        toast,
        lambda: change_stage(actor=actor, stage=stage, changes=changes, version=version, act=act),
    )


@require_POST
@signed_in
def plan(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Sets the assignee, the due date, or both: what the form holds."""
    actor, stage = _find(request, stage_id)
    changes = _planned(request, actor)
    act, version = new_id(), _version(request)
    toast = toast_of(_("%(stage)s planned") % {"stage": stage.definition}, undo=reverse("act-undo", args=[act]))
    return _answer(
        request,
        stage,
        Verb.STAGE_ASSIGNED if "assignee" in changes else Verb.STAGE_CHANGED,
        toast,
        lambda: change_stage(actor=actor, stage=stage, changes=changes, version=version, act=act),
    )


def _withdraw(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    actor, stage = _find(request, stage_id)
    toast = toast_of(_("Approval of %(stage)s withdrawn") % {"stage": stage.definition}, text=stage.deliverable.name)
    return _answer(
        request, stage, Verb.STAGE_APPROVAL_WITHDRAWN, toast, lambda: withdraw_approval(actor=actor, stage=stage)
    )


def _find(request: HttpRequest, stage_id: UUID) -> tuple[Actor, Stage]:
    actor = actor_of(request)
    stages = Stage.objects.visible_to(actor).select_related("definition", "deliverable__project")
    return actor, get_object_or_404(stages, pk=stage_id)


def _version(request: HttpRequest) -> int | None:
    """The version of the row that the person saw; None when the form does not say."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _answer(
    request: HttpRequest, stage: Stage, verb: str, toast: dict[str, str], act: Callable[[], object]
) -> HttpResponse:
    """Do it, then show the row as it stands. Who was second sees that, and why nothing was done."""
    is_card = request.headers.get("HX-Target") == "stages"
    try:
        act()
    except SignoffError as error:
        if not is_card:
            raise
        return saying(stages_card(request, stage.deliverable_id), toast=refused(error))
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[stage.deliverable_id]))
    answer = stages_card(request, stage.deliverable_id, with_head=True) if is_card else HttpResponse(status=204)
    return saying(answer, verb, toast, changed=None if is_card else stage.deliverable_id)


def _note_form(request: HttpRequest, stage: Stage, note: str, problem: str, status: int = 200) -> HttpResponse:
    """The form for the note, holding what was typed. As a refused fragment it goes back into the open dialog."""
    context = {"stage": stage, "note": note, "problem": problem, "next": request.GET.get("next", "")}
    if not is_htmx(request):
        return render(request, "deliverable/changes_requested.html", context, status=status)
    response = render(request, "deliverable/_changes_requested.html", context, status=status)
    if status >= 400:
        response.headers["HX-Retarget"] = "#dialog"
    return response


def _planned(request: HttpRequest, actor: Actor) -> dict[str, object]:
    changes: dict[str, object] = {}
    if "assignee" in request.POST:
        changes["assignee"] = person_named(actor, request.POST["assignee"])
    if "due_on" in request.POST:
        changes["due_on"] = day_named(request.POST["due_on"])
    return changes

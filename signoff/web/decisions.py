"""Formal decisions on pages: the panel of the review page, the dialogs to decide, to unlock; certificates."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signoff.accounts.models import Role
from signoff.accounts.policy import Permission, require_held
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.reviews import actions
from signoff.reviews.certificate import certificate_of
from signoff.reviews.counted import counted_for
from signoff.reviews.errors import NotFormal
from signoff.reviews.identity import step_for
from signoff.reviews.models import Choice, Decision, Identity
from signoff.revisions.models import Revision
from signoff.web.actor import actor_of, member_of, person_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.choices import id_named
from signoff.web.deliverable import find
from signoff.web.entrance import came_from
from signoff.web.errors import status_of
from signoff.web.facts import people_of
from signoff.web.formal import BUTTONS, WORDS, Formal, formal_of
from signoff.web.render import render
from signoff.web.simple import simple_of


@require_safe
@signed_in
def panel(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """What is decided in one `round`, else the newest: the stages in review, those decided there, or the next one."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    revision = _revision(actor, row, request.GET.get("round", ""))
    stages = Stage.objects.visible_to(actor).filter(deliverable=row).select_related("definition", "assignee")
    found = list(stages.order_by("position"))
    formal, simple = list(formal_of(actor, row, found, revision).values()), simple_of(actor, row, found, revision)
    shown = [one for one in formal if _is_now(one)]
    if not shown and not simple:
        shown = [one for one in formal if one.stage.is_open][:1]
    has_dialog = request.headers.get("HX-Target") == "decision-panel"
    context = {"row": row, "revision": revision, "formal": shown, "simple": simple, **WORDS}
    context["with_dialog"] = not has_dialog
    context["clients"] = {one.user_id for one in people_of(actor, row) if one.role == Role.CLIENT_VIEWER}
    return render(request, "decisions/_panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decision(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """GET is the form, with `choice` chosen, in a dialog or as a page; POST decides."""
    actor, formal = _formal(request, stage_id)
    if request.method != "POST":
        return _form(request, formal, request.GET.dict(), "")
    said = request.POST
    saying_it = actions.Saying(
        choice=said.get("choice", ""),
        reason=said.get("reason", ""),
        round=int(said["round"]) if said.get("round", "").isdecimal() and len(said["round"]) < 6 else None,
        speaks_for=id_named(said.get("speaks_for", "")),
        password=said.get("password", ""),
        code=said.get("code", ""),
        origin=came_from(request),
    )
    try:
        given = actions.decide(actor=actor, stage=formal.stage, saying=saying_it)
    except SignoffError as error:
        return _form(request, _formal(request, stage_id)[1], said.dict(), error.message, status_of(error))
    title = _("%(stage)s: %(choice)s") % {"stage": formal.stage.definition, "choice": WORDS_OF[given.choice]}
    return _done(request, formal.stage.deliverable_id, Verb.DECISION_GIVEN, toast_of(title, text=_after(given)))


@require_POST
@signed_in
def code(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Mails the code that the form asks for."""
    actor, stage = _stage(request, stage_id)
    actions.send_decision_code(actor=actor, stage=stage)
    toast = toast_of(_("A code is on its way"), text=person_of(request).email, tone="info")
    if not is_htmx(request):
        return back(request, reverse("stage-decision", args=[stage.pk]))
    return saying(HttpResponse(status=204), toast=toast)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def unlocking(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """GET asks for the reason; POST opens the round again."""
    actor = actor_of(request)
    rows = Revision.objects.visible_to(actor).select_related("deliverable__project__organization")
    revision = get_object_or_404(rows, pk=round_id)
    require_held(actor, Permission.UNLOCK_ROUND)
    if request.method != "POST":
        return _dialog(request, "unlocking", {"revision": revision, "reason": "", "problem": ""})
    reason = request.POST.get("reason", "")
    try:
        actions.unlock_round(actor=actor, revision=revision, reason=reason)
    except SignoffError as error:
        context = {"revision": revision, "reason": reason, "problem": error.message}
        return _dialog(request, "unlocking", context, status_of(error))
    toast = toast_of(_("Round %(n)s is open again") % {"n": revision.round}, text=revision.deliverable.name)
    return _done(request, revision.deliverable_id, Verb.ROUND_UNLOCKED, toast)


@require_safe
@signed_in
def certificate(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """The PDF of a decision, with all that counted where it brought a result."""
    actor = actor_of(request)
    row = get_object_or_404(Decision.objects.visible_to(actor), pk=decision_id)
    house = member_of(request).organization
    response = HttpResponse(certificate_of(actor, house, row, counted_for(actor, row)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="decision-{row.number}.pdf"'
    return response


WORDS_OF = {button.choice.value: button.word for button in BUTTONS}


def _is_now(one: Formal) -> bool:
    is_open = one.stage.status == StageStatus.IN_REVIEW and not one.is_older
    return is_open or bool(one.decided) or one.ending is not None


def _after(given: Decision) -> str:
    """What came of it, for the toast."""
    if not given.result:
        return _("Others are still asked.") if given.choice != Choice.NOT_MY_CALL else ""
    n = len(given.open_notes)
    if given.result == Choice.APPROVE_WITH_CHANGES and n:
        return _("The stage is approved; open notes go on: %(n)s") % {"n": n}
    return _("Changes are requested.") if given.result == Choice.REQUEST_CHANGES else _("The stage is approved.")


def _stage(request: HttpRequest, stage_id: UUID) -> tuple[Actor, Stage]:
    actor = actor_of(request)
    related = ("definition", "assignee", "deliverable__project__organization", "deliverable__project__client_team")
    return actor, get_object_or_404(Stage.objects.visible_to(actor).select_related(*related), pk=stage_id)


def _formal(request: HttpRequest, stage_id: UUID) -> tuple[Actor, Formal]:
    actor, stage = _stage(request, stage_id)
    require_held(actor, Permission.APPROVE_WHERE_NAMED)
    found = formal_of(actor, stage.deliverable, [stage], _revision(actor, stage.deliverable, ""))
    if stage.pk not in found:
        raise NotFormal()
    return actor, found[stage.pk]


def _revision(actor: Actor, row: Deliverable, number: str) -> Revision | None:
    """The round of this number, else the newest, among those that the actor sees."""
    rounds = Revision.objects.visible_to(actor).filter(deliverable=row)
    chosen = rounds.filter(round=int(number)).first() if number.isdecimal() and len(number) < 6 else None
    return chosen or rounds.order_by("-round").first()


def _form(
    request: HttpRequest, formal: Formal, said: Mapping[str, str], problem: str, status: int = 200
) -> HttpResponse:
    panel = formal.standing.panel
    asked = step_for(person_of(request), panel.identity if panel else Identity.SESSION)
    chosen = said.get("choice", "")
    kept = {name: said.get(name, "") for name in ("reason", "speaks_for")}
    chosen = chosen if chosen in Choice.values else ""
    context = {"formal": formal, "asked": asked, "chosen": chosen, "said": kept, "problem": problem, **WORDS}
    return _dialog(request, "decision", context, status)


def _dialog(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """In the page's dialog, or as a page of its own. Refused, it goes back into the dialog that is open."""
    if not is_htmx(request):
        return render(request, f"decisions/{name}.html", context, status=status)
    response = render(request, f"decisions/_{name}.html", context, status=status)
    if status >= 400:
        response.headers["HX-Retarget"] = "#dialog"
    return response


def _done(request: HttpRequest, deliverable_id: UUID, verb: Verb, toast: dict[str, str]) -> HttpResponse:
    """An empty answer closes the dialog; the page's fragments hear of it."""
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[deliverable_id]))
    return saying(HttpResponse(), verb, toast, changed=deliverable_id)

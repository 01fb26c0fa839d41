"""Who decides a stage: the dialog that names them, and reminding them.

Groups are added and taken away by the server, which shows the form anew: so it works without a script, too.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from signoff.accounts.policy import Permission, require_held
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError
from signoff.deliverables.models import Stage
from signoff.pipelines.models import ApprovalType
from signoff.reviews import actions
from signoff.reviews.errors import NotFormal
from signoff.reviews.models import Identity, Rule
from signoff.reviews.panels import MOST_GROUPS, may_be_named, panel_of
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.choices import id_named
from signoff.web.errors import status_of
from signoff.web.render import render

Said = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def approvers(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """GET is the form; POST with `add` or `remove` shows it with another group or without one, else it is saved."""
    actor, stage = _find(request, stage_id)
    require_held(actor, Permission.EDIT_APPROVERS)
    if stage.approval_type != ApprovalType.FORMAL:
        raise NotFormal()
    if request.method != "POST":
        return _form(request, stage, _kept(stage), "")
    said = _said(request.POST)
    if "add" in request.POST or "remove" in request.POST:
        return _form(request, stage, _regrouped(said, request.POST), "")
    try:
        actions.set_panel(actor=actor, stage=stage, draft=_draft(said), version=said["version"])
    except SignoffError as error:
        return _form(request, stage, said, error.message, status_of(error))
    toast = toast_of(_("Approvers of %(stage)s saved") % {"stage": stage.definition}, text=stage.deliverable.name)
    return _done(request, stage, Verb.APPROVERS_CHANGED, toast)


@require_POST
@signed_in
def reminder(request: HttpRequest, stage_id: UUID) -> HttpResponse:
    """Reminds those whose answer is waited for."""
    actor, stage = _find(request, stage_id)
    n = actions.remind_approvers(actor=actor, stage=stage)
    words = ngettext("%(n)s person is reminded", "%(n)s people are reminded", n)
    return _done(request, stage, Verb.APPROVERS_REMINDED, toast_of(words % {"n": n}))


def _find(request: HttpRequest, stage_id: UUID) -> tuple[Actor, Stage]:
    actor = actor_of(request)
    rows = Stage.objects.visible_to(actor).select_related("definition", "deliverable__project__organization")
    return actor, get_object_or_404(rows, pk=stage_id)


def _kept(stage: Stage) -> Said:
    """The panel as the form has it; a first group where there is none."""
    panel = panel_of(stage)
    if panel is None:
        return {"version": 0, "groups": [_group(1)], "is_serial": False, "identity": Identity.SESSION} | {
            "statement": "",
            "remind_days": "",
        }
    return {
        "version": panel.version,
        "groups": [
            _group(n, one.name, one.rule, one.quorum or "", {str(who.user_id) for who in one.approvers.all()})
            for n, one in enumerate(panel.groups.all(), 1)
        ],
        "is_serial": panel.is_serial,
        "identity": panel.identity,
        "statement": panel.statement,
        "remind_days": panel.remind_days or "",
    }


def _said(given: QueryDict) -> Said:
    """What was typed; what is no number becomes none."""
    places = [place for place in given.getlist("group") if place.isdecimal()][: MOST_GROUPS + 1]
    return {
        "version": _number(given.get("version", "")),
        "groups": [
            _group(
                n,
                given.get(f"name-{place}", ""),
                given.get(f"rule-{place}", Rule.ALL),
                given.get(f"quorum-{place}", ""),
                set(given.getlist(f"people-{place}")),
            )
            for n, place in enumerate(places, 1)
        ],
        "is_serial": given.get("is_serial") == "1",
        "identity": given.get("identity", Identity.SESSION),
        "statement": given.get("statement", ""),
        "remind_days": given.get("remind_days", ""),
    }


def _group(place: int, name: str = "", rule: str = Rule.ALL, quorum: object = "", people: Collection[str] = ()) -> Said:
    return {"place": place, "name": name, "rule": rule, "quorum": quorum, "people": people}


def _regrouped(said: Said, given: QueryDict) -> Said:
    groups = [one for one in said["groups"] if str(one["place"]) != given.get("remove", "")]
    if "add" in given:
        groups = [*groups, _group(0)]
    return said | {"groups": [one | {"place": n} for n, one in enumerate(groups, 1)]}


def _draft(said: Said) -> actions.PanelDraft:
    """Groups in which nobody is ticked and nothing is typed are left away."""
    groups = [
        actions.GroupDraft(
            name=one["name"],
            people=tuple(found for who in one["people"] if (found := id_named(who))),
            rule=one["rule"],
            quorum=_number(one["quorum"]),
        )
        for one in said["groups"]
        if one["people"] or one["name"].strip()
    ]
    days = said["remind_days"]
    remind_days = None if days in ("", None) else (_number(days) or 0)
    return actions.PanelDraft(groups, said["is_serial"], said["identity"], said["statement"], remind_days)


def _number(said: object) -> int | None:
    text = str(said).strip()
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _form(request: HttpRequest, stage: Stage, said: Mapping[str, Any], problem: str, status: int = 200) -> HttpResponse:
    context = {
        "stage": stage,
        "said": said,
        "problem": problem,
        "members": may_be_named(stage.deliverable.project),
        "rules": Rule.choices,
        "identities": Identity.choices,
        "most_groups": MOST_GROUPS,
    }
    if not is_htmx(request):
        return render(request, "decisions/approvers.html", context, status=status)
    response = render(request, "decisions/_approvers.html", context, status=status)
    if status >= 400:
        response.headers["HX-Retarget"] = "#dialog"
    return response


def _done(request: HttpRequest, stage: Stage, verb: Verb, toast: dict[str, str]) -> HttpResponse:
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[stage.deliverable_id]))
    return saying(HttpResponse(), verb, toast, changed=stage.deliverable_id)

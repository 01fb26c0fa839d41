"""The review page: one round of a deliverable, its files, what is said about them, and what was decided.

The server makes the frame and the list of rounds; what moves is the island `feedback/review`, which gets its props.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from signoff.core.actor import Actor
from signoff.feedback.models import Draft
from signoff.feedback.room import comments_of
from signoff.revisions.models import Revision
from signoff.revisions.taking import may_take
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.deliverable import find
from signoff.web.guest.pictures import shown_to
from signoff.web.render import render
from signoff.web.room_files import room_file
from signoff.web.room_props import round_said, who_looks
from signoff.web.round_tiles import rounds_of


@require_safe
@signed_in
def page(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """The page; for htmx only what changes by itself. Without rounds there is nothing to review yet."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    context = rounds_of(request, actor, row)
    if context["chosen"] is None:
        return redirect("deliverable", row.pk)
    takes = may_take(actor, context["chosen"])
    files = [room_file(one, takes=takes, at=shown_to(actor)) for one in context["files"]]
    context |= {**_ways(context), "files_now": files, "takes": takes}
    if is_htmx(request):
        return render(request, "review/_anew.html", context)
    return render(request, "review/page.html", {**context, "props": _props(request, actor, context, files)})


def _props(request: HttpRequest, actor: Actor, context: dict[str, Any], files: Sequence[dict[str, Any]]) -> Any:
    row, chosen = context["row"], context["chosen"]
    return {
        "round": round_said(chosen, context["newest"]),
        "files": files,
        "comments": comments_of(actor, chosen),
        "draft": _draft(actor, chosen),
        **who_looks(request, actor, row),
    }


def _draft(actor: Actor, chosen: Revision) -> dict[str, Any] | None:
    """What the person has written about this round and not sent; not for other people's eyes."""
    if actor.is_looking:
        return None
    mine = Draft.objects.visible_to(actor).filter(revision=chosen).first()
    return mine.content if mine else None


def _ways(context: dict[str, Any]) -> dict[str, Any]:
    """The rounds above and below this one, and the pages around this one that there are."""
    rounds = [tile.revision.round for tile in context["tiles"]]
    at = rounds.index(context["chosen"].round)
    return {
        "older": rounds[at + 1] if at + 1 < len(rounds) else None,
        "newer": rounds[at - 1] if at else None,
        "compare": reverse("compare", args=[context["row"].pk]),
        "decision": reverse("decision-panel", args=[context["row"].pk]),
    }

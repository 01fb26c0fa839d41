"""Two rounds of a deliverable beside each other, and the notes that went from the older into the newer one.

The server says which two, their files and what was said; what moves is the island `feedback/compare`.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.feedback.models import Comment
from signoff.feedback.room import comments_of
from signoff.revisions.models import MediaFile, Revision
from signoff.revisions.taking import may_take
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.deliverable import find
from signoff.web.guest.pictures import shown_to
from signoff.web.render import render
from signoff.web.room_files import room_file
from signoff.web.room_props import round_said, who_looks
from signoff.web.round_tiles import revisions_of, whole

Sides = tuple[Revision, Revision]


@require_safe
@signed_in
def page(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """The page; for htmx only the files, with fresh addresses. It takes two rounds that who looks can see."""
    actor = actor_of(request)
    row = find(actor, deliverable_id)
    rounds = revisions_of(actor, row)
    context: dict[str, Any] = {"row": row, "rounds": rounds, "newest": rounds[0] if rounds else None}
    if len(rounds) < 2:
        return render(request, "compare/empty.html", context)
    a, b = _asked(request, actor, rounds)
    files = {
        name: [room_file(one, takes=may_take(actor, side), at=shown_to(actor)) for one in found]
        for (name, found), side in zip(_files(actor, a, b).items(), (a, b), strict=True)
    }
    context |= {"a": a, "b": b, "files_now": files}
    if is_htmx(request):
        return render(request, "review/_data.html", {**context, "out_of_band": True})
    return render(request, "compare/page.html", {**context, "props": _props(request, actor, context, files)})


def _props(request: HttpRequest, actor: Actor, context: dict[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    def side(name: str) -> dict[str, Any]:
        revision = context[name]
        said = round_said(revision, context["newest"])
        return {"round": said, "files": files[name], "comments": comments_of(actor, revision)}

    return {"a": side("a"), "b": side("b"), **who_looks(request, actor, context["row"])}


def _asked(request: HttpRequest, actor: Actor, rounds: Sequence[Revision]) -> Sides:
    """The two of the address. Raises NotFound: whoever asks for a round must not take another one for it.

    Left out, the second is the newest; the first is the last one about which one said something, else the one before.
    """
    known = {one.round: one for one in rounds}
    asked = [whole(request, name) for name in ("a", "b")]
    if any(number and number not in known for number in asked):
        raise NotFound()
    first, second = (known.get(number) for number in asked)
    if second is None:
        second = next(one for one in rounds if one is not first)
    if first is None or first is second:
        first = _first(actor, rounds, second)
    return first, second


def _first(actor: Actor, rounds: Sequence[Revision], second: Revision) -> Revision:
    older = {one.round: one for one in rounds if one.round < second.round}
    mine = Comment.objects.visible_to(actor).filter(author=actor.user_id, revision__in=older.values())
    said = mine.aggregate(last=Max("revision__round"))["last"]
    return older.get(said) or (older[max(older)] if older else rounds[-2])


def _files(actor: Actor, a: Revision, b: Revision) -> dict[str, list[MediaFile]]:
    rows = MediaFile.objects.visible_to(actor).filter(revision__in=[a, b]).prefetch_related("renditions")
    found = list(rows.order_by("position"))
    return {name: [one for one in found if one.revision_id == side.pk] for name, side in (("a", a), ("b", b))}

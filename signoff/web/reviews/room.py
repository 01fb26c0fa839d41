"""The live room: its page, and what the room opens of an item. What moves is the island `rooms/room`."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.core.errors import NotFound
from signoff.deliverables.models import Deliverable
from signoff.feedback.models import FeedbackItem
from signoff.feedback.room import comments_of
from signoff.revisions.models import MediaFile, Revision
from signoff.rooms.models import ReviewSession, SessionItem, SessionStatus
from signoff.rooms.people import may_lead
from signoff.web.actor import actor_of, signed_in
from signoff.web.choices import id_named
from signoff.web.render import render
from signoff.web.reviews.session import agenda_of, find
from signoff.web.room_files import room_file
from signoff.web.round_tiles import revisions_of

Shape = dict[str, Any]


@require_safe
@signed_in
def page(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The room; before it is open a page that waits for that, and the summary when it is over."""
    actor = actor_of(request)
    session = find(actor, review_id)
    if session.status == SessionStatus.CONCLUDED:
        return redirect("review-session", session.pk)
    context = agenda_of(actor, session)
    return render(request, "reviews/room.html", {**context, "props": _props(actor, session, context)})


@require_safe
@signed_in
def shown(request: HttpRequest, review_id: UUID, entry_id: UUID) -> JsonResponse:
    """What the room opens of an item: its rounds, and of the one that is asked for (`revision`) files and comments.

    Another one than is asked for is never answered: who may not see it gets 404.
    """
    actor = actor_of(request)
    item = _find_item(actor, find(actor, review_id), entry_id)
    rounds = revisions_of(actor, item.deliverable)
    wanted = id_named(request.GET.get("revision", "")) or item.revision_id
    chosen = next((one for one in rounds if one.pk == wanted), None) if wanted else next(iter(rounds), None)
    if chosen is None:
        raise NotFound()
    files = MediaFile.objects.visible_to(actor).filter(revision=chosen).prefetch_related("renditions")
    return JsonResponse(
        {
            "item": str(item.pk),
            "revision": _round(chosen),
            "rounds": [_round(one) for one in rounds],
            "files": [room_file(one) for one in files.order_by("position")],
            "comments": comments_of(actor, chosen),
            "open": _open_notes(actor, item.deliverable),
            "notes": item.speaker_notes if may_lead(actor, item.session) else None,
            "decision": f"{reverse('decision-panel', args=[item.deliverable_id])}?round={chosen.round}",
            "review": f"{reverse('review', args=[item.deliverable_id])}?round={chosen.round}",
        },
        headers={"Cache-Control": "no-store"},
    )


def _props(actor: Actor, session: ReviewSession, context: Shape) -> Shape:
    base = settings.BASE_PATH
    return {
        "session": {"id": str(session.pk), "name": session.name, "minutes": session.minutes_per_item},
        "opened_at": session.opened_at.isoformat() if session.opened_at else None,
        "me": str(actor.user_id),
        "is_looking": actor.is_looking,
        "may_hold": can(actor, Permission.HOLD_SESSION),
        "items": [_entry(item) for item, _rounds, _cover in context["items"]],
        "api": f"{base}/api/v1/reviews/{session.pk}",
        "stream": f"{base}/rooms/{session.pk}",
        "shown": reverse("review-room", args=[session.pk]) + "/items",
        "over": reverse("review-session", args=[session.pk]),
    }


def _entry(item: SessionItem) -> Shape:
    return {"id": str(item.pk), "deliverable": str(item.deliverable_id), "name": item.deliverable.name} | {
        "reason": item.reason
    }


def _round(one: Revision) -> Shape:
    return {"id": str(one.pk), "round": one.round}


def _open_notes(actor: Actor, row: Deliverable) -> list[Shape]:
    """The notes that are not settled, as the actor reads them."""
    rows = FeedbackItem.objects.visible_to(actor).filter(deliverable=row).select_related("comment")
    return [
        {
            "id": str(one.pk),
            "number": one.number_for(actor),
            "text": one.comment.text_for(actor)[:120],
            "is_must_fix": one.is_must_fix,
            "state": one.state,
        }
        for one in rows.order_by("created_at")
        if not one.is_settled
    ]


def _find_item(actor: Actor, session: ReviewSession, entry_id: UUID) -> SessionItem:
    rows = SessionItem.objects.visible_to(actor).filter(session=session)
    return get_object_or_404(rows.select_related("session", "deliverable__project"), pk=entry_id)

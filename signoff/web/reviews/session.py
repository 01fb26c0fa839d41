"""One session: its agenda while it is planned or open, what came of it when it is over."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signoff.accounts.models import Membership, Role
from signoff.accounts.policy import Permission, can, require_held
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import NotAllowed, SignoffError
from signoff.deliverables.models import Deliverable
from signoff.revisions.models import Revision
from signoff.rooms.actions import (
    change_session,
    conclude_session,
    open_session,
    remove_session,
    start_remainder,
)
from signoff.rooms.models import Attendance, ReviewSession, SessionItem, SessionStatus, is_held
from signoff.rooms.people import may_lead
from signoff.rooms.summary import summary_of
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.errors import status_of
from signoff.web.render import render
from signoff.web.reviews.listing import SessionForm

SETTINGS = ("name", "description", "audience", "starts_at", "minutes_per_item", "is_frozen")


@require_safe
@signed_in
def page(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The agenda with its builder; the summary, once it is over."""
    actor = actor_of(request)
    session = find(actor, review_id)
    if session.status == SessionStatus.CONCLUDED:
        return render(request, "reviews/summary.html", _summary(actor, session))
    return render(request, "reviews/page.html", {**agenda_of(actor, session), **people_of(actor, session)})


@require_http_methods(["GET", "POST"])
@signed_in
def settings(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """GET is the form, in a dialog or as a page; POST saves it."""
    actor = actor_of(request)
    session = find(actor, review_id)
    require_held(actor, Permission.HOLD_SESSION)
    if request.method == "GET":
        initial = {name: getattr(session, name) for name in SETTINGS}
        initial["starts_at"] = localtime(session.starts_at).strftime("%Y-%m-%dT%H:%M") if session.starts_at else None
        return _form(request, session, SessionForm(initial=initial))
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _form(request, session, form, 422)
    try:
        change_session(actor=actor, session=session, changes=form.cleaned_data, version=_version(request))
    except NotAllowed:
        raise
    except SignoffError as error:
        form.refuse(error)
        return _form(request, session, form, status_of(error))
    return _onward(request, session, Verb.SESSION_CHANGED)


@require_POST
@signed_in
def opening(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Opens the room, and goes there."""
    actor = actor_of(request)
    session = find(actor, review_id)
    open_session(actor=actor, session=session)
    return _to(request, reverse("review-room", args=[session.pk]))


@require_POST
@signed_in
def conclusion(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Ends the session; what came of it is its page from then on."""
    actor = actor_of(request)
    session = find(actor, review_id)
    conclude_session(actor=actor, session=session)
    return _to(request, reverse("review-session", args=[session.pk]))


@require_POST
@signed_in
def remainder(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Plans the next session from what was not reached, and goes there."""
    actor = actor_of(request)
    following = start_remainder(actor=actor, session=find(actor, review_id))
    return _to(request, reverse("review-session", args=[following.pk]))


@require_POST
@signed_in
def removal(request: HttpRequest, review_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    remove_session(actor=actor, session=find(actor, review_id))
    return _to(request, reverse("reviews"))


def find(actor: Actor, review_id: UUID) -> ReviewSession:
    """The session as far as the actor sees it. Raises Http404."""
    rows = ReviewSession.objects.visible_to(actor).select_related("owner", "organization", "follows")
    return get_object_or_404(rows, pk=review_id)


def agenda_of(actor: Actor, session: ReviewSession) -> dict[str, Any]:
    """The items that the actor sees, with the rounds that each may be pinned to. A fixed number of queries."""
    related = ("deliverable__project", "revision", "session")
    items = list(SessionItem.objects.visible_to(actor).filter(session=session).select_related(*related))
    rows = Revision.objects.visible_to(actor).filter(deliverable__in=[one.deliverable_id for one in items])
    rounds: dict[UUID, list[Revision]] = {}
    for one in rows.order_by("-round"):
        rounds.setdefault(one.deliverable_id, []).append(one)
    holds = can(actor, Permission.HOLD_SESSION) and session.status != SessionStatus.CONCLUDED
    return {
        "session": session,
        "items": [(item, rounds.get(item.deliverable_id, []), _cover(actor, item.deliverable)) for item in items],
        "may_hold": holds,
        "leads": may_lead(actor, session) and not actor.is_looking,
        "minutes": len(items) * session.minutes_per_item,
    }


def people_of(actor: Actor, session: ReviewSession) -> dict[str, Any]:
    """Who is asked, and who else could be."""
    asked = list(Attendance.objects.visible_to(actor).filter(session=session).select_related("user"))
    members = Membership.objects.visible_to(actor).people().select_related("user").order_by("user__name")
    others = [] if is_held(actor) else list(members.exclude(user__in=[one.user_id for one in asked]))
    if not session.is_for_clients:
        others = [one for one in others if one.role != Role.CLIENT_VIEWER]
    return {"session": session, "attendances": asked, "others": others}


def _cover(actor: Actor, row: Deliverable) -> UUID | None:
    return row.cover_for(actor)


def _summary(actor: Actor, session: ReviewSession) -> dict[str, Any]:
    found = summary_of(actor, session)
    planned = session.minutes_per_item * len(found.outcomes)
    minutes = round(found.took.total_seconds() / 60)
    left = found.not_reached
    seconds = max((one.here_seconds for one in found.people), default=0)
    return {
        "session": session,
        "found": found,
        "covers": {one.item.pk: _cover(actor, one.item.deliverable) for one in found.outcomes},
        "took_minutes": minutes,
        "over": minutes - planned,
        "left": left,
        "left_minutes": len(left) * session.minutes_per_item,
        "attended": sum(one.joined_at is not None for one in found.people),
        "most_seconds": max(seconds, 1),
        "following": ReviewSession.objects.visible_to(actor).filter(follows=session).first(),
        "may_hold": can(actor, Permission.HOLD_SESSION),
    }


def _form(request: HttpRequest, session: ReviewSession, form: SessionForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "session": session, "title": _("Settings of the session")}
    if not is_htmx(request):
        return render(request, "reviews/settings.html", context, status=status)
    response = render(request, "reviews/_settings.html", context, status=status)
    if status >= 400:
        response.headers["HX-Retarget"] = "#dialog"
    return response


def _version(request: HttpRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _onward(request: HttpRequest, session: ReviewSession, verb: str) -> HttpResponse:
    address = reverse("review-session", args=[session.pk])
    if is_htmx(request):
        return saying(HttpResponse(status=204, headers={"HX-Redirect": address}), verb, toast_of(_("Saved")))
    return back(request, address)


def _to(request: HttpRequest, address: str) -> HttpResponse:
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return back(request, address)

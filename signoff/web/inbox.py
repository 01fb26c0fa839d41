"""The inbox: what happened that concerns me, newest first, until it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from signoff.activity.feed import Line, line_for
from signoff.audit.verbs import Verb
from signoff.core.errors import NotFound
from signoff.notifications import actions
from signoff.notifications.models import Notification
from signoff.web.actor import actor_of, signed_in
from signoff.web.frame import Frame
from signoff.web.render import render

A_PAGE = 40
OF_A_ROUND = ("round.", "file.")
OF_A_SESSION = "session."
OF_A_REVIEW = ("comment.", "note.")


@dataclass(frozen=True, slots=True)
class Message:
    """A notification as a row: what happened, why this person is told, and where it leads."""

    id: UUID
    line: Line
    place: str
    reason: str
    is_unread: bool


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """The page, or for htmx the list alone; `?show=all` with what was read, `?before=` older ones."""
    shows_all = request.GET.get("show") == "all"
    before = _id(request.GET["before"]) if request.GET.get("before") else None
    messages = messages_of(request, shows_all=shows_all, before=before)
    context = {
        "messages": messages[:A_PAGE],
        "older": messages[A_PAGE - 1].id if len(messages) > A_PAGE else None,
        "shows_all": shows_all,
        "is_first_page": before is None,
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "inbox/_list.html" if is_fragment else "inbox/page.html", context)


@require_POST
@signed_in
def read(request: HttpRequest) -> HttpResponseBase:
    """Marks the messages named by `id` as read; without any, all of them."""
    ids = [_id(text) for text in request.POST.getlist("id")]
    actions.mark_read(actor=actor_of(request), ids=ids or None)
    return _done(request)


@require_POST
@signed_in
def unread(request: HttpRequest, notification_id: UUID) -> HttpResponseBase:
    """Takes one back into the unread ones."""
    actor = actor_of(request)
    notification = Notification.objects.visible_to(actor).filter(pk=notification_id).first()
    if notification is None:
        raise NotFound
    actions.mark_unread(actor=actor, notification=notification)
    return _done(request)


@require_safe
@signed_in
def bell(request: HttpRequest) -> HttpResponse:
    """The bell of the top bar, asked for anew when something comes."""
    return render(request, "_bell.html", {"is_live": True})


@require_safe
@signed_in
def message(request: HttpRequest, notification_id: UUID) -> HttpResponseBase:
    """Opens what the message is about, and counts it as read, unless somebody only looks as its person.

    Raises NotFound for another person's.
    """
    actor = actor_of(request)
    found = Notification.objects.visible_to(actor).select_related("event").filter(pk=notification_id).first()
    if found is None:
        raise NotFound
    if not actor.is_looking:
        actions.mark_read(actor=actor, ids=[found.pk])
    return redirect(_place(found))


def messages_of(request: HttpRequest, *, shows_all: bool, before: UUID | None) -> Sequence[Message]:
    """One page of messages, and one more when there are older ones. One query."""
    actor = actor_of(request)
    mine = Notification.objects.visible_to(actor).select_related("event").order_by("-id")
    if not shows_all:
        mine = mine.unread()
    if before:
        mine = mine.filter(pk__lt=before)
    vocabulary = Frame(request).vocabulary
    return [_message(one, line_for(actor, one.event, vocabulary)) for one in mine[: A_PAGE + 1]]


def _message(one: Notification, line: Line) -> Message:
    return Message(one.pk, line, _place(one), one.get_reason_display(), one.read_at is None)


def _place(one: Notification) -> str:
    """The page of what the event is about."""
    event = one.event
    if event.verb == Verb.REPORT_READY:
        address = reverse("round-report", args=[event.data["revision"], "pdf"])
        return f"{address}?audience={event.data['audience']}"
    if event.verb.startswith(OF_A_SESSION):
        return reverse("review-session", args=[event.subject_id])
    if event.deliverable_id and event.verb.startswith(OF_A_REVIEW):
        said = {"round": event.data["round"], "c": event.data["comment"]}
        return f"{reverse('review', args=[event.deliverable_id])}?{urlencode(said)}"
    if event.deliverable_id and one.reason == Notification.Reason.WAITING:
        return reverse("review", args=[event.deliverable_id])
    if event.deliverable_id:
        address = reverse("deliverable", args=[event.deliverable_id])
        return f"{address}?round={event.data['round']}" if event.verb.startswith(OF_A_ROUND) else address
    return reverse("project", args=[event.project_id]) if event.project_id else reverse("inbox")


def _done(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Trigger": "inbox.changed"})
    return redirect("inbox")


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error

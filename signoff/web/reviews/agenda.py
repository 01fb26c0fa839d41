"""Building an agenda: what could stand on it, putting it there, ordering, pinning, saying why. And who is asked."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from signoff.accounts.models import Membership, User
from signoff.accounts.policy import Permission, require_held
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError
from signoff.deliverables.models import Deliverable, DeliverableQuerySet
from signoff.rooms.actions import (
    add_items,
    change_item,
    invite_people,
    order_items,
    remove_item,
    uninvite_person,
)
from signoff.rooms.agenda import changed_since, found_by, waiting_for_review
from signoff.rooms.models import Attendance, ReviewSession, SessionItem
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import back, is_htmx, refused, saying
from signoff.web.choices import BadChoice, id_named
from signoff.web.render import render
from signoff.web.reviews.session import agenda_of, find, people_of

OFFERS = 40


@require_safe
@signed_in
def offers(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """What the query finds that is not on the agenda yet (`q`), of all work or of one `kind`."""
    actor = actor_of(request)
    session = find(actor, review_id)
    require_held(actor, Permission.HOLD_SESSION)
    rows = _offered(actor, session, request.GET.get("kind", ""), request.GET.get("q", ""))
    found = list(rows.select_related("project__client_team")[: OFFERS + 1])
    context = {"session": session, "offers": found[:OFFERS], "has_more": len(found) > OFFERS}
    return render(request, "reviews/_offers.html", context)


@require_POST
@signed_in
def items(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Puts on the agenda what is named (`deliverable`), or all of a `kind`."""
    actor = actor_of(request)
    session = find(actor, review_id)
    ids = [one for one in map(id_named, request.POST.getlist("deliverable")) if one]
    kind = request.POST.get("kind", "")
    wanted = (
        _offered(actor, session, kind, "")[:200] if kind else Deliverable.objects.visible_to(actor).filter(pk__in=ids)
    )
    return _answer(request, actor, session, lambda: add_items(actor=actor, session=session, deliverables=list(wanted)))


@require_POST
@signed_in
def order(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Every item (`item`), in the order that is wanted."""
    actor = actor_of(request)
    session = find(actor, review_id)
    ids = [one for one in map(id_named, request.POST.getlist("item")) if one]
    return _answer(request, actor, session, lambda: order_items(actor=actor, session=session, order=ids))


@require_POST
@signed_in
def item(request: HttpRequest, review_id: UUID, entry_id: UUID) -> HttpResponse:
    """Says why it is looked at (`reason`), which round (`revision`, empty: the newest), or the `speaker_notes`."""
    actor, row = _item(request, review_id, entry_id)
    changes: dict[str, object] = {
        name: request.POST[name] for name in ("reason", "speaker_notes") if name in request.POST
    }
    if "revision" in request.POST:
        said = request.POST["revision"]
        changes["revision"] = id_named(said) if said else None
        if said and changes["revision"] is None:
            raise BadChoice(field="revision")
    return _answer(request, actor, row.session, lambda: change_item(actor=actor, item=row, changes=changes))


@require_POST
@signed_in
def item_removal(request: HttpRequest, review_id: UUID, entry_id: UUID) -> HttpResponse:
    actor, row = _item(request, review_id, entry_id)
    return _answer(request, actor, row.session, lambda: remove_item(actor=actor, item=row))


@require_POST
@signed_in
def people(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Asks people to come (`person`), as viewers or co-hosts (`role`)."""
    actor = actor_of(request)
    session = find(actor, review_id)
    asked = [_person(actor, said) for said in request.POST.getlist("person") if said]
    role = request.POST.get("role", "viewer")
    return _answer(
        request, actor, session, lambda: invite_people(actor=actor, session=session, people=asked, role=role), "people"
    )


@require_POST
@signed_in
def person_removal(request: HttpRequest, review_id: UUID, attendance_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    session = find(actor, review_id)
    rows = Attendance.objects.visible_to(actor).filter(session=session).select_related("session", "user")
    row = get_object_or_404(rows, pk=attendance_id)
    return _answer(request, actor, session, lambda: uninvite_person(actor=actor, attendance=row), "people")


def _offered(actor: Actor, session: ReviewSession, kind: str, words: str) -> DeliverableQuerySet:
    rows = Deliverable.objects.visible_to(actor).filter(project__archived_on__isnull=True, held="")
    rows = rows.exclude(pk__in=session.items.visible_to(actor).order_by().values("deliverable"))
    if kind == "waiting":
        rows = waiting_for_review(rows)
    if kind == "changed":
        last = ReviewSession.objects.visible_to(actor).filter(concluded_at__isnull=False).exclude(pk=session.pk)
        since = session.follows or last.order_by("-concluded_at").first()
        rows = changed_since(rows, since) if since else rows.none()
    return found_by(rows, words.replace("\x00", "")).order_by("project__name", "position", "pk")


def _item(request: HttpRequest, review_id: UUID, entry_id: UUID) -> tuple[Actor, SessionItem]:
    actor = actor_of(request)
    session = find(actor, review_id)
    rows = SessionItem.objects.visible_to(actor).filter(session=session).select_related("session", "deliverable")
    return actor, get_object_or_404(rows, pk=entry_id)


def _person(actor: Actor, said: str) -> User:
    rows = Membership.objects.visible_to(actor).people().filter(user_id__in=[id_named(said)]).select_related("user")
    member = rows.first()
    if member is None:
        raise BadChoice(field="person")
    return member.user


def _answer(
    request: HttpRequest, actor: Actor, session: ReviewSession, act: Callable[[], object], part: str = "agenda"
) -> HttpResponse:
    """Do it, then show the agenda (or the people) as they stand. Who was second sees that, and why nothing was done."""
    problem = None
    try:
        act()
    except SignoffError as error:
        if not is_htmx(request):
            raise
        problem = error
    if not is_htmx(request):
        return back(request, reverse("review-session", args=[session.pk]))
    session = find(actor, session.pk)
    shown = people_of(actor, session) if part == "people" else agenda_of(actor, session)
    context = {**shown, "may_hold": agenda_of(actor, session)["may_hold"]} if part == "people" else shown
    response = render(request, f"reviews/_{part}.html", context)
    return saying(response, toast=refused(problem) if problem else None)

"""What a guest comes to: everything that their link is about, with what waits for them first; and who they are."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signoff.accounts.policy import Permission, can
from signoff.core.actor import Actor
from signoff.core.errors import SignoffError
from signoff.core.origin import origin_of
from signoff.deliverables.models import Deliverable, Stage, StageStatus
from signoff.guests import actions
from signoff.guests.models import GuestCode, Right
from signoff.pipelines.models import ApprovalType
from signoff.reviews.offers import may_approve
from signoff.web.answers import is_here
from signoff.web.errors import status_of
from signoff.web.guest.front import about
from signoff.web.render import render
from signoff.web.visitor import Visitor, cookie_of, keep, prefix_of, visitor_here

MOST = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One deliverable. `turn` is the stage that waits for what the client says; `simple` where one click says it."""

    row: Deliverable
    turn: Stage | None
    may_decide: bool
    is_done: bool

    @property
    def simple(self) -> bool:
        return self.may_decide and self.turn is not None and self.turn.approval_type == ApprovalType.SIMPLE


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    visitor = visitor_here(request)
    link, items = visitor.device.link, _items(visitor.actor)
    waiting = [one for one in items if one.turn]
    context: dict[str, Any] = {
        "link": link,
        "guest": visitor.device.guest,
        "items": sorted(items, key=lambda one: (one.turn is None, one.is_done)),
        "waiting": len(waiting),
        "done": sum(one.is_done for one in items),
        "decides": link.right == Right.DECIDE,
        "may_speak": link.right != Right.VIEW,
        **about(link),
    }
    return render(request, "guest/home.html", context)


def _items(actor: Actor) -> list[Item]:
    """Two queries, however many there are."""
    stages = Stage.objects.visible_to(actor).filter(definition__is_with_client=True).select_related("definition")
    rows = Deliverable.objects.visible_to(actor).exclude(released_rounds=[]).order_by("project", "position", "id")
    found = rows.prefetch_related(Prefetch("stages", stages.order_by("position"), to_attr="asked"))[:MOST]
    return [_item(actor, row) for row in found]


def _item(actor: Actor, row: Deliverable) -> Item:
    asked: list[Stage] = row.asked  # type: ignore[attr-defined]
    turn = next((one for one in asked if one.status == StageStatus.IN_REVIEW), None)
    may = turn is not None and not row.held and can(actor, Permission.APPROVE_WHERE_NAMED) and may_approve(actor, turn)
    return Item(row, turn, may, bool(asked) and all(one.status == StageStatus.APPROVED for one in asked))


class IdentityForm(forms.Form):
    name = forms.CharField(max_length=200)
    email = forms.EmailField(max_length=254)


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest) -> HttpResponseBase:
    """GET asks who somebody is; POST mails the code that proves it."""
    visitor = visitor_here(request)
    if request.method != "POST":
        return _identity(request, visitor, IdentityForm())
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _identity(request, visitor, form, 422)
    try:
        actions.ask_code(device=visitor.device, origin=origin_of(request.META), **form.cleaned_data)
    except SignoffError as error:
        form.add_error(None, error.message)
        return _identity(request, visitor, form, status_of(error))
    return redirect(f"{reverse('guest-code')}?next={_next(request)}" if _next(request) else reverse("guest-code"))


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    """GET asks for the code; POST proves the address with it."""
    visitor = visitor_here(request)
    asked = GuestCode.objects.filter(device=visitor.device).first()
    if asked is None:
        return redirect("guest-identity")
    if request.method != "POST":
        return _code(request, visitor, asked)
    try:
        said = request.POST.get("code", "")[:20]
        _guest, secret = actions.prove_address(device=visitor.device, code=said, origin=origin_of(request.META))
    except SignoffError as error:
        return _code(request, visitor, asked, error.message, status_of(error))
    return keep(redirect(_next(request) or f"{visitor.prefix}/"), visitor.device.link_id, secret)


@require_POST
def leaving(request: HttpRequest) -> HttpResponse:
    """“Not you?”: this browser is nobody's again, and must come by the link once more."""
    visitor = visitor_here(request)
    actions.leave(device=visitor.device)
    response = render(request, "guest/left.html", {"link": visitor.device.link})
    response.delete_cookie(cookie_of(visitor.device.link_id), path=prefix_of(visitor.device.link_id).rsplit("/", 1)[0])
    return response


def _identity(request: HttpRequest, visitor: Visitor, form: IdentityForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "link": visitor.device.link, "next": _next(request)}
    return render(request, "guest/identity.html", context, status=status)


def _code(
    request: HttpRequest, visitor: Visitor, asked: GuestCode, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"asked": asked, "problem": problem, "link": visitor.device.link, "next": _next(request)}
    return render(request, "guest/code.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Where they came from, if that lies below their link."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    return wanted if is_here(wanted) and wanted.startswith(f"{visitor_here(request).prefix}/") else ""

"""Seeing Signoff as somebody else: how it begins and ends, and that nothing is changed meanwhile."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from signoff.access.factors import is_missing
from signoff.accounts import actions
from signoff.accounts.errors import LookingAsSomebodyElse, NoMembership
from signoff.accounts.looking import LOOKING, is_looking, sight_of
from signoff.accounts.models import ClientTeam, Membership
from signoff.accounts.policy import Permission
from signoff.web.actor import actor_of, person_of, signed_in
from signoff.web.answers import is_htmx
from signoff.web.errors import refusal
from signoff.web.settings.page import open_to

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


@require_POST
@open_to(Permission.VIEW_AS)
def person_sight(request: HttpRequest, membership_id: UUID) -> HttpResponseBase:
    """From now on this session sees what this person sees."""
    rows = Membership.objects.visible_to(actor_of(request)).select_related("user")
    membership = get_object_or_404(rows, pk=membership_id)
    return _begin(request, actions.look_as_person(actor=actor_of(request), membership=membership))


@require_POST
@open_to(Permission.VIEW_AS)
def team_sight(request: HttpRequest, team_id: UUID) -> HttpResponseBase:
    """From now on this session sees what a client viewer of this team sees."""
    team = get_object_or_404(ClientTeam.objects.visible_to(actor_of(request)), pk=team_id)
    return _begin(request, actions.look_as_team(actor=actor_of(request), team=team))


@require_POST
@signed_in
def own_sight(request: HttpRequest) -> HttpResponseBase:
    """Back to oneself, at the settings of whom one looked as; also for who is there already."""
    kept = request.session.get(LOOKING)
    if kept:
        stop_looking(request, "asked")
    return _go(request, _settings_of(kept) if kept else reverse("dashboard"))


class LookingMiddleware:
    """Ends what is over, and refuses whatever would change something. API calls are refused by their own door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if LOOKING in request.session:
            stopped = self._stop(request)
            if not stopped and request.method not in SAFE and not _is_free(request):
                return refusal(request, LookingAsSomebodyElse())
        return self.get_response(request)

    def _stop(self, request: HttpRequest) -> bool:
        why = _over(request)
        if why:
            stop_looking(request, why)
        return bool(why)


def stop_looking(request: HttpRequest, why: str) -> None:
    """The session sees with its person's own eyes again, and that is written down."""
    kept = request.session.pop(LOOKING)
    if request.user.is_authenticated:
        actions.look_as_oneself(user=person_of(request), kept=kept, why=why)


def _over(request: HttpRequest) -> str:
    """Why it is over; empty while it is not. Who has to set up a second factor does so with their own eyes."""
    if not request.user.is_authenticated:
        return "access"
    if not is_looking(request.session):
        return "time"
    if request.method == "POST" and request.path == reverse("sign-out"):
        return "signed_out"
    try:
        sight = sight_of(person_of(request), request.session)
        is_led_off = is_missing(sight.own, get_authentication_records(request, person_of(request)))
        return "" if sight.looker and not is_led_off else "access"
    except NoMembership:
        return "access"


def _is_free(request: HttpRequest) -> bool:
    return request.path == reverse("own-sight") or request.path_info.startswith("/api/")


def _begin(request: HttpRequest, kept: dict[str, Any]) -> HttpResponseBase:
    request.session[LOOKING] = kept
    return _go(request, reverse("dashboard"))


def _settings_of(kept: dict[str, Any]) -> str:
    if kept["team"]:
        return reverse("settings-team", args=[kept["team"]])
    return reverse("settings-person", args=[kept["member"]])


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)

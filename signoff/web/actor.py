"""From a request to an Actor: the only place that makes one for a page. And who must sign in first."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from signoff.access.factors import is_missing
from signoff.accounts.actors import actor_of_member
from signoff.accounts.errors import NoMembership
from signoff.accounts.looking import Sight, sight_of
from signoff.accounts.models import Membership, User
from signoff.core.actor import Actor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def person_of(request: HttpRequest) -> User:
    """Who is signed in. Only behind `signed_in`. Who looks as somebody else is still who signed in."""
    return cast(User, request.user)


def sight_here(request: HttpRequest) -> Sight:
    """Whose eyes the page is seen with; asked for once a request. Raises NoMembership."""
    found: Sight | None = getattr(request, "_signoff_sight", None)
    if found is None:
        found = sight_of(person_of(request), request.session)
        request._signoff_sight = found  # type: ignore[attr-defined]
    return found


def member_of(request: HttpRequest) -> Membership:
    """What the person whose page it is, is in the organisation they look at. Raises NoMembership."""
    return sight_here(request).member


def own_member_of(request: HttpRequest) -> Membership:
    """What the person who really sits there is in that organisation, also while they look as somebody else."""
    return sight_here(request).own


def actor_of(request: HttpRequest) -> Actor:
    """The person whose page it is as an Actor. Raises NoMembership."""
    found: Actor | None = getattr(request, "_signoff_actor", None)
    if found is None:
        found = sight_here(request).actor()
        request._signoff_actor = found  # type: ignore[attr-defined]
    return found


def hands_of(request: HttpRequest) -> Actor:
    """Who really sits there, also while they look as somebody else: what is written down of them says so."""
    sight = sight_here(request)
    return actor_of_member(sight.own) if sight.looker else actor_of(request)


def signed_in(view: View[P]) -> View[P]:
    """Sends everybody else to the sign-in page, and back here afterwards."""

    @wraps(view)
    def only_signed_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if _is_htmx(request):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("sign-in")})
        return redirect_to_login(request.get_full_path(), reverse("sign-in"))

    return only_signed_in


class FirstPasswordMiddleware:
    """Who still has the password that somebody else chose changes it before anything else."""

    open_pages = ("change-password", "sign-out", "branding")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _has_foreign_password(request) and request.path not in map(reverse, self.open_pages):
            return _to_first_password(request)
        return self.get_response(request)


def _has_foreign_password(request: HttpRequest) -> bool:
    return request.user.is_authenticated and person_of(request).must_change_password


def _to_first_password(request: HttpRequest) -> HttpResponseBase:
    address = f"{reverse('change-password')}?first=1"
    return _led_to(request, address, "password_change_needed", "Change your password first.")


class SecondFactorMiddleware:
    """Who must have a second factor in the organisation they look at, and has none, sets one up before anything else.

    It asks for the membership that the page needs anyway. Keys are not concerned: they are no people; nor guests, who
    prove themselves in their own way.
    """

    open_pages = ("second-factor-setup", "account-app", "passkey-new", "account-confirmation", "change-password") + (
        ("sign-out", "branding", "logo", "organization")
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _lacks_factor(request) and request.path not in map(reverse, self.open_pages):
            address = reverse("second-factor-setup")
            return _led_to(request, address, "second_factor_needed", "Set up a second factor first.")
        return self.get_response(request)


def _lacks_factor(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or _is_by_key(request) or hasattr(request, "_signoff_visitor"):
        return False
    try:
        return is_missing(sight_here(request).own, get_authentication_records(request, person_of(request)))
    except NoMembership:
        return False


def _is_by_key(request: HttpRequest) -> bool:
    """The API never falls back to the session when it is shown a key."""
    return request.path_info.startswith("/api/") and "Authorization" in request.headers


def _led_to(request: HttpRequest, address: str, code: str, title: str) -> HttpResponseBase:
    """Elsewhere first: pages by a redirect, fragments by htmx's, the API by a problem."""
    if request.path_info.startswith("/api/"):
        problem = {"title": title, "detail": title, "code": code, "status": 403}
        return JsonResponse(problem, status=403, content_type="application/problem+json")
    if _is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
